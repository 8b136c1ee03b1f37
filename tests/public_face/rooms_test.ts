import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { sourceFiles } from "../../lib/companion/library_files.ts";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read");

const LIB = `${projectFolder}/lib`;

/** What each module of lib imports of lib, types too, by paths from there; not what examples show. */
async function imports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = (await sourceFiles(LIB)).filter((file) => file.endsWith(".ts"));
  return new Map(
    await Promise.all(files.map(async (file) => {
      const code = (await Deno.readTextFile(`${LIB}/${file}`)).replace(/^\s*\*.*$/gm, "");
      const found = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"(\.{1,2}\/[^"]+\.ts)"/g);
      const paths = [...found].map(([, name]) =>
        relative(LIB, join(LIB, dirname(file), name)).replaceAll("\\", "/")
      );
      return [file, paths] as const;
    })),
  );
}

/** The rooms that each may import, as CONTRIBUTING.md's table has them, from the lowest up. */
async function table(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const text = await Deno.readTextFile(`${projectFolder}/CONTRIBUTING.md`);
  const rows = [...text.matchAll(/^\| `(\w+)` +\| .* \| ([^|]+?) +\|$/gm)];
  const above: string[] = [];
  return new Map(rows.map(([, room, may]) => {
    const all = may.startsWith("all");
    const allowed = all ? [...above] : may === "nothing" ? [] : may.split(", ");
    assert.deepEqual(allowed.filter((name) => !above.includes(name)), [], `${room} may import`);
    above.push(room);
    return [room, new Set([...allowed, room])];
  }));
}

const roomOf = (path: string) => path.split("/")[0];

test("each room imports what CONTRIBUTING's table lets it, and nothing the tasks", async () => {
  const [graph, rooms] = await Promise.all([imports(), table()]);
  assert(rooms.size > 10, `the table has ${rooms.size} rooms`);
  const amiss: string[] = [];
  let edges = 0;
  for (const [file, names] of graph) {
    if (file === "mod.ts") assert(names.every((name) => roomOf(name) !== "companion"));
    else assert(rooms.has(roomOf(file)), `the table has no room of ${file}`);
    for (const name of names) {
      if (!graph.has(name)) continue; // in a text that shows code: the types' check tells the others
      edges++;
      if (file !== "mod.ts" && !rooms.get(roomOf(file))!.has(roomOf(name))) {
        amiss.push(`${file} imports ${name}`);
      }
    }
  }
  assert.deepEqual(amiss, []);
  assert(edges > 1000, `only ${edges} imports were found`);
});

test("no module imports itself by way of others, types included", async () => {
  const graph = await imports();
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const since = way.indexOf(file);
    assert(since < 0, `a circle: ${[...way.slice(since), file].join(" → ")}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});

/** Rooms within a room, from the lowest up: an import goes down. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  experiments: ["study", "studies/computations", "studies", "readings", "claims"],
  dynamics: ["linear", "training"],
  companion: ["", "python", "bench", "explorer", "site", "notebooks", "sweep", "cli"],
};

test("a room's own rooms import downwards", async () => {
  const amiss: string[] = [];
  let edges = 0;
  for (const [file, names] of await imports()) {
    const order = WITHIN[roomOf(file)] ?? [];
    const level = (path: string) => order.indexOf(dirname(path).slice(roomOf(file).length + 1));
    for (const name of names.filter((other) => roomOf(other) === roomOf(file))) {
      if (level(file) < 0 || level(name) < 0) continue;
      edges++;
      if (level(name) > level(file)) amiss.push(`${file} imports ${name}`);
    }
  }
  assert.deepEqual(amiss, []);
  assert(edges > 100, `only ${edges} imports were found`);
});
