/**
 * The peers' own environments of Python, which nothing else needs.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder } from "../../notebook/folders.ts";
import type { OnProgress } from "../../resources/mod.ts";
import { acquirePythonEnvironment } from "../python/python_environment.ts";
import type { Environment } from "./row.ts";

/** Where they are made. */
export const peersFolder = join(buildFolder, "bench_env");

const here = (name: string) => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** What each is made of; two of them pin different versions of jax and NumPy. */
const ENVIRONMENTS = {
  kernels: {
    what: "neural-tangents with jax 0.4.23",
    leastPython: 10,
    mostPython: 12,
    // Its part for TensorFlow is not installed: `kernels_import.py` says why.
    flags: ["--no-deps", "--require-hashes"],
  },
  numeric: { what: "NumPy, SciPy, POT, diffrax and thermox", leastPython: 11 },
  torch: { what: "PyTorch and torchdiffeq", leastPython: 11, flags: [] },
} as const satisfies Record<Environment, unknown>;

/**
 * Sees to it that an environment is there, and gives the command of its process.
 *
 * @throws {SetUpError} if it cannot be made, with what to do
 */
export async function acquirePeer(
  environment: Environment,
  { folder = peersFolder, onProgress }: {
    readonly folder?: string;
    readonly onProgress?: OnProgress;
  } = {},
): Promise<string[]> {
  const python = await acquirePythonEnvironment({
    ...ENVIRONMENTS[environment],
    folder: join(folder, environment),
    requirements: here(`${environment}.txt`),
    workFolder: folder,
    onProgress,
  });
  return [python, here("main.py"), environment];
}

/** The command of our side's process. */
export function ownCommand(): string[] {
  const main = fileURLToPath(new URL("./ours/main.ts", import.meta.url));
  return [Deno.execPath(), "run", "-P", "--no-check", main];
}
