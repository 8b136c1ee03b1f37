import assert from "node:assert/strict";
import { fullyConnected, myrtle5, type Network } from "../../lib/networks/mod.ts";
import { empiricalNtk, infiniteKernels } from "../../lib/ntk/mod.ts";
import { arcsineRatio } from "../../lib/ntk/arcsine_ratio.ts";
import { type Matrix, randomStream } from "../../lib/numerics/mod.ts";
import { meanAndError } from "../../lib/statistics/mod.ts";
import myrtle from "../golden/infinite_myrtle.json" with { type: "json" };
import golden from "../golden/infinite_kernels.json" with { type: "json" };
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, long } = needs(...TENSORFLOW);

const images = (rows: readonly (readonly number[])[]) => ({
  shape: [rows.length, rows[0].length],
  data: Float32Array.from(rows.flat()),
});

for (const { activation, depth, weightStd, biasStd, ...expected } of golden.kernels) {
  Deno.test(`kernels agree with 50 digits to 1e-10: ${activation}, depth ${depth}, bias ${biasStd}`, async () => {
    const kernels = (parametrization: "ntk" | "standard") =>
      infiniteKernels(
        fullyConnected({
          widths: [12, ...new Array(depth - 1).fill(3), 1],
          activation: activation as "relu" | "erf",
          ...{ weightStd, biasStd, parametrization },
        }),
        images(golden.images),
      );
    const [found, standard] = [await kernels("ntk"), await kernels("standard")];
    const pairs = [
      [found.nngp.data, expected.nngp],
      [found.ntk.data, expected.ntk],
      [standard.nngp.data, expected.nngp],
      [standard.ntk.data, expected.standardNtk],
    ] as const;
    for (const [values, expected] of pairs) {
      expected.forEach((value, i) => {
        const error = Math.abs(values[i] / value - 1);
        // The last image is the first, scaled: of an angle of 1e-7 float64 keeps half the digits.
        const parallel = i % 5 === 4 || i >= 20;
        const most = parallel ? 1e-9 : 1e-10;
        assert(error < most, `entry ${i}: ${values[i]} for ${value}, off by ${error}`);
      });
    }
  });
}

test("Myrtle-5's kernels agree with neural-tangents to 1e-6", async () => {
  const data = Float32Array.from({ length: 2 * 3072 }, (_, j) => Math.sin(0.3 * j));
  const { nngp, ntk } = await infiniteKernels(myrtle5({ channels: 8 }), {
    shape: [2, 32, 32, 3],
    data,
  });
  for (const [found, expected] of [[nngp, myrtle.nngp], [ntk, myrtle.ntk]] as const) {
    expected.flat().forEach((value, i) => {
      assert(Math.abs(found.data[i] / value - 1) < 1e-6, `${found.data[i]} for ${value}`);
    });
  }
});

Deno.test("the arcsine's ratio is good to an ulp or two where it is taken", () => {
  const ratio = (u: number) => arcsineRatio().reduceRight((sum, c) => c + u * sum, 0);
  for (let s = 2 ** -10; s <= 0.5; s += 2 ** -10) {
    const off = Math.abs(s * ratio(s * s) / Math.asin(s) - 1);
    assert(off < 5e-16, `${s}: ${off}`);
  }
});

test("a pair's kernels do not depend on the order of the images, nor on those beside them", async () => {
  const data = randomStream(5, "images").normal(new Float32Array(3 * 3072));
  const kernels = (order: number[]) =>
    infiniteKernels(myrtle5({ channels: 4, biasStd: 0.2 }), {
      shape: [order.length, 32, 32, 3],
      data: Float32Array.from(order.flatMap((i) => [...data.subarray(i * 3072, (i + 1) * 3072)])),
    });
  const [all, some] = [await kernels([0, 1, 2]), await kernels([2, 0])];
  for (const name of ["nngp", "ntk"] as const) {
    const [a, b] = [all[name].data, some[name].data];
    for (const [i, j] of [[8, 0], [0, 3], [6, 1], [2, 2]]) {
      assert(Math.abs(a[i] / b[j] - 1) < 1e-12, `${name}: ${a[i]} and ${b[j]}`);
    }
  }
});

test("the mean kernel of many finite networks lies at the limit, within its error", () =>
  meansLieAtLimit([
    fullyConnected({ widths: [3072, 256, 256, 10] }),
    fullyConnected({ widths: [3072, 256, 10], parametrization: "standard", biasStd: 0.1 }),
  ]));

long("20 s")(
  "the mean kernel of many finite Myrtle-5 lies at the limit too",
  () =>
    meansLieAtLimit([
      myrtle5({ channels: 64 }),
      myrtle5({ channels: 64, parametrization: "standard" }),
    ]),
);

async function meansLieAtLimit(networks: readonly Network[]) {
  const data = randomStream(3, "images").normal(new Float32Array(2 * 3072));
  const pair = { shape: [2, 32, 32, 3], data };
  const seeds = 16;
  for (const network of networks) {
    const { ntk } = await infiniteKernels(network, pair);
    const kernels: Matrix[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      kernels.push(await empiricalNtk(network, network.init(seed), pair));
    }
    ntk.data.forEach((value, i) => {
      const { mean, standardError } = meanAndError(kernels.map((kernel) => kernel.data[i] / 10));
      // Beside the scatter there is a bias of order 1/width.
      assert(
        Math.abs(mean - value) < 4 * standardError + 0.03 * value,
        `${mean} ± ${standardError}, ${value}`,
      );
    });
  }
}

Deno.test("images of the wrong shape are named; a signal ends the work", async () => {
  await assert.rejects(infiniteKernels(myrtle5({ channels: 4 }), images(golden.images)), {
    name: "RangeError",
    message: /images have shape \[5,12\]/,
  });
  const image = { shape: [1, 32, 32, 3], data: new Float32Array(3072).fill(1) };
  await assert.rejects(
    infiniteKernels(myrtle5({ channels: 4 }), image, {
      signal: AbortSignal.abort(new Error("enough")),
    }),
    /enough/,
  );
});

test("threads tell of every pair, and end when told to or when the telling fails", async () => {
  const data = randomStream(7, "images").normal(new Float32Array(6 * 3072));
  const pairs = { shape: [6, 32, 32, 3], data };
  const network = myrtle5({ channels: 4 });
  const told: number[] = [];
  const stop = new AbortController();
  await assert.rejects(
    infiniteKernels(network, pairs, {
      signal: stop.signal,
      onProgress({ done, total }) {
        assert.equal(total, 21);
        told.push(done);
        if (done === 3) stop.abort(new Error("enough"));
      },
    }),
    /enough/,
  );
  assert(told.length >= 3 && told.length < 21);
  const failing = () => Promise.reject(new Error("no room"));
  await assert.rejects(infiniteKernels(network, pairs, { onProgress: failing }), /no room/);
});
