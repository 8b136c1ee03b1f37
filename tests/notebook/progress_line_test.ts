import assert from "node:assert/strict";
import fc from "fast-check";
import { duration, progressLine } from "../../lib/notebook/progress_line.ts";

const state = { title: "Fetching", done: 0, elapsed: 0 };

Deno.test("bytes are told in one unit, of the whole", () => {
  const line = (done: number, total?: number) =>
    progressLine({ ...state, unit: "bytes", done, total });
  assert.match(line(1.5e6, 2e9), / {2}0\.0\/2\.0 GB {2}/);
  assert.match(line(123e6, 192e6), / 64 % {2}123\/192 MB {2}/);
  assert.match(line(2500), /Fetching {2}2\.5 kB {2}0:00/);
  assert.match(
    progressLine({ ...state, unit: "bytes", done: 5e6, total: 5e6, end: "done" }),
    /^✓ Fetching {2}5\.0 MB {2}0:00$/,
  );
});

Deno.test("a share never exceeds the whole, and less than the whole is never 100 %", () => {
  assert.match(progressLine({ ...state, done: 7, total: 5 }), /█{20} {2}100 %/);
  assert.match(progressLine({ ...state, done: 999, total: 1000 }), /█{19}░ {3}99 %/);
});

Deno.test("a note and a title give up escapes, line breaks, and then length", () => {
  assert.equal(
    progressLine({ ...state, title: "a\n\x1b[31mb", note: "x\ty", done: 1 }),
    "a b  1  0:00  x y",
  );
  assert.equal(
    progressLine({ ...state, note: "a rather long note", done: 1 }, 30),
    "Fetching  1  0:00  a rather l…",
  );
});

Deno.test("a line keeps to its width for any title, count and note", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "字", "e\u0301", " ", "\n") });
  const wide = (line: string) =>
    [...line.replace(/\p{Mn}/gu, "")].reduce((sum, c) => sum + (c === "字" ? 2 : 1), 0);
  fc.assert(fc.property(
    fc.record({
      title: text,
      note: text,
      done: fc.nat(1e6),
      total: fc.option(fc.nat(1e6), { nil: undefined }),
      unit: fc.constantFrom(undefined, "steps", "bytes"),
      elapsed: fc.nat(1e5),
      left: fc.option(fc.nat(1e5), { nil: undefined }),
      end: fc.constantFrom(undefined, "done", "stopped"),
    }),
    fc.integer({ min: 20, max: 120 }),
    (given, width) => wide(progressLine(given, width)) <= width,
  ));
});

Deno.test("times round to whole seconds and carry over", () => {
  assert.deepEqual([0, 59.4, 59.6, 3599.6, 36000].map(duration), [
    "0:00",
    "0:59",
    "1:00",
    "1:00:00",
    "10:00:00",
  ]);
});
