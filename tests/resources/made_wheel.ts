import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { WheelPin } from "../../lib/resources/pins.ts";
import { runTool, type Tool } from "../../lib/resources/run_tool.ts";
import { pythonOf } from "../../lib/companion/python/python_environment.ts";

/** The Python of the project where it is set up, otherwise the machine's. */
export const python: string = await Deno.stat(pythonOf()).then(() => pythonOf(), () => "python3");
export const pip: Tool = [python, "-m", "pip"];

const PACK = `
import json, sys, zipfile
path, name, version, members = sys.argv[1:4] + [json.loads(sys.argv[4])]
info = f"{name}-{version}.dist-info"
members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n"
members[f"{info}/WHEEL"] = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
members[f"{info}/RECORD"] = "".join(f"{member},,\\n" for member in [*members, f"{info}/RECORD"])
with zipfile.ZipFile(path, "w") as wheel:
    for member, text in members.items():
        packing = zipfile.ZIP_STORED if member.endswith(".txt") else zipfile.ZIP_DEFLATED
        wheel.writestr(member, text, packing)
`;

export const members = {
  "demo/libdemo.so": "library ".repeat(5_000),
  "demo/stored.txt": "not packed",
  "demo/empty.so": "",
  "demo/other.py": "left out",
};

/** Makes a small wheel with Python's own zipfile, and the pin of all its members but the last. */
export async function madeWheel(folder: string): Promise<WheelPin> {
  const path = "demo-1.0-py3-none-any.whl";
  const args = [join(folder, path), "demo", "1.0", JSON.stringify(members)];
  const { success, said } = await runTool([python], ["-c", PACK, ...args]);
  if (!success) throw new Error(said);
  const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex");
  const wheel = readFileSync(join(folder, path));
  return {
    ...{ package: "demo", version: "1.0", python: "3.11", abi: "none", platform: "any" },
    wheel: { path, bytes: wheel.length, sha256: sha256(wheel) },
    members: Object.entries(members).slice(0, 3).map(([path, text]) => ({
      path,
      bytes: text.length,
      sha256: sha256(text),
    })),
  };
}

/** Runs with these environment variables, an undefined one taken away, and puts them back. */
export async function withEnvironment<T>(
  variables: Readonly<Record<string, string | undefined>>,
  work: () => Promise<T>,
): Promise<T> {
  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  const before = Object.fromEntries(
    Object.keys(variables).map((name) => [name, process.env[name]]),
  );
  set(variables);
  try {
    return await work();
  } finally {
    set(before);
  }
}

/** pip looks into one folder only. */
export function offline(links: string): Record<string, string> {
  return { PIP_NO_INDEX: "1", PIP_FIND_LINKS: links, PIP_CONFIG_FILE: "/dev/null" };
}

/** Runs with a new folder that is removed afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
