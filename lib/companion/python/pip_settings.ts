/**
 * What pip is set to, as uv is told it: uv reads none of pip's files and variables.
 *
 * @module
 */

/** uv's variable for each of pip's settings that say where packages come from. */
const VARIABLES: Readonly<Record<string, string>> = {
  "index-url": "UV_DEFAULT_INDEX",
  "extra-index-url": "UV_INDEX",
  "find-links": "UV_FIND_LINKS",
  "no-index": "UV_NO_INDEX",
  "trusted-host": "UV_INSECURE_HOST",
  cert: "SSL_CERT_FILE",
  proxy: "ALL_PROXY",
};

/** The parts of pip's settings that say how it installs, each before what replaces it. */
const SECTIONS = ["global", "install", ":env:"];

/**
 * uv's variables for what pip is set to, from what `pip config list` prints: a line a setting, such as
 * `global.index-url='https://…'`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uvVariables } from "./pip_settings.ts";
 * const list = ":env:.index-url='https://own/simple'\nglobal.index-url='https://all/simple'";
 * assert.equal(uvVariables(list).UV_DEFAULT_INDEX, "https://own/simple");
 * ```
 */
export function uvVariables(list: string): Record<string, string> {
  const found = [...list.matchAll(/^(\S+?)\.([a-z-]+)=(['"])(.*)\3$/gm)]
    .map(([, section, name, , value]) => ({ section, name, value }))
    .filter(({ section, name }) => name in VARIABLES && SECTIONS.includes(section))
    .toSorted((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section));
  return {
    // As pip does, which takes the best version of all its indexes.
    UV_INDEX_STRATEGY: "unsafe-best-match",
    ...Object.fromEntries(found.map(({ name, value }) => [VARIABLES[name], listed(name, value)])),
  };
}

/** Several values stand in pip's lines apart by blanks or new lines. */
function listed(name: string, value: string): string {
  const values = value.replaceAll("\\n", " ").trim().split(/\s+/);
  return values.join(name === "find-links" ? "," : " ");
}
