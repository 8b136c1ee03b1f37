import assert from "node:assert/strict";
import { gaussian, wasserstein2Squared } from "../../../lib/bounds/mod.ts";
import { inefficiencyOfShare, linearFlow, partition } from "../../../lib/dynamics/mod.ts";
import { type KernelStudy, storedResult, wideLimit } from "../../../lib/experiments/mod.ts";
import { eighSync, randomStream } from "../../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);
import golden from "../../golden/partition.json" with { type: "json" };

const near = (a: number, b: number, tolerance: number, scale = Math.abs(b)) =>
  assert.ok(Math.abs(a - b) <= tolerance * scale, `${a} is not ${b}`);

const times = (rows: readonly (readonly number[])[], v: readonly number[]) =>
  rows.map((row) => row.reduce((sum, value, j) => sum + value * v[j], 0));

/** The kernel's eigenpairs, and components along them. */
function modesOf(jacobian: readonly (readonly number[])[]) {
  const { values, vectors } = eighSync(
    jacobian.map((a) => jacobian.map((b) => a.reduce((sum, value, j) => sum + value * b[j], 0))),
  );
  const size = values.length;
  const along = (v: readonly number[]) =>
    Float64Array.from(
      values,
      (_, k) => v.reduce((sum, value, i) => sum + value * vectors.data[i * size + k], 0),
    );
  return { values, along };
}

Deno.test("the parts are those of three flows by mpmath's matrix exponential", () => {
  const { jacobian, theta, labels, flows } = golden;
  const { values, along } = modesOf(jacobian);
  const split = partition({
    ...{ eigenvalues: values, initial: along(times(jacobian, theta)), labels: along(labels) },
  });
  for (const { time, ...flow } of flows) {
    const point = split.at(time);
    for (const quantity of ["lossDrop", "displacementSquared"] as const) {
      const parts = point[quantity];
      for (const part of ["whole", "initial", "labels"] as const) {
        near(parts[part], flow[part][quantity], 1e-10);
      }
      const { whole, initial, labels } = flow;
      const cross = whole[quantity] - initial[quantity] - labels[quantity];
      near(parts.cross, cross, 1e-10, whole[quantity] + initial[quantity]);
    }
  }
});

test("in the wide limit the two parts add to the whole to 1e-10, and ι is their mean", async () => {
  const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
  const { eigenvalues, startSquares, labelSquares } = stored!.result;
  const initialSquares = startSquares.map((square, k) => Math.max(0, square - labelSquares[k]));
  const split = partition({ eigenvalues, initialSquares, labelSquares });
  const whole = linearFlow({
    eigenvalues,
    residue: initialSquares.map((square, k) => Math.sqrt(square + labelSquares[k])),
  });
  const wide = wideLimit(stored!.result);
  for (const T of [1e-3, 0.2, 1, 3, 40, 1e4]) {
    const { lossDrop, displacementSquared, inefficiency, initialWeight } = split.at(T);
    const flow = whole.at(T);
    for (
      const [parts, value] of [
        [lossDrop, flow.lossDrop],
        [displacementSquared, flow.displacementSquared],
      ] as const
    ) {
      near(parts.initial + parts.labels, value, 1e-10);
      near(parts.initial + parts.labels, parts.whole, 1e-12);
      assert.equal(parts.cross, 0);
    }
    const { initial, labels } = inefficiency;
    near(initialWeight * initial + (1 - initialWeight) * labels, flow.inefficiency, 1e-10);
    near(inefficiency.whole, wide.at(T).inefficiency, 1e-10);
    near(initial, wide.at(T).initial, 1e-10);
  }
});

Deno.test("of one fixed J E W2² splits: the mean carries the labels, the covariance f_0", () => {
  // θ_0 ~ N(0, I): θ_T = E θ_0 + (I − E) J⁺y on the row space, E = e^{−JᵀJT}, whose laws are Gaussian.
  const { jacobian, labels } = golden;
  const weights = jacobian[0].length;
  const columns = Array.from({ length: weights }, (_, j) => jacobian.map((row) => row[j]));
  const { values, vectors } = eighSync(
    columns.map((a) => columns.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0))),
  );
  const matrixOf = (of: (rate: number) => number) =>
    columns.map((_, i) =>
      columns.map((_, j) =>
        values.reduce(
          (sum, rate, k) =>
            sum + of(rate) * vectors.data[i * weights + k] * vectors.data[j * weights + k],
          0,
        )
      )
    );
  const pulled = times(columns, labels);
  const modes = modesOf(jacobian);
  const y = modes.along(labels);
  for (const T of [0.05, 1, 20]) {
    const mean = times(
      matrixOf((rate) => rate > 1e-10 ? -Math.expm1(-rate * T) / rate : 0),
      pulled,
    );
    const covariance = matrixOf((rate) => Math.exp(-2 * Math.max(0, rate) * T));
    const zero = new Array(weights).fill(0);
    const unit = matrixOf(() => 1);
    const w2 = (m: number[], c: number[][]) =>
      wasserstein2Squared(gaussian(zero, unit), gaussian(m, c));
    const { displacementSquared: d } = partition({
      eigenvalues: modes.values,
      initialSquares: modes.values.map((value) => Math.max(0, value)), // E f_k² = λ_k
      labelSquares: y.map((value) => value ** 2),
    }).at(T);
    near(d.whole, w2(mean, covariance), 1e-8);
    near(d.labels, w2(mean, unit), 1e-8);
    near(d.initial, w2(zero, covariance), 1e-8);
  }
});

Deno.test("cross terms vanish in the mean over f_0 and −f_0, and a share scales f_0 alone", () => {
  const stream = randomStream(3, "tests/partition");
  const [f, y] = [stream.normal(new Float64Array(20)), stream.normal(new Float64Array(20))];
  const eigenvalues = Array.from({ length: 20 }, (_, k) => (k + 1) ** -1.5);
  const at = (share: number) =>
    partition({ eigenvalues, initial: f.map((value) => share * value), labels: y }).at(4);
  const [plus, minus, thrice] = [at(1), at(-1), [at(3), at(-3)]];
  near(plus.lossDrop.cross, -minus.lossDrop.cross, 1e-12);
  const mean = (of: (point: typeof plus) => number) => (of(thrice[0]) + of(thrice[1])) / 2;
  const ratio = 4 * mean(({ lossDrop }) => lossDrop.whole) /
    mean(({ displacementSquared }) => displacementSquared.whole);
  near(inefficiencyOfShare(plus, 3), ratio, 1e-12);
});

Deno.test("nothing moves in a mode without a gradient, nor at time 0", () => {
  const split = partition({ eigenvalues: [0], initial: [2], labels: [1] });
  const { lossDrop, inefficiency, initialWeight } = split.at(5);
  assert.deepEqual([lossDrop.whole, inefficiency.whole, initialWeight], [0, 1, 0]);
  assert.equal(
    partition({ eigenvalues: [3], initial: [2], labels: [1] }).at(0).inefficiency.whole,
    1,
  );
});

Deno.test("residues of the wrong size, negative squares and times are told", () => {
  assert.throws(
    () => partition({ eigenvalues: [2, 1], initial: [1, 1], labels: [1] }),
    /^RangeError: labels has 1 number; it must have 2$/,
  );
  assert.throws(
    () => partition({ eigenvalues: [2], initialSquares: [1, 2], labelSquares: [1] }),
    /^RangeError: initialSquares has 2 numbers; it must have 1$/,
  );
  assert.throws(
    () => partition({ eigenvalues: [2], initialSquares: [-1], labelSquares: [1] }),
    /initialSquares\[0\] is -1; it must be a finite number from 0 up/,
  );
  assert.throws(
    () => partition({ eigenvalues: [-2, 1], initial: [1, 1], labels: [1, 1] }),
    /eigenvalues\[0\] is -2, far below 0/,
  );
  const split = partition({ eigenvalues: [2], initial: [1], labels: [1] });
  assert.throws(() => split.at(-1), /T is -1/);
  const still = partition({ eigenvalues: [0], initial: [1], labels: [1] }).at(1);
  assert.throws(() => inefficiencyOfShare(still, 1), /‖Δθ‖² is 0; it must be a positive number/);
});
