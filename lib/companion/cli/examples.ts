/**
 * The documentation's examples as tests, many to a module. `deno test --doc` gives each a process's
 * worth of loading: 800 examples load the library 800 times, which takes longer than they do. The
 * long tests run them so, and `deno check --doc` checks their types.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../../notebook/folders.ts";
import { writeWhole } from "../../resources/mod.ts";
import { sourceFiles } from "../library_files.ts";

/** One example: where it stands, and its code. */
export interface Example {
  readonly file: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

/**
 * The examples in a file's JSDoc comments, the blocks that `deno test --doc` runs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { examplesOf } from "./examples.ts";
 * const lines = ["/**", " * @example", " * `" + "``ts", " * const a = 1;", " * `" + "``", " *" + "/"];
 * const expected = [{ file: "a.ts", line: 4, code: "const a = 1;" }];
 * assert.deepEqual(examplesOf("a.ts", lines.join("\n")), expected);
 * ```
 */
export function examplesOf(file: string, source: string): Example[] {
  const examples: Example[] = [];
  let open: { line: number; code: string[] } | undefined;
  source.split("\n").forEach((text, i) => {
    const [, line] = /^\s*\* ?(.*)$/.exec(text) ?? [];
    if (line === undefined) open = undefined;
    else if (open && line.trim() === "```") {
      examples.push({ file, line: open.line, code: open.code.join("\n") });
      open = undefined;
    } else if (open) open.code.push(line);
    else if (line.trim() === "```ts") open = { line: i + 2, code: [] };
  });
  return examples;
}

/**
 * An example as a test: what it imports it takes when it is run, from the addresses that its file's
 * imports have, and its address is that file's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { testOf } from "./examples.ts";
 * const code = 'import { a, type B, c as d } from "node:os";\na(d);';
 * assert.match(
 *   testOf({ file: "/lib/a.ts", line: 7, code }),
 *   /const \{ a, c: d \} = await import\("node:os"\);\na\(d\);/,
 * );
 * ```
 */
export function testOf({ file, line, code }: Example): string {
  const body = code.replace(
    /^import\s+([^"]*?)\s+from\s+"([^"]+)"( with \{[^}]*\})?;$/gm,
    (_, names: string, from: string, attributes?: string) => {
      if (/^type\b/.test(names)) return "";
      const address = /^\.\.?\//.test(from)
        ? pathToFileURL(resolve(dirname(file), from)).href
        : from;
      const options = attributes ? `, {${attributes.replace(" with ", " with: ")} }` : "";
      const module = `await import(${JSON.stringify(address)}${options})`;
      const [whole, ...rest] = names.split(/,(?![^{]*\})/).map((name) => name.trim());
      return [whole, ...rest].map((name) => `const ${taken(name, module)};`).join(" ");
    },
  );
  const url = pathToFileURL(file).href;
  const meta = body.includes("import.meta")
    ? `const meta = { url: "${url}", resolve: (to) => new URL(to, "${url}").href };\n`
    : "";
  const name = JSON.stringify(`${file.replace(`${projectFolder}/`, "")}#${line}`);
  return `Deno.test(${name}, async () => {\n${meta}${
    body.replaceAll("import.meta", "meta")
  }\n});\n`;
}

/** `a`, `* as a` or `{ a, type B, c as d }` of an import, as what is declared of the module. */
function taken(names: string, module: string): string {
  if (names.startsWith("*")) return `${names.replace(/^\*\s*as\s+/, "")} = ${module}`;
  if (!names.startsWith("{")) return `${names} = (${module}).default`;
  const values = names.slice(1, -1).split(",").map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
  return `{ ${values.map((name) => name.replace(/\s+as\s+/, ": ")).join(", ")} } = ${module}`;
}

/**
 * Writes the examples of `lib`, those of each of its folders into one module, below `folder`.
 *
 * @returns the modules by the path that they are of, `lib/bounds` or `lib/mod.ts`
 */
export async function writeExamples(folder: string): Promise<Map<string, string>> {
  const tests = new Map<string, string>();
  for (const path of (await sourceFiles(`${projectFolder}/lib`)).toSorted()) {
    const file = `${projectFolder}/lib/${path}`;
    const own = examplesOf(file, await Deno.readTextFile(file)).map(testOf).join("\n");
    const of = `lib/${path.split("/")[0]}`;
    if (own !== "") tests.set(of, (tests.get(of) ?? "") + own);
  }
  const modules = new Map<string, string>();
  for (const [of, text] of tests) {
    const module = `${folder}/${of.replace("lib/", "").replace(/\.ts$/, "")}_examples_test.ts`;
    await writeWhole(module, text);
    modules.set(of, module);
  }
  return modules;
}
