/** A network scaled up becomes its linearization, as 1/a. */
import assert from "node:assert/strict";
import { gradientFlow, linearizedFlow } from "../../../lib/dynamics/mod.ts";
import { centred, flatten, fullyConnected, scaled } from "../../../lib/networks/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";
import { fitLine } from "../../../lib/statistics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const data = {
  images: { shape: [6, 12], data: randomStream(1, "lazy images").normal(new Float32Array(72)) },
  targets: { shape: [6, 3], data: randomStream(1, "lazy targets").normal(new Float32Array(18)) },
};

test("weights and loss of the lazy network part from the linearization's as 1/a", async () => {
  const network = fullyConnected({ widths: [12, 24, 3], activation: "erf" });
  const start = network.init(2);
  const scales = [3, 10, 30, 100];
  const gaps: { readonly weights: number; readonly drop: number }[] = [];
  for (const a of scales) {
    const wrapped = scaled(centred(network, { parameters: start }), a);
    const options = { horizon: 2, scale: 1 / a ** 2, parameters: start };
    const own = await gradientFlow(wrapped, data, { ...options, tolerance: 1e-5 });
    const linear = await linearizedFlow(wrapped, data, options);
    const [from, to, line] = [start, own.parameters, linear.parameters].map((list) =>
      flatten(list, network.shapes)
    );
    const length = (of: (i: number) => number) =>
      Math.sqrt(from.reduce((sum, _, i) => sum + of(i) ** 2, 0));
    gaps.push({
      weights: length((i) => to[i] - line[i]) / length((i) => line[i] - from[i]),
      drop: Math.abs(own.trajectory.lossDrop.at(-1)! / linear.trajectory.lossDrop.at(-1)! - 1),
    });
  }
  const slope = (of: "weights" | "drop") =>
    fitLine(scales.map(Math.log), gaps.map((gap) => Math.log(gap[of]))).slope;
  for (const gap of ["weights", "drop"] as const) {
    assert(Math.abs(slope(gap) + 1) < 0.05, `${gap}: a^${slope(gap)}`);
  }
});
