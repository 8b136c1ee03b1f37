import assert from "node:assert/strict";
import {
  brenierTest,
  landscapeFlow,
  smallNetwork,
  tangentFlow,
} from "../../../lib/dynamics/mod.ts";
import { eighSync, multiply, randomStream } from "../../../lib/numerics/mod.ts";

const drawn = (rows: number, cols: number, name: string) => ({
  ...{ rows, cols },
  data: randomStream(3, name).normal(rows * cols),
});
const axes = (d: number) => ({
  ...{ rows: d, cols: d },
  data: Float64Array.from({ length: d * d }, (_, at) => at % (d + 1) === 0 ? 1 : 0),
});

Deno.test("of a linear model Dφ is e^(−HT), a Brenier map, mode by mode", () => {
  const inputs = drawn(3, 4, "x");
  const model = smallNetwork({ widths: [4, 1], inputs, targets: drawn(3, 1, "y") });
  const curvature = multiply(inputs, inputs, { transposeA: true }).data.map((x) => x / 4);
  const { values, vectors } = eighSync({ rows: 4, cols: 4, data: curvature });
  const start = randomStream(1, "start").normal(4), times = [0.3, 2];
  const { images } = tangentFlow(model, { start, directions: axes(4), times, tolerance: 1e-10 });
  for (const [at, T] of times.entries()) {
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        let exact = 0;
        for (let k = 0; k < 4; k++) {
          exact += vectors.data[i * 4 + k] * Math.exp(-values[k] * T) * vectors.data[j * 4 + k];
        }
        assert(Math.abs(images[at].data[i * 4 + j] - exact) < 1e-8);
      }
    }
    const { asymmetry, leastEigenvalue } = brenierTest(axes(4), images[at]);
    assert(asymmetry < 1e-7);
    assert(Math.abs(leastEigenvalue - Math.exp(-values[3] * T)) < 1e-8);
  }
});

Deno.test("of networks Dφ v is the difference of flows from θ_0 ± εv, of centred ones too", () => {
  const network = smallNetwork({
    ...{ widths: [3, 4, 1], inputs: drawn(5, 3, "x"), targets: drawn(5, 1, "y"), scale: 2 },
  });
  const d = network.dimension;
  const start = randomStream(2, "start").normal(d), v = randomStream(9, "v").normal(d);
  const options = { times: [0.5, 3], tolerance: 1e-11 };
  const directions = { rows: 1, cols: d, data: v };
  for (const centred of [false, true]) {
    const of = (from: Float64Array) => centred ? network.centredAt(from) : network;
    const { images } = tangentFlow(of(start), { start, directions, ...options });
    const [up, down] = [1e-4, -1e-4].map((h) => {
      const from = start.map((x, i) => x + h * v[i]);
      return tangentFlow(of(from), { start: from, ...options }).positions;
    });
    for (const at of [0, 1]) {
      images[at].data.forEach((value, i) =>
        assert(Math.abs(value - (up[at][i] - down[at][i]) / 2e-4) < 1e-6, `${centred} ${i}`)
      );
    }
  }
});

Deno.test("its path is that of landscapeFlow, with ΔL and ‖Δθ‖²", () => {
  const network = smallNetwork({
    ...{ widths: [3, 4, 2], inputs: drawn(5, 3, "x"), targets: drawn(5, 2, "y") },
  });
  const start = randomStream(2, "start").normal(network.dimension);
  const own = tangentFlow(network, { start, times: [2], tolerance: 1e-9 });
  const other = landscapeFlow(network, { start, horizon: 2, entries: 4 });
  const near = (a: number, b: number) => assert(Math.abs(a / b - 1) < 1e-6, `${a} ${b}`);
  near(own.lossDrop[0], other.lossDrop.at(-1)!);
  near(own.displacementSquared[0], other.displacementSquared.at(-1)!);
  near(network.value(start, 0) - network.value(own.positions[0], 0), own.lossDrop[0]);
});

Deno.test("wrong arguments are told", () => {
  const network = smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] });
  assert.throws(() => tangentFlow(network, { start: [1], times: [] }), /times has no entries/);
  assert.throws(() => tangentFlow(network, { start: [1], times: [2, 1] }), /times must increase/);
  assert.throws(() => tangentFlow(network, { start: [1, 2], times: [1] }), /start has 2 numbers/);
  assert.throws(
    () => tangentFlow(network, { start: [1], times: [1], directions: [[1, 2]] }),
    /directions has 2 columns/,
  );
  assert.throws(() => brenierTest([[1, 0]], [[1, 0]]), /directions has 1 rows/);
  assert.throws(() => brenierTest([[1, 0], [1, 0]], [[1, 0], [0, 1]]), /must be orthonormal/);
});
