/**
 * Runs a speed limit study in the terminal and stores it under data/, each realization as it is
 * finished; a second call goes on where the first was cut off.
 *
 *     deno task study --architecture myrtle-5 --width 32 --n 500 --seeds 6
 *
 * @module
 */
import { parseArgs } from "node:util";
import { ratiosAt, speedLimitStudy, storeResult } from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";

const { values } = parseArgs({
  options: {
    architecture: { type: "string", default: "myrtle-5" },
    width: { type: "string", default: "16" },
    n: { type: "string", default: "500" },
    seeds: { type: "string", default: "6" },
    horizon: { type: "string", default: "0.2" },
    tolerance: { type: "string", default: "0.01" },
    "weight-std": { type: "string" },
    parametrization: { type: "string" },
  },
});
const { architecture, width, n, seeds, horizon, tolerance, parametrization } = values;
const weightStd = values["weight-std"];
const flags = Object.entries(values).map(([name, value]) => `--${name} ${value}`);
const name = [
  architecture.replaceAll("-", "_"),
  width,
  `n${n}`,
  ...(weightStd ? [`std${weightStd}`] : []),
  ...(parametrization ? [parametrization] : []),
  ...(Number(horizon) === 0.2 ? [] : [`tau${Number(horizon)}`]),
].join("_");

const configuration = {
  architecture: architecture as "myrtle-5",
  width: Number(width),
  n: Number(n),
  seeds: Array.from({ length: Number(seeds) }, (_, i) => i),
  horizon: Number(horizon),
  tolerance: Number(tolerance),
  ...(weightStd && { weightStd: Number(weightStd) }),
  ...(parametrization && { parametrization: parametrization as "ntk" }),
};
const study = await withProgress(name, {}, (control) =>
  speedLimitStudy(configuration, {
    ...control,
    onRealization: async (soFar) => {
      await storeResult(`speed_limit/${name}`, soFar, {
        command: `deno task study ${flags.join(" ")}`,
      });
    },
  }));
if (study.realizations.length > 1) {
  const { cold, warm } = ratiosAt(study);
  const text = (m?: { mean: number; interval: readonly [number, number] }) =>
    m ? `${m.mean.toFixed(2)} [${m.interval.map((x) => x.toFixed(2)).join(", ")}]` : "not reached";
  console.log(`T/T_SL cold ${text(cold.inefficiency)}, warm ${text(warm?.inefficiency)}`);
  console.log(`l_γ/l_geo cold ${text(cold.tortuosity)}, warm ${text(warm?.tortuosity)}`);
}
