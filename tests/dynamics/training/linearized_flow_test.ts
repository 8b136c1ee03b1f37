/** The linearized flow against closed forms: full spectra, a linear network, loops in float64. */
import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { trainingSet } from "../../../lib/datasets/mod.ts";
import {
  gradientFlow,
  linearFlow,
  linearizedFlow,
  type LinearizedFlowState,
  type Trajectory,
} from "../../../lib/dynamics/mod.ts";
import { flatten, fullyConnected, myrtle5, type Network } from "../../../lib/networks/mod.ts";
import { empiricalNtk, kernelSpectrum, residueComponents } from "../../../lib/ntk/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";
import { made, network as small } from "./small_flow.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

function assertNear(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
) {
  assert.equal(found.length, expected.length, what);
  for (let i = 0; i < found.length; i++) {
    const off = Math.abs(found[i] - expected[i]);
    assert(off <= tolerance * Math.abs(expected[i]), `${what} ${i}: ${found[i]}, ${expected[i]}`);
  }
}

/** The flow by all eigenvectors of the full kernel. */
async function bySpectrum(
  network: Network,
  { images, targets }: Awaited<ReturnType<typeof trainingSet>>,
  seed: number,
) {
  const parameters = network.init(seed);
  const kernel = await empiricalNtk(network, parameters, images, { outputs: "full" });
  const spectrum = await kernelSpectrum(kernel);
  const { data } = await network.apply(parameters, images);
  const residue = residueComponents(spectrum, targets.data.map((y, i) => y - data[i]));
  return { eigenvalues: spectrum.eigenvalues, residue };
}

const networks = [
  { name: "fully connected", network: fullyConnected({ widths: [3072, 32, 10] }), n: 20 },
  { name: "Myrtle-5", network: myrtle5({ channels: 6 }), n: 12 },
];

for (const { name, network, n } of networks) {
  test(`${name}: the flow by products is that of the full kernel's spectrum`, async () => {
    const data = await trainingSet(n);
    const full = await bySpectrum(network, data, 3);
    const { trajectory, spectrum, products, error } = await linearizedFlow(network, data, {
      ...{ horizon: 0.5, seed: 3 },
    });
    const expected = linearFlow(full).along(trajectory.time);
    assert(products < 10 * n && error <= 1e-6);
    assertNear([spectrum.eigenvalues.at(-1)!], [full.eigenvalues[0]], 1e-5, "λ_max");
    for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
      assertNear(trajectory[column], expected[column], 2e-5, column);
    }
    const loss = full.residue.reduce((sum, x) => sum + x * x, 0) / 2;
    assertNear(trajectory.loss, expected.lossDrop.map((drop) => loss - drop), 2e-5, "loss");
    const { inefficiency: ratio, tortuosity } = inefficiency(trajectory);
    assert(ratio.every((value) => value >= 1 - 1e-9) && ratio.at(-1)! > 1.1);
    assert(tortuosity.every((value) => value >= 1 - 1e-9));
  });
}

test("a looser tolerance takes fewer products and keeps what it promises", async () => {
  const [{ network }] = networks;
  const data = await trainingSet(60);
  const at = async (tolerance: number) =>
    await linearizedFlow(network, data, { horizon: 2, tolerance });
  const fine = await at(1e-10);
  for (const tolerance of [0.1, 1e-2, 1e-3, 1e-4]) {
    const { trajectory, products, error } = await at(tolerance);
    assert(error <= tolerance && products < fine.products);
    for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
      assertNear(trajectory[column], fine.trajectory[column], error + 1e-6, column);
    }
  }
});

// A network that is linear: one dense layer.
const linear = fullyConnected({ widths: [8, 3], activation: "linear" });
const images = { shape: [5, 8], data: randomStream(4, "linear").normal(new Float32Array(40)) };
const targets = { shape: [5, 3], data: randomStream(5, "linear").normal(new Float32Array(15)) };

test("of a linear network it is the gradient flow, and its end the least squares", async () => {
  for (const scale of [1, 0.2]) {
    const [horizon, record] = [2 / scale, [0.01, 0.3, 1].map((time) => time / scale)];
    const found = await linearizedFlow(linear, { images, targets }, { horizon, record, scale });
    const flow = await gradientFlow(linear, { images, targets }, {
      ...{ horizon, record, scale, tolerance: 1e-5 },
    });
    const columns = ["time", "loss", "lossDrop", "displacementSquared", "pathLength"] as const;
    for (const column of columns) {
      assertNear(found.trajectory[column], flow.trajectory[column], 2e-4, column);
    }
    assertNear(
      found.trajectory.displacementSquaredFrom[2].subarray(3),
      flow.trajectory.displacementSquaredFrom[2].subarray(3),
      2e-4,
      "from entry 2",
    );
    const [ends, expected] = [found, flow].map(({ parameters }) =>
      flatten(parameters, linear.shapes)
    );
    ends.forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-4));
  }
  // After long, five images in eight dimensions are interpolated: displacement rᵀK⁻¹r, loss 0.
  const { trajectory } = await linearizedFlow(linear, { images, targets }, { horizon: 1e4 });
  assert(trajectory.loss.at(-1)! < 1e-12 * trajectory.loss[0]);
});

test("the parameters are where the columns say, at any scale", async () => {
  const data = made();
  const { trajectory, parameters } = await linearizedFlow(small, data, {
    ...{ horizon: 3, scale: 0.5, seed: 2 },
  });
  const [start, end] = [small.init(2), parameters].map((list) => flatten(list, small.shapes));
  const moved = end.reduce((sum, value, i) => sum + (value - start[i]) ** 2, 0);
  assertNear([trajectory.displacementSquared.at(-1)!], [moved], 1e-5, "‖Δθ‖²");
  // f_0 + J Δθ has the loss of the last entry.
  const tangents = small.shapes.map((shape, i) => ({
    shape,
    data: parameters[i].data.map((value, j) => value - small.init(2)[i].data[j]),
  }));
  const f = (await small.apply(small.init(2), data.images)).data;
  const change = (await small.jvp(small.init(2), data.images, tangents)).data;
  const loss = f.reduce((sum, v, i) => sum + (v + change[i] - data.targets.data[i]) ** 2, 0) / 4;
  assertNear([trajectory.loss.at(-1)!], [loss], 1e-4, "loss");
});

test("small drops survive cancellation", async () => {
  const { trajectory } = await linearizedFlow(small, made(), { horizon: 1, record: [1e-9] });
  const gradient = trajectory.pathLength[1] / 1e-9;
  // ΔL = |g|² t to first order, where 1 − ΔL/L is a double's last digits.
  assertNear([trajectory.lossDrop[1]], [gradient ** 2 * 1e-9], 1e-6, "ΔL");
  assertNear([trajectory.displacementSquared[1]], [(gradient * 1e-9) ** 2], 1e-6, "‖Δθ‖²");
});

test("what was stopped goes on from its checkpoint to the same flow", async () => {
  let state: LinearizedFlowState | undefined;
  const checkpoint = {
    load: () => Promise.resolve(state && structuredClone(state)),
    save: (now: LinearizedFlowState) => Promise.resolve(void (state = structuredClone(now))),
    every: 0,
  };
  const options = { horizon: 50, checkpoint };
  const control = new AbortController();
  let count = 0;
  const onProgress = () => void (++count === 4 && control.abort(new Error("enough")));
  const run = (more = {}) => linearizedFlow(small, made(), { ...options, ...more });
  await assert.rejects(run({ onProgress, signal: control.signal }), /enough/);
  assert.equal(state!.products.length, 4);
  const [resumed, whole] = [await run(), await linearizedFlow(small, made(), { horizon: 50 })];
  assert.deepEqual(resumed.trajectory, whole.trajectory);
  assert.equal(resumed.products, whole.products);
  assert(resumed.gradients < whole.gradients);
  await assert.rejects(run({ seed: 7 }), /checkpoint is of another configuration/);
});

test("what cannot be done is told", async () => {
  const run = (options: object, data = made()) =>
    linearizedFlow(small, data, { horizon: 50, ...options });
  await assert.rejects(run({ products: 3 }), /3 products with the kernel leave .* at time 50/);
  await assert.rejects(run({ horizon: -1 }), /^RangeError: horizon is -1/);
  await assert.rejects(run({ tolerance: 1 }), /^RangeError: tolerance is 1; .* from 1e-10 to 0.2/);
  await assert.rejects(run({ products: 0.5 }), /^RangeError: products is 0.5/);
  await assert.rejects(run({ record: [60] }), /^RangeError: record\[0\] is 60/);
  const bad = made();
  bad.targets.data[3] = NaN;
  await assert.rejects(run({}, bad), /initial residue is NaN, not finite/);
});

test("where nothing moves, every column is 0", async () => {
  const data = made();
  const off = small.shapes.map((shape) => ({
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b)),
  }));
  const check = ({ lossDrop, displacementSquared, pathLength }: Trajectory) =>
    [lossDrop, displacementSquared, pathLength].forEach((c) => assert(c.every((x) => x === 0)));
  // All units off: K = 0.
  const dark = await linearizedFlow(small, data, { horizon: 1, parameters: off });
  check(dark.trajectory);
  assertNear([dark.trajectory.loss.at(-1)!], [6], 1e-12, "loss"); // twelve targets of 1
  // A residue of 0.
  data.targets.data.fill(0);
  check((await linearizedFlow(small, data, { horizon: 1, parameters: off })).trajectory);
});
