/**
 * The page that leads into the library's reference, room by room.
 *
 * @module
 */
import { projectFolder } from "../folders.ts";

/** A room of the library: what it is for, and what it exports. */
interface Room {
  readonly name: string;
  readonly purpose: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

const INTRODUCTION = `All that the notebooks import is public. Each function has its reference: the
equation that it comes from, units, the errors that it throws, and an example that the tests run;
<a href="api/all_symbols.html">all of them by name</a>. In a clone that is set up:

\`\`\`ts
import { inefficiency } from "./lib/mod.ts";

const { inefficiency: ratio, tortuosity } = inefficiency({
  time: [0, 1, 2],
  loss: [4, 1, 0.5],
  displacementSquared: [0, 2, 3],
  pathLength: [0, 1.5, 2.2],
});
console.log(ratio[2], tortuosity[2]); // T/T_SL and l_γ/l_geo
\`\`\`

\`deno run -P yourfile.ts\` runs it, with the permissions that the library needs.
`;

/** The page's text in Markdown, from the `mod.ts` of each room that `lib/library.ts` opens. */
export async function libraryText(): Promise<string> {
  const face = await Deno.readTextFile(`${projectFolder}/lib/library.ts`);
  const names = [...face.matchAll(/export \* from "\.\/(\w+)\/mod\.ts"/g)].map(([, name]) => name);
  const rooms = await Promise.all(
    names.map(async (name) => roomOf(name, await faceOf(`${projectFolder}/lib/${name}`))),
  );
  return [INTRODUCTION, ...rooms.map(roomText)].join("\n");
}

/** A room's `mod.ts`, followed by those of the rooms within it that it opens. */
async function faceOf(folder: string): Promise<string> {
  const text = await Deno.readTextFile(`${folder}/mod.ts`);
  const within = [...text.matchAll(/export \* from "\.\/(\w+)\/mod\.ts"/g)];
  return [text, ...await Promise.all(within.map(([, name]) => faceOf(`${folder}/${name}`)))]
    .join("\n");
}

/**
 * What a room's `mod.ts` says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { roomOf } from "./library_page.ts";
 * const text = '/**\n * Bounds.\n *\n * @module\n *' + '/\nexport { type A, b } from "./b.ts";';
 * assert.deepEqual(roomOf("bounds", text), {
 *   ...{ name: "bounds", purpose: "Bounds.", values: ["b"], types: ["A"] },
 * });
 * ```
 */
export function roomOf(name: string, text: string): Room {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  const purpose = comment.replace(/@module[\s\S]*/, "").replace(/^\s*\* ?/gm, "").trim();
  const exported = [...text.matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(([, type, list]) =>
    list.split(",").map((item) => `${type ?? ""}${item.trim().replace(/^.* as /, "")}`)
      .filter((item) => item.replace(/^type /, "") !== "")
  );
  const isType = (item: string) => item.startsWith("type ");
  return {
    name,
    purpose,
    values: exported.filter((item) => !isType(item)),
    types: exported.filter(isType).map((item) => item.replace(/^(type )+/, "")),
  };
}

function roomText({ name, purpose, values, types }: Room): string {
  const links = (names: readonly string[]) =>
    names.toSorted((a, b) => a.localeCompare(b))
      .map((name) => `<a href="api/~/${name}.html"><code>${name}</code></a>`).join(" ");
  const plain = purpose.replace(/\{@link(?:code)? (\w+)\}/g, "`$1`");
  return `## ${name}\n\n${plain}\n\n${links(values)}\n${
    types.length > 0 ? `\nTypes: ${links(types)}\n` : ""
  }`;
}
