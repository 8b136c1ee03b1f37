/**
 * TensorFlow in this process: loaded once, on a number of threads chosen then.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import process from "node:process";
import { checkInteger, checkOptions, maybe } from "../numerics/checks.ts";
import { verifiedLibrary } from "../resources/mod.ts";
import { type Backend, registerBackend, type Tfjs } from "./backend.ts";
import { type Binding, newBinding } from "./binding.ts";
import { openLibrary } from "./library.ts";

/** A loaded TensorFlow. */
export interface Session {
  readonly tf: Tfjs;
  readonly backend: Backend;
  readonly binding: Binding;
}

/** How TensorFlow is loaded. */
export interface TensorflowOptions {
  /** Threads that one operation may use; the number of cores by default. */
  readonly threads?: number;
}

let loading: Promise<Session> | undefined;
let loaded: Session | undefined;

/**
 * TensorFlow.js on the "tensorflow" backend. The first call loads the library; later ones give the
 * same module.
 *
 * @throws {RangeError} if `threads` is not a positive whole number, or not the number that the
 * library is loaded with already (in this process: workers share its threads).
 * @throws {Error} if the library is not set up, or damaged.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "./session.ts";
 * const tf = await tensorflow();
 * assert(tf.getBackend() === "tensorflow");
 * assert(tf.sum([1, 2, 3]).dataSync()[0] === 6);
 * ```
 */
export async function tensorflow(options: TensorflowOptions = {}): Promise<Tfjs> {
  checkOptions("options", options, { threads: maybe(checkInteger, { most: 4096 }) });
  const threads = claimThreads(options.threads);
  loading ??= load(threads).catch((error) => {
    loading = undefined;
    delete process.env[claim]; // a later try may choose again
    throw error;
  });
  return (await loading).tf;
}

/**
 * The loaded TensorFlow.
 *
 * @throws {Error} if `tensorflow()` was not awaited before.
 */
export function session(): Session {
  if (loaded === undefined) {
    throw new Error("TensorFlow is not loaded: await tensorflow() first");
  }
  return loaded;
}

async function load(threads: number): Promise<Session> {
  const binding = newBinding(openLibrary(verifiedLibrary("tensorflow")), threads);
  return loaded = { ...await registerBackend(binding), binding };
}

/**
 * TensorFlow's threads are one pool for the whole process, made by the first context; so workers
 * learn of the choice by the environment, where the process's number tells it from a parent's.
 */
const claim = "SPEED_LIMITS_TENSORFLOW_THREADS";

function claimThreads(wanted: number | undefined): number {
  const [owner, count] = (process.env[claim] ?? "").split(":").map(Number);
  if (owner === process.pid) {
    if (wanted !== undefined && wanted !== count) {
      throw new RangeError(
        `threads is ${wanted}, but TensorFlow is loaded already with ${count}; ` +
          `a process keeps the number it began with`,
      );
    }
    return count;
  }
  const threads = wanted ?? availableParallelism();
  process.env[claim] = `${process.pid}:${threads}`;
  return threads;
}
