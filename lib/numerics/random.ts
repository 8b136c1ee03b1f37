import { sha256 } from "@noble/hashes/sha2.js";
import { checkInteger, checkText, checkThat } from "./checks.ts";
import { philoxFill, type Words2 } from "./philox.ts";

/** A sequence of random numbers; every draw moves it on. */
export interface RandomStream {
  /** The next 32 random bits, an integer in [0, 2³²). */
  uint32(): number;
  /** A number of the uniform law on the open interval (0, 1), with 52 random bits. */
  uniform(): number;
  /** A number of the standard normal law. */
  normal(): number;
  /** As many numbers of the standard normal law: the same that so many calls of `normal()` give. */
  normal(count: number): Float64Array;
  /** Fills the array with numbers of the standard normal law (rounded, if it is float32). */
  normal<A extends Float32Array | Float64Array>(into: A): A;
  /** An integer in [0, below), each equally likely; 1 ≤ below ≤ 2⁵³. */
  integers(below: number): number;
  /** The integers 0 … n − 1 in random order, each order equally likely; 0 ≤ n ≤ 2³² − 1. */
  permutation(n: number): Uint32Array;
}

const wordsAtOnce = 512;

/**
 * The stream of random numbers of a seed and a purpose: the same two give the same numbers again.
 *
 * Words come from Philox4x32-10 in counter mode. The seed is the key; the purpose (its SHA-256)
 * fills the upper half of the counter, the place in the stream the lower half. So streams of two
 * seeds or of two purposes share nothing, and one purpose may draw more or less without moving
 * what another draws. A stream runs for 2⁶⁴ blocks of four words before anything repeats.
 *
 * Normal numbers come in pairs by Box and Muller's transform, in float64 (|x| ≤ 8.58).
 *
 * @param seed an integer from 0 to 2⁵³ − 1
 * @param purpose what the numbers are for, as in "cifar10/train" or "init/layer 2/weight"
 * @throws {RangeError} if the seed is no such integer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "./random.ts";
 *
 * const weights = randomStream(7, "weights").normal(new Float32Array(1000));
 * const again = randomStream(7, "weights").normal(new Float32Array(1000));
 * const biases = randomStream(7, "biases").normal(new Float32Array(1000));
 * assert.deepEqual(weights, again);
 * assert.notDeepEqual(weights, biases);
 * ```
 */
export function randomStream(seed: number, purpose: string): RandomStream {
  const key = keyOf(seed);
  const counter = startOf(purpose);
  const words = new Uint32Array(wordsAtOnce);
  let at = wordsAtOnce;
  let spare = NaN; // the second normal number of a pair, until it is asked for

  function uint32(): number {
    if (at === wordsAtOnce) {
      philoxFill(counter, key, words);
      at = 0;
    }
    return words[at++];
  }

  // The middle of one of 2⁵² equal cells: exact in a double, and never 0 or 1.
  function uniform(): number {
    const high = uint32() >>> 6, low = uint32() >>> 6;
    return (high * 2 ** 26 + low + 0.5) * 2 ** -52;
  }

  function oneNormal(): number {
    if (!Number.isNaN(spare)) {
      const second = spare;
      spare = NaN;
      return second;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  function fillNormal(into: Float32Array | Float64Array): void {
    let i = 0;
    if (into.length > 0 && !Number.isNaN(spare)) into[i++] = oneNormal();
    for (; i + 1 < into.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(uniform()));
      const angle = 2 * Math.PI * uniform();
      into[i] = radius * Math.cos(angle);
      into[i + 1] = radius * Math.sin(angle);
    }
    if (i < into.length) into[i] = oneNormal();
  }

  function normal(): number;
  function normal(count: number): Float64Array;
  function normal<A extends Float32Array | Float64Array>(into: A): A;
  function normal(
    what?: number | Float32Array | Float64Array,
  ): number | Float32Array | Float64Array {
    if (what === undefined) return oneNormal();
    const into = typeof what === "number"
      ? new Float64Array(checkInteger("count", what, { least: 0, most: 2 ** 32 }))
      : checkThat("into", what, isFloatArray(what), "a count, a Float32Array or a Float64Array");
    fillNormal(into);
    return into;
  }

  // Words that would favour small results, a last incomplete run of `below`, are thrown away.
  function integers(below: number): number {
    checkInteger("below", below, { most: 2 ** 53 });
    const wide = below > 2 ** 32;
    const range = wide ? 2 ** 53 : 2 ** 32;
    const fair = range - range % below;
    while (true) {
      const word = wide ? (uint32() >>> 11) * 2 ** 32 + uint32() : uint32();
      if (word < fair) return word % below;
    }
  }

  // Fisher and Yates, from the front.
  function permutation(n: number): Uint32Array {
    const order = new Uint32Array(checkInteger("n", n, { least: 0, most: 2 ** 32 - 1 }));
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = 0; i < n - 1; i++) {
      const j = i + integers(n - i);
      const chosen = order[j];
      order[j] = order[i];
      order[i] = chosen;
    }
    return order;
  }

  return { uint32, uniform, normal, integers, permutation };
}

const isFloatArray = (value: unknown) =>
  value instanceof Float64Array || value instanceof Float32Array;

function keyOf(seed: number): Words2 {
  checkInteger("seed", seed, { least: 0, most: Number.MAX_SAFE_INTEGER });
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

function startOf(purpose: string): Uint32Array {
  checkText("purpose", purpose);
  // In plain JavaScript, so that the same streams run in a browser.
  const digest = new DataView(sha256(new TextEncoder().encode(purpose)).buffer);
  return Uint32Array.of(0, 0, digest.getUint32(0, true), digest.getUint32(4, true));
}
