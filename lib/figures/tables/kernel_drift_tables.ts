/**
 * Tables of kernel drift: the kernel at the end, rates of the lazy limit, parts of T/T_SL, exponents.
 *
 * @module
 */
import {
  driftCurve,
  type DriftQuantity,
  type DriftStudy,
  type ExponentsAlong,
  type LazyRate,
  type NetworkParts,
  warmLook,
} from "../../experiments/mod.ts";
import { checkLaw, checkValue } from "../../experiments/checks.ts";
import { checkDrift, driftName } from "../../experiments/readings/drift_readings.ts";
import { checkList, checkRecord, checkText, must } from "../../numerics/checks.ts";
import {
  exponentText,
  geometricMean,
  mean,
  meanAndError,
  withInterval,
} from "../../statistics/mod.ts";
import { checkColumn } from "../marks.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };
const checkMean = must(checkRecord, { interval: checkColumn });

/**
 * The kernel at the horizon, told from initialization and from the warm start: a row a network, with
 * geometric means over seeds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, storedResults } from "../../experiments/mod.ts";
 * import { kernelDriftRows } from "./kernel_drift_tables.ts";
 * const [{ result }] = await storedResults<DriftStudy>("kernel_drift");
 * assert.equal(kernelDriftRows([result]).length, 1);
 * ```
 */
export function kernelDriftRows(studies: readonly DriftStudy[]): TableRows {
  checkList("studies", studies, checkDrift);
  return studies.map((study) => {
    const warm = warmLook(study);
    const end = (quantity: DriftQuantity, from = 0) => {
      const last = driftCurve(study, quantity, { from }).seeds.at(-1)!;
      return last.length > 1 ? withInterval(geometricMean(last), two) : last[0].toFixed(2);
    };
    const share = (quantity: DriftQuantity) =>
      mean(driftCurve(study, quantity).seeds.at(-1)!).toFixed(2);
    const looks = study.realizations[0].at;
    return {
      network: driftName(study),
      seeds: study.realizations.length,
      "T": study.configuration.horizon,
      "‖K_T − K_0‖/‖K_0‖": end("change"),
      "since the warm start": warm < 0 || warm > looks.length - 2
        ? "not reached"
        : `${end("change", warm)}, from τ = ${looks[warm].time.toPrecision(2)}`,
      "tr K_T/tr K_0": end("trace"),
      "λ_max, T over 0": end("largest"),
      "first 1, 10, 50 kept": (["shared1", "shared10", "shared50"] as const).map(share).join(", "),
      "laziness, λ > 0.001 λ_1": end("laziness"),
    };
  });
}

/**
 * Rates of the lazy limit: a row a network and gap.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyRows } from "./kernel_drift_tables.ts";
 * const exponent = { mean: 1, interval: [0.9, 1.1], standardError: 0.04, count: 2 } as const;
 * const points = [1, 10].map((scale) => ({ scale, gaps: [1 / scale, 1.1 / scale] }));
 * const rate = { network: "FCN", of: "outputs", window: [1, 10], points, exponent } as const;
 * assert.equal(lazyRows([rate])[0]["p of a^−p"], "1.00 [0.90, 1.10]");
 * ```
 */
export function lazyRows(rates: readonly LazyRate[]): TableRows {
  const point = must(checkRecord, { gaps: checkColumn });
  checkList(
    "rates",
    rates,
    must(checkRecord, {
      ...{ network: checkText, of: checkText, window: checkColumn, exponent: checkMean },
      points: must(checkList, point, 1),
    }),
  );
  return rates.map(({ network, of, window, exponent, points }) => {
    const at = (one: LazyRate["points"][number]) =>
      `${mean(one.gaps).toPrecision(2)} at a = ${one.scale}`;
    return {
      network,
      "gap of": of,
      "a": window.join("–"),
      "p of a^−p": withInterval(exponent, two),
      "mean gap": `${at(points[0])}, ${at(points[points.length - 1])}`,
    };
  });
}

/**
 * Slopes of the lazy limit from each scale to the next, −d ln gap/d ln a, with intervals over seeds: a row a
 * network and gap. A gap that falls as a power of a has the same slope in all columns. Of networks that
 * were run at different scales each has its own columns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazySlopeRows } from "./kernel_drift_tables.ts";
 * const exponent = { mean: 1, interval: [0.9, 1.1], standardError: 0.04, count: 2 } as const;
 * const points = [1, 10].map((scale) => ({ scale, gaps: [1 / scale, 2 / scale] }));
 * const rate = { network: "FCN", of: "outputs", window: [1, 10], points, exponent } as const;
 * assert.match(String(lazySlopeRows([rate])[0]["1 to 10"]), /^1.00 /);
 * const other = { ...rate, points: [{ ...points[0], scale: 0.1 }, points[1]] };
 * assert.equal(lazySlopeRows([rate, other])[1]["1 to 10"], "other scales");
 * ```
 */
export function lazySlopeRows(rates: readonly LazyRate[]): TableRows {
  const point = must(checkRecord, { scale: checkValue, gaps: checkColumn });
  checkList(
    "rates",
    rates,
    must(checkRecord, {
      ...{ network: checkText, of: checkText },
      points: must(checkList, point, 2),
    }),
  );
  const steps = rates.flatMap(({ points }) =>
    points.slice(1).map(({ scale }, i) => [points[i].scale, scale] as const)
  ).sort(([a, b], [c, d]) => a - c || b - d);
  const columns = new Set(steps.map(([from, to]) => stepName(from, to)));
  return rates.map(({ network, of, points }) => {
    const known = new Map(
      points.slice(1).map(({ scale, gaps }, i) => {
        const before = points[i];
        const slopes = gaps.map((gap, s) =>
          Math.log(before.gaps[s] / gap) / Math.log(scale / before.scale)
        );
        return [
          stepName(before.scale, scale),
          slopes.length > 1 ? withInterval(meanAndError(slopes), two) : slopes[0].toFixed(2),
        ];
      }),
    );
    const cells = [...columns].map((name) => [name, known.get(name) ?? "other scales"]);
    return { network, "gap of": of, ...Object.fromEntries(cells) };
  });
}

const stepName = (from: number, to: number) => `${from} to ${to}`;

/**
 * Network and linearization at the horizon, at equal τ: the loss that is left of both, how far the network
 * went for how far the linearization did, and in how many seeds it has the more loss left. A row a network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy } from "../../experiments/mod.ts";
 * import { lossBesideRows } from "./kernel_drift_tables.ts";
 * const at = (loss: number, squared: number) => ({ loss: [9, loss], displacementSquared: [0, squared] });
 * const study = {
 *   configuration: { architecture: "myrtle-5", width: 4, n: 50, horizon: 1 },
 *   time: [0, 1],
 *   realizations: [2, 3].map((loss, seed) => ({ seed, own: at(loss, 3), linear: at(1, 2), at: [] })),
 * } as unknown as DriftStudy;
 * assert.equal(lossBesideRows([study])[0]["the network's is the larger"], "2 of 2 seeds");
 * ```
 */
export function lossBesideRows(studies: readonly DriftStudy[]): TableRows {
  checkList("studies", studies, checkDrift);
  return studies.map((study) => {
    const { realizations, configuration } = study;
    const over = (value: (one: DriftStudy["realizations"][number]) => number) => {
      const values = realizations.map(value);
      return values.length > 1 ? withInterval(geometricMean(values), two) : values[0].toFixed(2);
    };
    const left = (flow: "own" | "linear") => over((one) => one[flow].loss.at(-1)!);
    const more = realizations.filter(({ own, linear }) => own.loss.at(-1)! > linear.loss.at(-1)!);
    return {
      network: driftName(study),
      "τ": configuration.horizon,
      "loss left, network": left("own"),
      "linearization": left("linear"),
      "the network's is the larger": `${more.length} of ${realizations.length} seeds`,
      "‖Δθ‖², network over linearization": over(({ own, linear }) =>
        own.displacementSquared.at(-1)! / linear.displacementSquared.at(-1)!
      ),
    };
  });
}

/**
 * What networks' T/T_SL consists of at one time, as factors with intervals: a row a network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partRows } from "./kernel_drift_tables.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 2 } as const;
 * const parts = {
 *   ...{ time: 1, seeds: [0, 1], own: [4, 5], linear: [5, 6], ownWithout: [1, 1] },
 *   ...{ linearWithout: [1, 1], function: none, motion: none, difference: none, interaction: none },
 * };
 * assert.equal(partRows([{ network: "FCN", parts }])[0].network, "FCN");
 * ```
 */
export function partRows(networks: readonly NetworkParts[]): TableRows {
  const parts = must(checkRecord, { own: checkColumn, function: checkMean, motion: checkMean });
  checkList("networks", networks, must(checkRecord, { network: checkText, parts }));
  const factor = ({ mean, interval: [low, high] }: NetworkParts["parts"]["function"]) =>
    withInterval({ mean: Math.exp(mean), interval: [Math.exp(low), Math.exp(high)] }, two);
  const ratio = (values: readonly number[]) => withInterval(geometricMean(values), two);
  return networks.map(({ network, parts }) => ({
    network,
    "τ": parts.time,
    seeds: parts.seeds.length,
    "T/T_SL": ratio(parts.own),
    "linearization": ratio(parts.linear),
    "f_0 subtracted": ratio(parts.ownWithout),
    "both": ratio(parts.linearWithout),
    "factor of f_0": factor(parts.function),
    "factor of the kernel's motion": factor(parts.motion),
    "interaction": factor(parts.interaction),
  }));
}

/**
 * Exponents of the averaged kernel and the residue at initialization and at the warm start.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsAlong, type ResidueStudy, storedResult } from "../../experiments/mod.ts";
 * import { exponentAlongRows } from "./kernel_drift_tables.ts";
 * const stored = await storedResult<ResidueStudy>("residues/myrtle_5_16_n500");
 * assert.equal(exponentAlongRows([exponentsAlong(stored!.result)]).length, 2);
 * ```
 */
export function exponentAlongRows(networks: readonly ExponentsAlong[]): TableRows {
  const start = must(checkRecord, { alpha: checkLaw, delta: checkLaw });
  const value = must(checkRecord, { value: checkValue, interval: checkColumn });
  checkList(
    "networks",
    networks,
    must(checkRecord, {
      ...{ network: checkText, cold: start, warm: start },
      change: must(checkRecord, { alpha: value, delta: value }),
    }),
  );
  const changed = ({ value: mean, interval }: ExponentsAlong["change"]["alpha"]) =>
    withInterval({ mean, interval }, two);
  return networks.flatMap(({ network, cold, warm, change }) =>
    [cold, warm].map(({ time, alpha, delta }, i) => ({
      network,
      "τ": Number(time.toPrecision(2)),
      seeds: alpha.sets,
      k: alpha.window.join("–"),
      "α": exponentText(alpha),
      "δ": exponentText(delta),
      "change of α": i === 0 ? "" : changed(change.alpha),
      "change of δ": i === 0 ? "" : changed(change.delta),
    }))
  );
}
