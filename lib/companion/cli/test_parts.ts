/**
 * The tests and examples in parts, each for a process of `deno test`.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { dirname } from "node:path/posix";
import { buildFolder, projectFolder } from "../../notebook/folders.ts";
import { writeExamples } from "./examples.ts";

/** Files and folders of one process, as arguments of `deno test`. */
export type Part = readonly string[];

/** Folders below `tests` with too much for one part: each folder in them is one. */
const SPLIT = ["companion", "dynamics", "experiments"];

/** The parts that take longest, which begin first, so that none of them is left over at the end. */
const FIRST = ["companion/notebooks", "companion/cli", "companion/site", "experiments/studies"];

/**
 * All tests, by folder, with the examples of that folder's room of `lib`. What is in a part runs one
 * file after another, in a process of its own: a test that watches its memory sees no other part's.
 *
 * @param long whether each example runs in a module of its own, as Deno does it, not many in one
 */
export async function testParts({ long }: { readonly long: boolean }): Promise<Part[]> {
  const files = (await readdir(`${projectFolder}/tests`, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith("_test.ts"));
  const examples = long
    ? new Map((await readdir(`${projectFolder}/lib`)).map((name) => [`lib/${name}`, `lib/${name}`]))
    : await writeExamples(`${buildFolder}/examples`);
  const parts = Map.groupBy(
    [
      ...files.map((file) => ({ part: partOf(file), path: `tests/${file}` })),
      ...[...examples].map(([of, path]) => ({ part: roomOf(of), path })),
    ],
    ({ part }) => part,
  );
  const place = (part: string) => FIRST.includes(part) ? FIRST.indexOf(part) : FIRST.length;
  return [...parts].toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([, all]) => all.map(({ path }) => path).toSorted());
}

/** The part of examples: their room's, and of a file beside the rooms that of the public face. */
const roomOf = (of: string) => of.endsWith(".ts") ? "public_face" : of.replace("lib/", "");

/** The part of a test, from its path below `tests`. */
function partOf(file: string): string {
  const [room, ...rest] = dirname(file).split("/");
  return SPLIT.includes(room) && rest.length > 0 ? `${room}/${rest[0]}` : room;
}
