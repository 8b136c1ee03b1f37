/**
 * The `pack` task: the library as an npm package, with JavaScript, types and exports by subject, in
 * one file that `npm install` takes. `deno pack` makes it; what it leaves open is set here.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";
import { writeWhole } from "../../resources/mod.ts";
// Past its room's mod.ts, which loads no archives' modules before they are needed.
import { filesOfTar } from "../../resources/tar.ts";
import { TaskFailure } from "./command.ts";
import { withTables } from "./packed_types.ts";
import { buildFolder, projectFolder } from "../../notebook/folders.ts";

/** What a bundler takes for a browser in the place of modules that are loaded in Deno or Node alone. */
const BROWSER = {
  "./lib/numerics/openblas.js": "./lib/numerics/no_openblas.js",
  "./lib/recordings/files.js": "./lib/recordings/no_files.js",
} as const;

/**
 * Packages whose installation runs programs or holds machine code, and which Node and a browser can
 * do without: npm goes on where one cannot be installed.
 */
const OPTIONAL = ["@napi-rs/canvas", "@resvg/resvg-js", "@tensorflow/tfjs-node"];

type Manifest = Record<string, unknown> & { dependencies: Record<string, string> };

/**
 * The package.json that `deno pack` made, with what it cannot know.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { completed } from "./pack.ts";
 * const { dependencies, optionalDependencies } = completed({
 *   dependencies: { munkres: "^2.0.4", "@tensorflow/tfjs-node": "^4.22.0" },
 * });
 * assert.deepEqual(dependencies, { munkres: "^2.0.4" });
 * assert.deepEqual(optionalDependencies, { "@tensorflow/tfjs-node": "^4.22.0" });
 * ```
 */
export function completed(manifest: Manifest): Manifest {
  const [optional, dependencies] = [true, false].map((which) =>
    Object.fromEntries(
      Object.entries(manifest.dependencies)
        .filter(([name]) => OPTIONAL.includes(name) === which),
    )
  );
  return {
    ...manifest,
    description: "Thermodynamic speed limits of learning: bounds, dynamics, kernels, experiments",
    engines: { node: ">=22" },
    browser: BROWSER,
    dependencies,
    optionalDependencies: optional,
  };
}

/** Module text in which files that are named beside it are JavaScript, as those of the package. */
export const withPackedNames = (text: string): string =>
  text.replace(/(new URL\("\.{1,2}\/[^"]*)\.ts(",\s*import\.meta\.url\))/g, "$1.js$2");

/**
 * Packs the library.
 *
 * @param output the file; build/⟨name⟩-⟨version⟩.tgz by default
 * @returns the file
 * @throws {TaskFailure} with what `deno pack` said, if it made none
 */
export async function packLibrary({ output }: { readonly output?: string } = {}): Promise<string> {
  const raw = await Deno.makeTempFile({ suffix: ".tgz" });
  try {
    await denoPack(raw);
    const files = new Map<string, Uint8Array>();
    for await (const { name, data } of filesOfTar(raw, () => true)) files.set(name, data);
    const textOf = (name: string) => new TextDecoder().decode(files.get(name));
    const entries: TarEntry[] = [];
    let manifest: Manifest | undefined;
    for (const [name, data] of files) {
      let body: Uint8Array | string = data;
      if (name.endsWith(".js")) body = withPackedNames(textOf(name));
      if (name.endsWith(".d.ts")) {
        body = withTables(textOf(name), textOf(name.replace(/\.d\.ts$/, ".js")));
      }
      if (name === "package/package.json") {
        manifest = completed(JSON.parse(textOf(name)));
        body = `${JSON.stringify(manifest, null, 2)}\n`;
      }
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
      entries.push({ header: { name, size: bytes.length, type: "file" }, body: bytes });
    }
    if (!manifest) throw new Error(`${raw} has no package.json`);
    const name = `${manifest.name}`.replace(/^@/, "").replace("/", "-");
    const file = output ?? `${buildFolder}/${name}-${manifest.version}.tgz`;
    await writeWhole(file, gzipSync(await packTar(entries)));
    return file;
  } finally {
    await Deno.remove(raw);
  }
}

async function denoPack(output: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["pack", "--allow-dirty", "--no-source-maps", `--output=${output}`],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new TaskFailure(`deno pack made nothing:\n${new TextDecoder().decode(stderr)}`);
  }
}
