import { checkInstance, checkInteger, checkLength, checkNumbers } from "./checks.ts";

/** Four 32-bit words: a counter of {@linkcode philox4x32}, or what becomes of it. */
export type Words4 = readonly [number, number, number, number];

/** Two 32-bit words: a key of {@linkcode philox4x32}. */
export type Words2 = readonly [number, number];

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9; // golden ratio
const weyl1 = 0xbb67ae85; // √3 − 1
const rounds = 10;

// The multipliers in halves: a product of 32 by 16 bits is exact in a double, one of 32 by 32 is not.
const low0 = multiplier0 & 0xffff, high0 = multiplier0 >>> 16;
const low1 = multiplier1 & 0xffff, high1 = multiplier1 >>> 16;
const perHalf = 2 ** -16;

/**
 * Fills `words` with the Philox4x32-10 images of the successive counters that start at `counter`.
 *
 * The counter is one 128-bit integer, its least significant word first. Philox is a bijection of
 * counters for every key, so no block comes twice before the counter has gone round.
 *
 * @param counter where to start; moved on, in place, to the first counter not used
 * @param key the two words of the key
 * @param words room for whole blocks: its length is a multiple of 4
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if a length is another, or the key is none of 32-bit words
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { philox4x32, philoxFill } from "./philox.ts";
 * const words = new Uint32Array(8);
 * philoxFill(new Uint32Array(4), [0, 0], words);
 * assert.deepEqual([...words.subarray(0, 4)], [...philox4x32([0, 0, 0, 0], [0, 0])]);
 * ```
 */
export function philoxFill(counter: Uint32Array, key: Words2, words: Uint32Array): void {
  checkLength("counter", checkInstance("counter", counter, Uint32Array), 4);
  checkWords("key", key, 2);
  checkInstance("words", words, Uint32Array);
  if (words.length % 4 !== 0) {
    throw new RangeError(`words.length is ${words.length}; it must be a multiple of 4`);
  }
  for (let at = 0; at < words.length; at += 4) {
    let c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    let k0 = key[0] | 0, k1 = key[1] | 0;
    for (let round = 0; round < rounds; round++) {
      const top0 = ((c0 * high0 + ((c0 * low0 * perHalf) >>> 0)) * perHalf) >>> 0;
      const top1 = ((c2 * high1 + ((c2 * low1 * perHalf) >>> 0)) * perHalf) >>> 0;
      const bottom0 = Math.imul(c0, multiplier0) >>> 0;
      const bottom1 = Math.imul(c2, multiplier1) >>> 0;
      c0 = (top1 ^ c1 ^ k0) >>> 0;
      c1 = bottom1;
      c2 = (top0 ^ c3 ^ k1) >>> 0;
      c3 = bottom0;
      k0 = (k0 + weyl0) | 0;
      k1 = (k1 + weyl1) | 0;
    }
    words[at] = c0;
    words[at + 1] = c1;
    words[at + 2] = c2;
    words[at + 3] = c3;
    // A store keeps the low 32 bits: a word that comes to zero has gone round, and carries.
    for (let word = 0; word < 4; word++) {
      counter[word] += 1;
      if (counter[word] !== 0) break;
    }
  }
}

/**
 * The Philox4x32-10 bijection of one counter under one key.
 *
 * Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { philox4x32 } from "./philox.ts";
 *
 * assert.deepEqual(
 *   philox4x32([0, 0, 0, 0], [0, 0]),
 *   [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
 * );
 * ```
 */
export function philox4x32(counter: Words4, key: Words2): Words4 {
  checkWords("counter", counter, 4);
  const words = new Uint32Array(4);
  philoxFill(Uint32Array.from(counter), key, words);
  return [words[0], words[1], words[2], words[3]];
}

function checkWords(name: string, words: readonly number[], length: number) {
  checkNumbers(name, words, { length });
  for (let i = 0; i < length; i++) {
    checkInteger(`${name}[${i}]`, words[i], { least: 0, most: 2 ** 32 - 1 });
  }
}
