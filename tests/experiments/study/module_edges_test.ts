import assert from "node:assert/strict";
import { reachedFrom } from "../../../lib/experiments/study/code/fingerprint.ts";
import { moduleTokens } from "../../../lib/experiments/study/code/module_tokens.ts";
import { ownSources } from "../../../lib/experiments/study/code/sources.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

Deno.test("a module's imports are all found, whatever their form", () => {
  const { edges, handsOn } = moduleTokens(`
    import first, { type T, second as s } from "./a.ts";
    import * as all from "./b.ts";
    import "./c.ts";
    import type { U } from "./types.ts";
    export { third as t } from "./d.ts";
    const late = await import("./e.ts"); // import("./not.ts")
    new Worker(new URL("./f.ts", import.meta.url), { type: "module" });
    const text = 'import "./not.ts"', regular = /import "x"/, own = {}.import("./not.ts");
    export { text };
  `);
  assert.deepEqual(
    edges.map(({ specifier, names }) => [specifier, ...names]),
    [
      ["./a.ts", "default", "second"],
      ["./b.ts", "*"],
      ["./c.ts", "*"],
      ["./d.ts", "third"],
      ["./e.ts", "*"],
      ["./f.ts", "*"],
    ],
  );
  assert.equal(handsOn, false);
  assert(moduleTokens('/** A room. */\nexport { a, type B } from "./a.ts";').handsOn);
  const [one, other] = ["enum A { b }", "enum A { c }"].map((text) => moduleTokens(text).digest);
  assert.notEqual(one, other, "an enum is code");
});

/** What some code imports, and whence. */
const importsOf = (text: string) =>
  moduleTokens(text).edges.map(({ specifier, names }) => [specifier, ...names].join(" "));

for (
  const [text, ...edges] of [
    ['import { from } from "./a.ts";', "./a.ts from"],
    ['import { from as b, c } from "./a.ts";', "./a.ts from c"],
    ['import from from "./a.ts";', "./a.ts default"],
    ['import * as from from "./a.ts";', "./a.ts *"],
    ['import { é } from "./a.ts"', "./a.ts é"],
    ['export { from } from "./a.ts";', "./a.ts from"],
    ['export { from };\nimport { b } from "./b.ts";', "./b.ts b"],
    ['export { a }\nimport b from "./b.ts"', "./b.ts default"],
    ["export * as all from './a.ts'", "./a.ts *"],
    ["await import(`./a.ts`);", "./a.ts *"],
    ['await import("./a.json", { with: { type: "json" } });', "./a.json *"],
    ["new Worker(new URL(`./w.ts`, import.meta.url), {});", "./w.ts *"],
    ['new Worker(new URL("w.ts", import.meta.url,));', "./w.ts *"],
    ['new Worker(import.meta.resolve("./w.ts"), { type: "module" });', "./w.ts *"],
    ['const url = import.meta.resolve("./w.js");', "./w.js *"],
    ['import.meta.resolve("js-tokens");', "js-tokens *"],
    ['createRequire(import.meta.url)("cephes").gamma;', "cephes *"],
    [
      'import { createRequire } from "node:module"; createRequire(import.meta.url)(`./a.cjs`);',
      ...["node:module createRequire", "./a.cjs *"],
    ],
    // Data, and words that are names.
    ['new URL("../../../data", import.meta.url); new URL("../", import.meta.url);'],
    ['import.meta.resolve("./picture.png"); import.meta.url;'],
    ["const a = { import: 1, new: 2 }; a.import(b); a?.import(b); new URL(b, c);"],
    ["import.meta.main && constructor;"],
  ]
) {
  Deno.test(`${text} imports ${edges.join(" and ") || "nothing"}`, () => {
    assert.deepEqual(importsOf(text), edges);
  });
}

for (
  const text of [
    "await import(name);",
    "await import(`../${name}.ts`);",
    'await import("./a" + ".ts");',
    'await import("./\\u0061.ts");',
    "import.meta.resolve(name);",
    "new URL(`../${name}.ts`, import.meta.url);",
    "new Worker(url, {});",
    "new Worker(new URL(name, import.meta.url));",
    "const require = createRequire(import.meta.url);",
    "createRequire(import.meta.url)(name);",
    'createRequire(elsewhere)("cephes");',
    'import * as module from "node:module"; const { createRequire } = module;',
    'import { createRequire as r } from "node:module"; r(import.meta.url)("cephes");',
  ]
) {
  Deno.test(`${text} is not understood, and told`, () => {
    assert.throws(() => moduleTokens(text), /is not understood: a key must know the code/);
    const sources = { ...ownSources, text: (path: string) => path === "a.ts" ? text : "" };
    assert.throws(() => reachedFrom("a.ts", { sources }), /^Error: a\.ts: .* is not understood/);
  });
}

test("all that the experiments and studies reach is understood, and their packages are pinned", () => {
  const { packages } = reachedFrom("lib/experiments/mod.ts");
  assert(packages.has("ml-matrix"));
  assert(reachedFrom("lib/bounds/mod.ts").packages.has("munkres"));
});

Deno.test("what is not there is named", () => {
  const sources = {
    ...ownSources,
    text: (path: string) => path === "a.ts" ? 'import "./b.ts"' : undefined,
  };
  assert.throws(() => reachedFrom("a.ts", { sources }), /b\.ts is not there; a\.ts imports it/);
});
