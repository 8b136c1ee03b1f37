import assert from "node:assert/strict";
import { philox4x32, philoxFill, type Words2, type Words4 } from "../../lib/numerics/philox.ts";

// Known answers published with the paper (Salmon et al. 2011, Random123's kat_vectors).
const known: { counter: Words4; key: Words2; words: Words4 }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

Deno.test("Philox4x32-10 gives the published known answers", () => {
  for (const { counter, key, words } of known) assert.deepEqual(philox4x32(counter, key), words);
});

Deno.test("successive blocks, through a carry, are those of another implementation", () => {
  // randomgen 2.5.1 (PyPI): Philox(key=20230714 | 5 << 32, number=4, width=32,
  // counter=0xfffffffffffffffd | 0x0123456789abcdef << 64); it counts up before its first block.
  const golden = [
    [
      0xa5773126,
      0x13019675,
      0x8b538f18,
      0x64e33093,
      0x31b445a5,
      0x8de41f15,
      0xbf50e075,
      0xff24b857,
    ],
    [
      0x4b0fab63,
      0x3f4d56d3,
      0x14933e99,
      0x09f6d664,
      0x075d3eec,
      0xa43b0774,
      0xb9f48066,
      0x653e9fce,
    ],
    [
      0x8b73058f,
      0x6b418755,
      0x3a339329,
      0x425f0670,
      0x19a1dc1d,
      0x896e1b92,
      0x61444ca3,
      0xa5e3a9fa,
    ],
  ].flat();
  const counter = Uint32Array.of(0xfffffffe, 0xffffffff, 0x89abcdef, 0x01234567);
  const words = new Uint32Array(golden.length);
  philoxFill(counter, [20230714, 5], words);
  assert.deepEqual([...words], golden);
  assert.deepEqual([...counter], [4, 0, 0x89abcdf0, 0x01234567]);
});

Deno.test("the counter carries through every word and goes round at 2^128", () => {
  const counter = new Uint32Array(4).fill(0xffffffff);
  philoxFill(counter, [0, 0], new Uint32Array(4));
  assert.deepEqual([...counter], [0, 0, 0, 0]);
  const third = Uint32Array.of(0xffffffff, 0xffffffff, 0xffffffff, 7);
  philoxFill(third, [0, 0], new Uint32Array(4));
  assert.deepEqual([...third], [0, 0, 0, 8]);
});

Deno.test("no block comes twice, and blocks in one call are those of calls one by one", () => {
  const blocks = 200_000;
  const start = [0xffffffff - blocks / 2, 3, 1, 4];
  const counter = Uint32Array.from(start);
  const words = new Uint32Array(4 * blocks);
  philoxFill(counter, [1, 5], words);
  const seen = new Set<string>();
  for (let block = 0; block < blocks; block++) {
    seen.add(words.subarray(4 * block, 4 * block + 4).join());
  }
  assert.equal(seen.size, blocks);

  const alone = Uint32Array.from(start);
  const block = new Uint32Array(4);
  for (let at = 0; at < blocks; at++) {
    philoxFill(alone, [1, 5], block);
    if (at % 1000 === 0) assert.deepEqual(block, words.slice(4 * at, 4 * at + 4));
  }
  assert.deepEqual(alone, counter);
});

Deno.test("room for a part of a block is refused", () => {
  assert.throws(
    () => philoxFill(new Uint32Array(4), [0, 0], new Uint32Array(6)),
    { name: "RangeError", message: /words\.length is 6.*multiple of 4/ },
  );
});
