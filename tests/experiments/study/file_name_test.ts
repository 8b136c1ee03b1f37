import assert from "node:assert/strict";
import { activationNames, activationOf } from "../../../lib/networks/mod.ts";
import { fieldsOf, runKey, type SpeedLimitStudy, studies } from "../../../lib/experiments/mod.ts";
import { nameFrom } from "../../../lib/experiments/study/file_name.ts";
import type { Plain } from "../../../lib/experiments/study/run_cache.ts";
import { readStoredFile, storedNames } from "../../../lib/experiments/study/stored_files.ts";
import type { KernelStudy } from "../../../lib/experiments/studies/kernels.ts";
import { speedLimitName } from "../../../lib/experiments/studies/speed_limit.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

/** Names and keys of a configuration's results. */
async function of(name: "kernels" | "speed-limit", given: Record<string, unknown>) {
  const study = studies[name] as typeof studies.kernels;
  const configuration = await study.resolve(given as { n: number });
  const keys = study.runs(configuration).map(({ input }) => runKey(input as unknown as Plain));
  return { name: study.fileName(configuration), keys };
}

test("a network with its defaults written out is the same file and the same runs", async () => {
  const same = async (study: "kernels" | "speed-limit", one: object, written: object) =>
    assert.deepEqual(await of(study, { ...one, ...written }), await of(study, { ...one }));
  const told = { depth: 2, activation: "relu", weightStd: Math.SQRT2, biasStd: 0 };
  await same("kernels", { n: 20 }, told);
  await same("kernels", { n: 20, activation: "erf" }, { weightStd: 1, biasStd: 0 });
  await same("kernels", { n: 20, width: 8 }, { ...told, seed: 0 });
  await same("kernels", { n: 20, architecture: "myrtle-5" }, { weightStd: Math.SQRT2, biasStd: 0 });
  const fcn = { architecture: "fully-connected", width: 8, n: 20, seeds: 1 };
  await same("speed-limit", fcn, { ...told, parametrization: "ntk", horizon: 0.2 });
  await same("speed-limit", { width: 8, n: 20 }, { weightStd: Math.SQRT2, biasStd: 0 });
});

test("another network is another file, and other runs", async () => {
  const all = await Promise.all([
    ...[{}, { depth: 3 }, { weightStd: 1 }, { biasStd: 0.1 }, { activation: "erf" }],
    ...[{ activation: "gelu" }, { activation: "erf", weightStd: Math.SQRT2 }, { width: 8 }],
    ...[{ width: 8, seed: 1 }, { architecture: "myrtle-5" }],
  ].map((change) => of("kernels", { n: 20, ...change })));
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  assert.equal(new Set(all.flatMap(({ keys }) => keys)).size, all.length);
});

Deno.test("what the configuration holds is what differs from the architecture's own", () => {
  const { resolve } = studies.kernels;
  assert.deepEqual(resolve({ n: 20, depth: 2, biasStd: 0, activation: "erf", weightStd: 1 }), {
    ...{ architecture: "fully-connected", width: "infinite", n: 20, activation: "erf" },
  });
});

test("the infinite width has no seed but the 0 of older commands", async () => {
  assert.deepEqual(
    await of("kernels", { n: 20, seed: 0 }),
    await of("kernels", { n: 20 }),
  );
  await assert.rejects(
    of("kernels", { n: 20, seed: 5 }),
    /^RangeError: seed is 5; the infinite width has no initial weights/,
  );
});

test("the files of today have the names that their configurations are given", async () => {
  for (const name of await storedNames("speed_limit")) {
    const { result } = (await readStoredFile(`speed_limit/${name}`))!;
    assert.equal(speedLimitName((result as SpeedLimitStudy).configuration), name);
  }
  for (const name of await storedNames("kernels")) {
    const { result } = (await readStoredFile(`kernels/${name}`))!;
    const { configuration } = result as KernelStudy;
    assert.equal(studies.kernels.fileName(configuration), name);
    assert.equal((await of("kernels", { ...configuration })).name, name);
  }
});

Deno.test("every field of every study is told by the file's name, or says which value is better", () => {
  const named = ["architecture", "width", "widths", "n", "seed", "study"];
  for (const [study, { fields }] of Object.entries(studies)) {
    for (const { name, tag, better } of fieldsOf(fields)) {
      const told = tag !== undefined || better !== undefined || named.includes(name);
      assert.ok(told, `${study}: two results that differ in ${name} alone are one file`);
    }
  }
});

Deno.test("names of files lead nowhere else", () => {
  assert.equal(nameFrom(["../../x", 8]), "_.._x_8");
  assert.match(nameFrom(["a/b\\c", "%00"]), /^\w+$/);
});

Deno.test("the help tells each activation's own W_std", () => {
  const { help } = fieldsOf(studies.kernels.fields).find(({ name }) => name === "weightStd")!;
  for (const name of activationNames) {
    const std = activationOf(name)?.weightStd ?? 1;
    const own = help.split(/[(;)]/).find((part) => part.split(/[ ,]+/).includes(name));
    assert.match(own ?? "", std === Math.SQRT2 ? /^ ?√2 for / : /^ ?1 for /, name);
  }
});
