/**
 * What a run rests on besides its configuration and its code: the data that it reads and the library
 * that does its linear algebra.
 *
 * @module
 */
import process from "node:process";
import { cifar10Hash } from "../../datasets/mod.ts";
import { linearAlgebra } from "../../numerics/mod.ts";
import { buildOf, ownPathVariable } from "../../resources/mod.ts";
import { packagePins } from "./code/packages.ts";
import { ownSources } from "./code/sources.ts";

/** Data and backend, as a run's key has them. */
export interface RunGrounds {
  /** A hash of the data: of those pinned, against which all that is read is checked. */
  readonly data: string;
  /** Name and version: "openblas scipy-openblas32 0.3.34.481.3", "ml-matrix@6.15.1". */
  readonly backend: string;
}

/**
 * What runs of this process rest on. No data are read for it; the backend is verified and opened at
 * the first call (0.1 s).
 *
 * TensorFlow is told where it is one's own: the pinned one is a part of the code. A backend is told by its version, not by the processor's kind, by which its last digits vary: runs
 * of several machines belong to one study.
 *
 * @param data a hash of other data than CIFAR-10
 * @throws {SetUpError} if `SPEED_LIMITS_OPENBLAS` names no such library
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runGrounds } from "./run_grounds.ts";
 * const { data, backend } = runGrounds();
 * assert.match(data, /^cifar-10 [0-9a-f]{16}$/);
 * assert.match(backend, /^(openblas|ml-matrix)/);
 * ```
 */
export function runGrounds(data = `cifar-10 ${cifar10Hash}`): RunGrounds {
  const { backend, build } = linearAlgebra();
  const [pin = backend] = packagePins([backend], ownSources)
    .filter((line) => line.startsWith(`${backend}@`));
  const algebra = build === undefined ? pin.split(" ")[0] : `${backend} ${build}`;
  const own = process.env[ownPathVariable.tensorflow];
  return { data, backend: own ? `${algebra}, tensorflow ${buildOf("tensorflow")}` : algebra };
}
