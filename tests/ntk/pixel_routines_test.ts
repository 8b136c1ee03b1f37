import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  averagePool,
  bias,
  convolution,
  dense,
  flatten,
  type Layer,
  nonlinearity,
  relu,
} from "../../lib/networks/layers/mod.ts";
import { biasSpecification, weightSpecification } from "../../lib/networks/parametrization.ts";
import { layerPairs } from "../../lib/ntk/layer_pairs.ts";
import { pixelKernels } from "../../lib/ntk/pixel_kernels.ts";
import { windowMasks } from "../../lib/ntk/pixel_planes.ts";
import { pixelModule, pixelRoutines, RESERVED_BYTES, SLACK } from "../../lib/ntk/pixel_routines.ts";
import { randomStream } from "../../lib/numerics/mod.ts";

/** The loops on a memory of numbers that are taken one plane after the other. */
function loops() {
  const memory = new WebAssembly.Memory({ initial: 4 });
  const numbers = new Float64Array(memory.buffer);
  let next = RESERVED_BYTES;
  const put = (values: readonly number[]) => {
    const at = next;
    numbers.set(values, at / 8);
    next += 8 * values.length + SLACK;
    return at;
  };
  const read = (at: number, length: number) => [...numbers.subarray(at / 8, at / 8 + length)];
  return { routines: pixelRoutines(memory), memory, put, read };
}

Deno.test("the module is the one that was reviewed, byte by byte", () => {
  // On a change of lib/ntk/pixel_routines.ts or arcsine_ratio.ts: the new sum, if the tests below pass.
  assert.equal(
    createHash("sha256").update(pixelModule()).digest("hex"),
    "1d69abfc303cbe8357a0e71123c21a5506337a9ec3380cda949e8a16877385d8",
  );
});

Deno.test("arc-cosine kernels are good to some ulps at every cosine, and parallel pixels have no angle", () => {
  const cosines = [0, 1e-300, 0.5, 0.5 + 1e-15, 1, 1 + 2e-16, 1 - 1e-16];
  for (let c = 0; c <= 1; c += 1 / 1024) cosines.push(c);
  for (let e = 1e-14; e < 0.1; e *= 1.7) cosines.push(1 - e);
  const both = [...cosines, ...cosines.map((c) => -c)];
  const { routines, put, read } = loops();
  const ones = both.map(() => 1);
  const [a, theta, k] = [put(both.map(() => 2)), put(ones), put(both.map((c) => 6 * c))];
  const b = put(both.map(() => 3));
  // The inverses of both, 1/6, are in one plane.
  const [half, third] = [put(both.map(() => 1 / 2)), put(both.map(() => 1 / 3))];
  routines.rectify(k, theta, 8 * both.length, a, half - a, b, third - b);
  const [values, slopes] = [read(k, both.length), read(theta, both.length)];
  both.forEach((c, i) => {
    const angle = Math.abs(c) >= 1 - 5e-16 ? (c > 0 ? 0 : Math.PI) : Math.acos(c);
    const turn = 2 * Math.PI;
    const slope = (Math.PI - angle) / turn;
    const value = 6 * (Math.sin(angle) / turn + slope * c);
    // The cosine is rounded three times; its arccosine's derivative is 1/sin.
    const most = 2e-16 + 4e-16 / turn / Math.max(Math.sin(angle), 1e-7);
    assert(Math.abs(slopes[i] - slope) < most, `slope at ${c}: ${slopes[i]} for ${slope}`);
    assert(Math.abs(values[i] - value) < 5e-15, `value at ${c}: ${values[i]} for ${value}`);
  });
});

Deno.test("windows see neither beyond the image nor into another offset's part", () => {
  const [height, width] = [5, 7];
  const at = (y: number, x: number) => y * width + x;
  const from = [...randomStream(1, "plane").normal(height * width)];
  for (const dx of [0, 1, 3, 6]) {
    for (const part of [1, 2, 5]) {
      const { routines, memory, put, read } = loops();
      const [source, target] = [put(from), put(from.map(() => NaN))];
      const zeros = put(new Array(width).fill(0));
      const masks = put(new Array(4 * width).fill(0));
      new BigInt64Array(memory.buffer, masks).set(windowMasks(width, dx));
      for (const [start, end] of [[0, part], [part, height]]) {
        const [first, last] = [8 * width * start, 8 * width * end];
        routines.windowSums(source, target, first, last, 8 * width, masks, zeros, 0.5, 0, 0);
      }
      const sums = read(target, from.length);
      const samePart = (i: number, j: number, border: number) => i < border === j < border;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          let expected = 0;
          for (let v = Math.max(0, y - 1); v < Math.min(height, y + 2); v++) {
            for (let u = Math.max(0, x - 1); u < Math.min(width, x + 2); u++) {
              const counts = samePart(v, y, part) && samePart(u, x, width - dx);
              if (counts) expected += 0.5 * from[at(v, u)];
            }
          }
          assert(Math.abs(sums[at(y, x)] - expected) < 1e-14, `dx ${dx}, part ${part}: ${y}, ${x}`);
        }
      }
    }
  }
});

Deno.test("the fast way over pixels and the layers' own recursions agree to 1e-13, at odd sizes too", async () => {
  const scales = { weightStd: 1.3, biasStd: 0.4, parametrization: "standard" } as const;
  const [size, channels, count] = [9, 2, 3];
  const layers: Layer[] = [];
  let shape: readonly number[] = [size, size, channels];
  const add = (layer: Layer) => {
    layers.push(layer);
    shape = layer.outputShape;
  };
  const addBias = () => add(bias(biasSpecification(shape[shape.length - 1], scales), shape));
  const addConvolution = () =>
    add(convolution(weightSpecification([3, 3, shape[2], 4], scales), shape));
  add(nonlinearity(relu, shape)); // no weights below it
  addConvolution();
  addBias();
  add(nonlinearity(relu, shape));
  addConvolution();
  add(averagePool(3, shape));
  add(nonlinearity(relu, shape));
  addConvolution();
  add(averagePool(3, shape));
  add(flatten(shape));
  add(dense(weightSpecification([4, 2], scales)));
  addBias();
  const data = Float64Array.from(randomStream(3, "images").normal(count * size * size * channels));
  data.fill(0, 0, 40); // black pixels
  const steps = layers.flatMap(({ pixelStep }) => pixelStep ?? []);
  assert.equal(steps.length, layers.length);
  const fast = pixelKernels({ height: size, width: size, channels, steps }, data);
  let pairs = 0;
  await layerPairs(layers, { pixels: size * size, data }, count, ({ row, column, nngp, ntk }) => {
    const found = fast(row, column);
    assert(Math.abs(found.nngp / nngp - 1) < 1e-13, `${found.nngp} for ${nngp}`);
    assert(Math.abs(found.ntk / ntk - 1) < 1e-13, `${found.ntk} for ${ntk}`);
    pairs++;
  });
  assert.equal(pairs, 6);
});
