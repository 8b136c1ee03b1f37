import assert from "node:assert/strict";
import { conduct, studies, type Study, studyNamed } from "../../../lib/experiments/mod.ts";
import { checkedConfiguration } from "../../../lib/experiments/study/configuration.ts";
import {
  type FieldsOf,
  integer,
  number,
  optional,
  seeds,
} from "../../../lib/experiments/study/fields.ts";
import { nameFrom } from "../../../lib/experiments/study/file_name.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

interface Given {
  readonly n: number;
  readonly seeds?: number | readonly number[];
  readonly rate?: number;
}
type Configuration = Required<Omit<Given, "seeds">> & { readonly seeds: readonly number[] };

const fields: FieldsOf<Given, Configuration> = {
  n: integer({ help: "terms", most: 10 }),
  seeds: optional(seeds({ help: "of the sums" }), [0]),
  rate: optional(number({ help: "of change", above: 0, below: 1 }), 0.5),
};

const computed: number[] = [];

/** A study of one's own: sums, one a seed. */
const sums: Study<Given, Configuration, { n: number; seed: number }, number, number[]> = {
  ...{ name: "sums", summary: "sums", folder: "sums", module: import.meta.url, fields },
  resolve: (given) => checkedConfiguration("sums", fields, given),
  computation: {
    module: import.meta.url,
    compute: async ({ n, seed }, { signal, onProgress }) => {
      signal?.throwIfAborted();
      await onProgress?.({ done: 1, total: 2, note: "half" });
      return computed.push(seed), n + seed;
    },
  },
  runs: ({ n, seeds }) =>
    seeds.map((seed) => ({ input: { n, seed }, note: `seed ${seed}`, share: seed + 1 })),
  gather: (_, results) => [...results],
  fileName: ({ n }) => nameFrom(["sum", n]),
};

test("runs are computed once each, with their own share of the progress", async () => {
  const told: [number, number, string?][] = [];
  const parts: number[][] = [];
  const result = await conduct(sums, { n: 5, seeds: 2 }, {
    cache,
    onProgress: ({ done, total, note }) => void told.push([done, total, note]),
    onPart: (part) => void parts.push(part),
  });
  assert.deepEqual(result, [5, 6]);
  assert.deepEqual(parts, [[5], [5, 6]]);
  assert.deepEqual(told, [
    [0.5, 3, "seed 0: half"],
    [1, 3, "seed 0 is there"],
    [2, 3, "seed 1: half"],
    [3, 3, "seed 1 is there"],
  ]);
  assert.deepEqual(await conduct(sums, { n: 5, seeds: [1, 2] }, { cache }), [6, 7]);
  assert.deepEqual(computed, [0, 1, 2]);
});

test("a study that is stopped keeps what was computed", async () => {
  const stop = new AbortController();
  const onPart = () => stop.abort(new Error("enough"));
  const options = { cache, onPart, signal: stop.signal };
  await assert.rejects(conduct(sums, { n: 6, seeds: [3, 4] }, options), /enough/);
  computed.length = 0;
  assert.deepEqual(await conduct(sums, { n: 6, seeds: [3, 4] }, { cache }), [9, 10]);
  assert.deepEqual(computed, [4]);
});

test("what a configuration may not be is told with the field, its value and what it may be", async () => {
  const wrong = (given: unknown, message: RegExp) =>
    assert.rejects(async () => await conduct(sums, given as Given, { cache }), message);
  await wrong({ n: 0 }, /^RangeError: n is 0; it must be an integer from 1 to 10$/);
  await wrong({ n: "5" }, /^RangeError: n is "5"; it must be an integer/);
  await wrong({ n: NaN }, /n is NaN/);
  await wrong({ n: 5n }, /n is 5; it must be/);
  await wrong({}, /^RangeError: n is missing; it must be an integer from 1 to 10$/);
  await wrong({ n: 5, rate: 1 }, /rate is 1; it must be a finite number above 0, below 1/);
  await wrong({ n: 5, rate: Infinity }, /rate is Infinity/);
  await wrong({ n: 5, seeds: [1, 1] }, /seeds is \[1,1\]; it must be a number of realizations/);
  await wrong({ n: 5, seeds: new Float64Array(1) }, /seeds is/);
  await wrong({ n: 5, seeds: -1 }, /seeds is -1/);
  await wrong({ n: 5, seds: 1 }, /^TypeError: sums has no field seds \(did you mean seeds\?\)/);
  await wrong({ n: 5, constructor: 1 }, /sums has no field constructor/);
  await wrong([5], /configuration of sums is Array of 1; it must be an object/);
  await wrong(null, /is null/);
});

Deno.test("the table's studies have their own names and folders, and each field its help", () => {
  const folders = new Set(Object.values(studies).map(({ folder }) => folder));
  assert.equal(folders.size, Object.keys(studies).length);
  assert.throws(() => studyNamed("toString"), /study is "toString"; it must be one of/);
});
