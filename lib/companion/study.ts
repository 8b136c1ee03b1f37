/**
 * Runs a speed limit study in the terminal and stores it under data/, each realization as it is
 * finished; a second call goes on where the first was cut off.
 *
 *     deno task study --architecture myrtle-5 --width 32 --n 500 --seeds 6
 *
 * @module
 */
import { ratiosAt, speedLimitStudy, storeResult } from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";
import { numberOf, realizationsStored, storingTask, whatStays } from "./storing_task.ts";

const USAGE = `deno task study [options]   a speed limit study, into data/speed_limit

  --architecture NAME     myrtle-5 (default) or fully-connected
  --width N               channels, or width of both hidden layers (16)
  --n N                   training images (500)
  --seeds N               realizations (6); more go on from those that are there
  --horizon T             the last time τ (0.2, which is 20,000 epochs of lr 1e-5)
  --tolerance X           relative error of T/T_SL, l_γ/l_geo and L (0.01)
  --weight-std X          of the initial weights (√2)
  --parametrization NAME  ntk (default) or standard`;

await storingTask(USAGE, {
  architecture: { type: "string", default: "myrtle-5" },
  width: { type: "string", default: "16" },
  n: { type: "string", default: "500" },
  seeds: { type: "string", default: "6" },
  horizon: { type: "string", default: "0.2" },
  tolerance: { type: "string", default: "0.01" },
  "weight-std": { type: "string" },
  parametrization: { type: "string" },
}, async ({ values }) => {
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
    width: numberOf("width", width, { least: 1, most: 8192 }),
    n: numberOf("n", n, { least: 1, most: 50000 }),
    seeds: Array.from({ length: numberOf("seeds", seeds, { least: 1, most: 1000 }) }, (_, i) => i),
    horizon: numberOf("horizon", horizon, { least: 1e-12, most: 1e6, whole: false }),
    tolerance: numberOf("tolerance", tolerance, { least: 1e-6, most: 0.2, whole: false }),
    ...(weightStd && {
      weightStd: numberOf("weight-std", weightStd, { least: 1e-6, most: 1e6, whole: false }),
    }),
    ...(parametrization && { parametrization: parametrization as "ntk" }),
  };
  const before = await realizationsStored("speed_limit", name);
  const study = await withProgress(name, {}, (control) =>
    speedLimitStudy(configuration, {
      ...control,
      onRealization: async (soFar) => {
        if (soFar.realizations.length < before) return;
        await storeResult(`speed_limit/${name}`, soFar, {
          command: `deno task study ${flags.join(" ")}`,
        });
      },
    }));
  if (study.realizations.length < before) console.log(whatStays(before));
  if (study.realizations.length > 1) {
    const { cold, warm } = ratiosAt(study);
    const text = (m?: { mean: number; interval: readonly [number, number] }) =>
      m
        ? `${m.mean.toFixed(2)} [${m.interval.map((x) => x.toFixed(2)).join(", ")}]`
        : "not reached";
    console.log(`T/T_SL cold ${text(cold.inefficiency)}, warm ${text(warm?.inefficiency)}`);
    console.log(`l_γ/l_geo cold ${text(cold.tortuosity)}, warm ${text(warm?.tortuosity)}`);
  }
});
