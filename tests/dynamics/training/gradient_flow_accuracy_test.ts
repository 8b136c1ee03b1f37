/**
 * What the option `tolerance` promises, on real images against the classical Runge–Kutta method at
 * h λ_max = 0.5, at every recorded time past its first step.
 *
 * @module
 */
import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import { gradientFlow, type GradientFlowOptions } from "../../../lib/dynamics/mod.ts";
import { fullyConnected, myrtle5, type Network } from "../../../lib/networks/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test, long } = needs(...TENSORFLOW);

type Columns = readonly [inefficiency: Float64Array, tortuosity: Float64Array, loss: Float64Array];

/** T/T_SL, l_γ/l_geo and L at 16 times over three decades. */
async function followed(
  network: Network,
  n: number,
  { horizon, ...options }: GradientFlowOptions,
): Promise<{ columns: Columns; time: Float64Array; lambda: number }> {
  const { train } = await cifar10({ train: n });
  const data = { images: train.images, targets: targets(train.labels) };
  const record = Array.from(
    { length: 16 },
    (_, i) => i === 15 ? horizon : horizon * 10 ** (-3 * (1 - i / 15)),
  );
  const { trajectory } = await gradientFlow(network, data, { horizon, record, ...options });
  const { inefficiency: ratio, tortuosity } = inefficiency(trajectory);
  return {
    columns: [ratio, tortuosity, trajectory.loss],
    time: trajectory.time,
    lambda: trajectory.observed.lambdaMax[0],
  };
}

/** The largest relative difference of each column, from the entry `from` on. */
const differences = (found: Columns, other: Columns, from: number) =>
  found.map((column, c) =>
    column.reduce(
      (worst, value, i) => i < from ? worst : Math.max(worst, Math.abs(value / other[c][i] - 1)),
      0,
    )
  );

const flows = [
  {
    name: "a fully connected network, by the exponential midpoint,",
    network: fullyConnected({ widths: [3072, 64, 10] }),
    n: 40,
    horizon: 0.4,
  },
  {
    name: "a fully connected network, by Runge–Kutta–Chebyshev,",
    network: fullyConnected({ widths: [3072, 64, 10] }),
    n: 40,
    horizon: 0.4,
    solver: "runge-kutta-chebyshev",
  },
  { name: "Myrtle-5", network: myrtle5({ channels: 8 }), n: 20, horizon: 0.5 },
] as const;

for (const [i, { name, network, n, ...options }] of flows.entries()) {
  const soon = i === 1 ? long("5 s, as the other two") : test;
  soon(`the flow of ${name} keeps its tolerance, and half of it`, async () => {
    const reference = await followed(network, n, {
      ...options,
      solver: "runge-kutta-4",
      step: 0.5,
    });
    const past = reference.time.findIndex((time) => time > 0.5 / reference.lambda);
    const found = new Map<number, Columns>();
    for (const tolerance of [0.02, 0.01, 0.005]) {
      const { columns } = await followed(network, n, { ...options, tolerance });
      found.set(tolerance, columns);
      const [ratio, tortuosity] = columns;
      assert(ratio.every((value) => value > 1 - tolerance));
      assert(tortuosity.every((value) => value > 1 - tolerance));
    }
    const errors = differences(found.get(0.01)!, reference.columns, past);
    assert(Math.max(...errors) < 0.01, `errors ${errors}`);
    // Halving the tolerance moves them by no more than it was.
    for (const tolerance of [0.02, 0.01]) {
      const moved = differences(found.get(tolerance)!, found.get(tolerance / 2)!, past);
      assert(Math.max(...moved) < tolerance, `moved ${moved} from ${tolerance}`);
    }
  });
}
