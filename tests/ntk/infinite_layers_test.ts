import assert from "node:assert/strict";
import {
  averagePool,
  bias,
  convolution,
  dense,
  erf,
  flatten,
  gelu,
  type Layer,
  nonlinearity,
  quadratureDual,
  relu,
} from "../../lib/networks/layers/mod.ts";
import { fullyConnected, myrtle10, myrtle7, type Network } from "../../lib/networks/mod.ts";
import { networkOf } from "../../lib/networks/network.ts";
import {
  biasSpecification,
  type Initialization,
  weightSpecification,
} from "../../lib/networks/parametrization.ts";
import { empiricalNtk, infiniteKernels } from "../../lib/ntk/mod.ts";
import { elementCount, normalCdf, randomStream } from "../../lib/numerics/mod.ts";
import { meanAndError } from "../../lib/statistics/mod.ts";
import golden from "../golden/infinite_layers.json" with { type: "json" };
import { tanh } from "../networks/tanh.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const sines = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: elementCount(shape) }, (_, j) => Math.sin(0.3 * j)),
});

const random = (...shape: number[]) => ({
  shape,
  data: randomStream(3, "images").normal(new Float32Array(elementCount(shape))),
});

const SCALES: Initialization = { weightStd: 1.5, biasStd: 0.3, parametrization: "ntk" };

/** A network of layers that are each made for the shape before them; each with weights has a bias. */
function chained(
  inputShape: readonly number[],
  makers: readonly ((shape: readonly number[], scales: Initialization) => Layer)[],
  scales = SCALES,
): Network {
  const layers: Layer[] = [];
  let shape = inputShape;
  for (const make of makers) {
    const layer = make(shape, scales);
    shape = layer.outputShape;
    layers.push(layer);
    if (layer.parameters.length > 0) {
      layers.push(bias(biasSpecification(shape[shape.length - 1], scales), shape));
    }
  }
  return networkOf(layers, inputShape, {});
}

const conv =
  (size: number, channels: number) => (shape: readonly number[], scales: Initialization) =>
    convolution(weightSpecification([size, size, shape[2], channels], scales), shape);
const connected = (width: number) => ([inputs]: readonly number[], scales: Initialization) =>
  dense(weightSpecification([inputs, width], scales));
const pool = (size: number) => (shape: readonly number[]) => averagePool(size, shape);
const after = (activation: typeof relu) => (shape: readonly number[]) =>
  nonlinearity(activation, shape);

/** Layers that have no fast way over pixels, and pixels that are not all pooled. */
const small = (channels: number) =>
  chained([8, 8, 3], [
    ...[conv(3, channels), after(erf), conv(5, channels), after(gelu), pool(2)],
    ...[conv(3, channels), after(relu), flatten, connected(10)],
  ]);

const fast = (channels: number, scales = SCALES) =>
  chained([8, 8, 3], [
    ...[conv(3, channels), conv(3, channels), after(relu), pool(2)],
    ...[
      conv(3, channels),
      after(relu),
      pool(4),
      flatten,
      connected(channels),
      after(relu),
      connected(10),
    ],
  ], scales);

async function holdsAt(
  expected: { nngp: number[][]; ntk: number[][] },
  network: Network,
  images: ReturnType<typeof sines>,
  tolerance: number,
) {
  const found = await infiniteKernels(network, images);
  for (const name of ["nngp", "ntk"] as const) {
    expected[name].flat().forEach((value, i) => {
      const error = Math.abs(found[name].data[i] / value - 1);
      assert(error < tolerance, `${name} ${i}: ${found[name].data[i]} for ${value}`);
    });
  }
}

Deno.test("gelu's kernels agree with neural-tangents to 1e-12", async () => {
  const network = fullyConnected({ widths: [12, 9, 9, 1], activation: "gelu", ...SCALES });
  await holdsAt(golden.gelu, network, sines(3, 12), 1e-12);
});

Deno.test("erf and gelu between convolutions agree with neural-tangents to 1e-10", async () => {
  await holdsAt(golden.small, small(4), sines(2, 8, 8, 3), 1e-10);
});

for (const [name, make] of [["myrtle-7", myrtle7], ["myrtle-10", myrtle10]] as const) {
  test(`${name}'s kernels agree with neural-tangents to 1e-6`, async () => {
    await holdsAt(golden[name], make({ channels: 4 }), sines(2, 32, 32, 3), 1e-6);
  });
}

test("the fast way over pixels is the layers' own recursion, at any scale", async () => {
  const images = sines(3, 8, 8, 3);
  // Cosines of parallel pixels are 1 to an ulp alone at most scales.
  for (const weightStd of [0.7, 1, 1.3, 1.5]) {
    const network = fast(4, { ...SCALES, weightStd });
    assert(network.layers.every(({ pixelStep }) => pixelStep));
    const layers = network.layers.map(({ pixelStep: _, ...layer }) => layer);
    const slow = networkOf(layers, network.inputShape, {});
    const [a, b] = [await infiniteKernels(network, images), await infiniteKernels(slow, images)];
    for (const name of ["nngp", "ntk"] as const) {
      a[name].data.forEach((value, i) => {
        const off = Math.abs(value / b[name].data[i] - 1);
        assert(off < 1e-12, `${name} at ${weightStd}: ${value}, ${b[name].data[i]}`);
      });
    }
  }
});

for (const [name, make] of [["Myrtle-7", myrtle7], ["Myrtle-10", myrtle10]] as const) {
  test(`${name}'s kernels come to the limit as the width grows`, async () => {
    const images = random(3, 32, 32, 3);
    const { ntk } = await infiniteKernels(make(), images);
    const off = async (channels: number) => {
      let [difference, norm] = [0, 0];
      for (let seed = 0; seed < 4; seed++) {
        const network = make({ channels });
        const { data } = await empiricalNtk(network, network.init(seed), images);
        data.forEach((value, i) => {
          difference += (value / 10 - ntk.data[i]) ** 2;
          norm += ntk.data[i] ** 2;
        });
      }
      return Math.sqrt(difference / norm);
    };
    // The scatter falls as 1/√width: by 3 from 12 to 108.
    const [narrow, wide] = [await off(12), await off(108)];
    assert(wide < 0.5 * narrow && wide < 0.6, `${narrow}, ${wide}`);
  });
}

const WIDE: readonly { name: string; network: Network; images: ReturnType<typeof sines> }[] = [
  { name: "erf and gelu over pixels", network: small(64), images: random(2, 8, 8, 3) },
  { name: "layers of the fast way", network: fast(64), images: random(2, 8, 8, 3) },
  {
    name: "a tanh of one's own",
    network: fullyConnected({ widths: [12, 128, 128, 10], activation: tanh, ...SCALES }),
    images: random(2, 12),
  },
];
for (const { name, network, images } of WIDE) {
  test(`the mean of wide kernels is the limit's, within its error: ${name}`, async () => {
    const { ntk } = await infiniteKernels(network, images);
    const kernels: Float64Array[] = [];
    for (let seed = 0; seed < 40; seed++) {
      kernels.push((await empiricalNtk(network, network.init(seed), images)).data);
    }
    ntk.data.forEach((value, i) => {
      const { mean, standardError } = meanAndError(kernels.map((kernel) => kernel[i] / 10));
      // Beside the scatter there is a bias of order 1/width.
      const most = 4 * standardError + 0.02 * value;
      assert(Math.abs(mean - value) < most, `${mean} ± ${standardError}, ${value}`);
      assert(standardError < 0.05 * ntk.data[0], `± ${standardError} tells little`);
    });
  });
}

const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
const VALUES = {
  erf: {
    dual: erf,
    tolerance: 1e-10,
    value: (x: number) => 2 * normalCdf(Math.SQRT2 * x) - 1,
    slope: (x: number) => 2 / Math.sqrt(Math.PI) * Math.exp(-x * x),
  },
  gelu: {
    dual: gelu,
    tolerance: 1e-12,
    value: (x: number) => x * normalCdf(x),
    slope: (x: number) => normalCdf(x) + x * density(x),
  },
  relu: {
    dual: relu,
    tolerance: 0.03,
    value: (x: number) => Math.max(0, x),
    slope: (x: number) => x > 0 ? 1 : 0,
  },
} as const;

for (const [name, { dual: activation, tolerance, ...values }] of Object.entries(VALUES)) {
  Deno.test(`the dual of ${name} in closed form is the quadrature's, to ${tolerance}`, () => {
    assert("dual" in activation);
    const { dual } = activation;
    const byQuadrature = quadratureDual(values);
    for (const [a, b] of [[1, 1], [0.3, 0.8], [0.01, 1], [0, 1]]) {
      for (const cosine of [-0.9, -0.4, 0, 0.4, 0.9, 1]) {
        const c = cosine * Math.sqrt(a * b);
        for (const part of ["value", "slope"] as const) {
          // relu's slope where one input is 0 is that of a mean of both sides, ¼.
          if (name === "relu" && part === "slope" && a === 0) continue;
          const [found, expected] = [byQuadrature[part](a, b, c), dual[part](a, b, c)];
          assert(Math.abs(found - expected) < tolerance, `${part} at ${[a, b, c]}: ${found}`);
        }
      }
    }
  });

  Deno.test(`the dual of ${name}'s derivative is the change of its dual with the covariance`, () => {
    assert("dual" in activation);
    const { value, slope } = activation.dual;
    for (const [a, b, c] of [[1, 1, 0.3], [0.5, 2, -0.8], [3, 0.1, 0.4], [20, 30, 10]]) {
      const h = 1e-5;
      const difference = (value(a, b, c + h) - value(a, b, c - h)) / (2 * h);
      assert(Math.abs(difference / slope(a, b, c) - 1) < 1e-8, `${difference}, ${slope(a, b, c)}`);
    }
  });
}

Deno.test("a network that leaves pixels has no kernel here, and its last layer is named", async () => {
  const network = chained([4, 4, 1], [conv(3, 2), after(relu)]);
  await assert.rejects(infiniteKernels(network, sines(1, 4, 4, 1)), {
    name: "RangeError",
    message: /the last layer, relu, leaves pixels/,
  });
});

Deno.test("a signal ends the slower way over pixels, and progress tells of every pair", async () => {
  const images = sines(4, 8, 8, 3);
  const told: number[] = [];
  const stop = new AbortController();
  await assert.rejects(
    infiniteKernels(small(2), images, {
      signal: stop.signal,
      onProgress({ done, total }) {
        assert.equal(total, 10);
        told.push(done);
        if (done === 3) stop.abort(new Error("enough"));
      },
    }),
    /enough/,
  );
  assert.deepEqual(told, [1, 2, 3]);
});

Deno.test("fully connected kernels in many blocks of rows are those of the single pairs; a signal ends them", async () => {
  const network = fullyConnected({ widths: [12, 4, 4, 1], activation: "gelu", biasStd: 0.3 });
  const images = random(150, 12);
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    assert.equal(total, 150);
    told.push(done);
  };
  const { ntk } = await infiniteKernels(network, images, { onProgress });
  assert(told.length > 3 && told.at(-1) === 150);
  const of = (i: number) => [...images.data.subarray(12 * i, 12 * i + 12)];
  for (const [i, j] of [[0, 149], [80, 3], [149, 149]]) {
    const pair = { shape: [2, 12], data: Float32Array.from([...of(i), ...of(j)]) };
    const { ntk: alone } = await infiniteKernels(network, pair);
    assert(Math.abs(ntk.data[i * 150 + j] / alone.data[1] - 1) < 1e-13);
    assert.equal(ntk.data[i * 150 + j], ntk.data[j * 150 + i]);
  }
  const ended = infiniteKernels(network, images, {
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  });
  await assert.rejects(ended, /enough/);
});
