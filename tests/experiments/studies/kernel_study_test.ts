import assert from "node:assert/strict";
import { kernelStudy } from "../../../lib/experiments/mod.ts";
import { kernels } from "../../../lib/experiments/studies/kernels.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

test("a kernel's residues keep the labels' square, and the start adds the function's", async () => {
  for (const width of ["infinite", 64] as const) {
    const study = await kernelStudy({ architecture: "fully-connected", width, n: 40 }, { cache });
    assert.equal(study.eigenvalues.length, 40);
    assert(study.eigenvalues.every((value, k, all) => k === 0 || value <= all[k - 1]));
    // Each target row, one-hot − 1/10, has the square 0.9.
    assert(Math.abs(total(study.labelSquares) / (40 * 0.9) - 1) < 1e-5);
    assert(Math.abs(total(study.startSquares) / 2 / study.lossAtStart - 1) < 1e-5);
    assert(study.lossAtStart > 40 * 0.45);
  }
});

test("the mean initial residue of wide networks is the infinite one's", async () => {
  const loss = async (width: number | "infinite", seed = 0) =>
    (await kernelStudy({ architecture: "fully-connected", width, n: 10, seed }, { cache }))
      .lossAtStart;
  const limit = await loss("infinite");
  const seeds = 20;
  const all: number[] = [];
  for (let seed = 0; seed < seeds; seed++) all.push(await loss(256, seed));
  const mean = total(all) / seeds;
  const error = Math.sqrt(total(all.map((value) => (value - mean) ** 2)) / (seeds - 1) / seeds);
  assert(Math.abs(mean - limit) < 4 * error, `${mean} ± ${error}, ${limit}`);
});

test("a width and a depth out of range are named", async () => {
  const study = (change: Record<string, number>) =>
    kernelStudy({ architecture: "fully-connected", width: 8, n: 10, ...change }, { cache });
  await assert.rejects(study({ width: 0.5 }), /width is 0.5/);
  await assert.rejects(study({ depth: 0 }), /depth is 0/);
  await assert.rejects(study({ n: 0 }), /n is 0/);
  await assert.rejects(
    study({ width: 1, seed: 1 }),
    /kernel of seed 1 is 0: .* than 1, or another/,
  );
});

test("drawn images are other images, each draw its own, in the name of the file", async () => {
  const study = (images?: number) =>
    kernelStudy({ architecture: "fully-connected", width: "infinite", n: 20, images }, { cache });
  const [first, one, again, two] = [await study(), await study(1), await study(1), await study(2)];
  assert.deepEqual(one, again);
  const heads = [first, one, two].map(({ eigenvalues }) => eigenvalues[0]);
  assert.equal(new Set(heads).size, 3);
  assert.equal(first.configuration.images, undefined);
  assert.match(kernels.fileName(one.configuration), /_n20_images1_/);
  await assert.rejects(study(-1), /images is -1; it must be an integer from 0 up/);
});
