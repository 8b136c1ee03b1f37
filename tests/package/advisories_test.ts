// `deno audit` asks npm's registry for advisories; where that cannot be reached, this list stands for
// it: what was read, in November 2026, about the packages that meet text or files from outside.
import assert from "node:assert/strict";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read");

/** The package, the first version without the weakness, and by which name that is told. */
const FIXED: readonly (readonly [name: string, version: string, advisory: string])[] = [
  ["sanitize-html", "2.17.4", "CVE-2026-44990: content of <xmp> passed through"],
  ["katex", "0.16.21", "GHSA-cg87-wmx4-v546: names of attributes in \\htmlData"],
  ["markdown-it", "14.2.0", "CVE-2026-48988: quadratic time of quotes"],
  ["linkify-it", "5.0.2", "CVE-2026-59887: quadratic time of mailto:"],
  ["postcss", "8.5.12", "CVE-2026-41305, CVE-2026-45623: </style> in CSS, crafted CSS"],
  ["yauzl", "3.2.1", "CVE-2026-31988: off by one in a crafted archive"],
  ["fflate", "0.8.3", "CVE-2026-45820: no end in a crafted ZIP64 archive"],
  ["nanoid", "3.3.8", "GHSA-mwcw-c2x4-8c55: predictable results"],
  ["node-fetch", "2.6.1", "npm 1556: size limits"],
];

/** Known to be weak, and loaded by nothing here: the first one's own script of installation has them. */
const UNLOADED = { by: "@tensorflow/tfjs-node", names: ["adm-zip", "tar"] } as const;

const atLeast = (version: string, least: string): boolean => {
  const [a, b] = [version, least].map((text) => text.split(/[.-]/).map(Number));
  const at = b.findIndex((part, i) => a[i] !== part);
  return at < 0 || a[at] > b[at];
};

/** The versions of each package that deno.lock holds. */
async function lockedVersions(): Promise<Map<string, string[]>> {
  const { npm } = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.lock`));
  const versions = new Map<string, string[]>();
  for (const key of Object.keys(npm)) {
    const [, name, version] = /^(@?[^@]+)@([^_]+)/.exec(key)!;
    versions.set(name, [...versions.get(name) ?? [], version]);
  }
  return versions;
}

test("no package is older than what mended its known weakness", async () => {
  const versions = await lockedVersions();
  for (const [name, least, advisory] of FIXED) {
    const locked = versions.get(name);
    assert.ok(locked, `${name} is not in deno.lock: its line here may go`);
    for (const version of locked) {
      assert.ok(atLeast(version, least), `${name} ${version} is below ${least}: ${advisory}`);
    }
  }
});

test("packages with a weakness that is not mended are loaded by nothing", async () => {
  const loaded: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await visit(`${folder}/${name}`);
      else if (name.endsWith(".ts")) {
        const text = await Deno.readTextFile(`${folder}/${name}`);
        loaded.push(
          ...text.matchAll(
            /(?:from|import)\s*\(?\s*"((?:@[\w-]+\/)?[\w-]+[^"\s]*)"/g,
          ).map(([, path]) => path),
        );
      }
    }
  };
  await visit(`${projectFolder}/lib`);
  const { imports } = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.json`));
  const of = (name: string) => (path: string) => path === name || path.startsWith(`${name}/`);
  for (const name of UNLOADED.names) assert.ok(!Object.keys(imports).some(of(name)), name);
  assert.deepEqual([...new Set(loaded.filter(of(UNLOADED.by)))].sort(), [
    `${UNLOADED.by}/dist/nodejs_kernel_backend.js`,
    `${UNLOADED.by}/dist/register_all_kernels.js`,
  ]);
});

test("every package has one version, and the lock its checksum", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.json`));
  const { npm } = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.lock`));
  for (const [name, target] of Object.entries<string>(imports)) {
    assert.match(target, /^npm:\/?(@[\w-]+\/)?[\w.-]+@\d+\.\d+\.\d+\/?$/, name);
  }
  for (const [key, { integrity }] of Object.entries<{ integrity: string }>(npm)) {
    assert.match(integrity, /^sha512-[\w+/]{86}==$/, key);
  }
});
