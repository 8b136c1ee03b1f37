/**
 * Rows of the tables that kernels and their exponents are shown by.
 *
 * @module
 */
import {
  type KernelExponents,
  linearizationAt,
  type LinearizationStudy,
  linearizedPath,
  type NetworkForecast,
  networkName,
} from "../../experiments/mod.ts";
import { checkExponents, checkForecasts, checkLinearization } from "../../experiments/checks.ts";
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import {
  exponentText,
  fitSampledPowerLaw,
  leastToLargest,
  type SampledPowerLaw,
  withInterval,
} from "../../statistics/mod.ts";
import type { TableRows } from "./table_text.ts";

/** Of the three that studies keep, the one that the table shows. */
const LAZINESS_CUTOFF = 1e-3;
/** To k = n over this the correction for n samples holds (`sampleWindow`). */
const SAMPLES_PER_MODE = 10;

const half = ({ interval }: Pick<SampledPowerLaw, "interval">) =>
  interval ? `± ${((interval[1] - interval[0]) / 2).toFixed(2)}` : "one set";

/**
 * The exponents of networks: of the population, in brackets the interval of images, seeds and window;
 * beside them what images and seeds alone make of it, and the exponent as sampled.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "../../experiments/mod.ts";
 * import { exponentRows } from "./kernel_tables.ts";
 * const law = Array.from({ length: 400 }, (_, i) => (i + 1) ** -1.5);
 * const [row] = exponentRows([exponentsOf([{
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 400 },
 *   ...{ eigenvalues: law, startSquares: law, labelSquares: law, lossAtStart: 1 },
 * }])]);
 * assert.deepEqual([row.network, row.k, row["α, sets alone"]], ["FCN, ∞, n 400", "1–40", "one set"]);
 * ```
 */
export function exponentRows(fits: readonly KernelExponents[]): TableRows {
  checkList("fits", fits, checkExponents);
  return fits.map(({ name, alpha, start, labels }) => ({
    network: name,
    sets: alpha.sets,
    k: alpha.window.join("–"),
    "α": exponentText(alpha),
    "α, sets alone": half(alpha),
    "α as sampled": alpha.uncorrected.toFixed(2),
    "δ at the start": exponentText(start),
    "δ at the start as sampled": start.uncorrected.toFixed(2),
    "δ of labels": exponentText(labels),
    "δ of labels as sampled": labels.uncorrected.toFixed(2),
  }));
}

/**
 * Exponents in one window for every n, as sampled and of the population: in a fixed window all change of
 * the first is what n samples add. In brackets the interval of images and seeds, of the fixed window alone.
 * What frees them of it holds to k = n/10: a window that ends beyond is marked.
 *
 * @throws {RangeError} if the window leaves the kernels
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "../../experiments/mod.ts";
 * import { fixedWindowRows } from "./kernel_tables.ts";
 * const law = Array.from({ length: 400 }, (_, i) => (i + 1) ** -1.5);
 * const fit = exponentsOf([{
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 400 },
 *   ...{ eigenvalues: law, startSquares: law, labelSquares: law, lossAtStart: 1 },
 * }]);
 * assert.equal(fixedWindowRows([fit], [10, 100])[0]["α as sampled"], "1.50");
 * ```
 */
export function fixedWindowRows(
  fits: readonly KernelExponents[],
  window: readonly [from: number, to: number],
): TableRows {
  checkList("fits", fits, checkExponents);
  checkNumbers("window", window, { length: 2 });
  return fits.map(({ name, studies }) => {
    const fit = (column: "eigenvalues" | "startSquares" | "labelSquares") =>
      fitSampledPowerLaw(studies.map((study) => study[column]), {
        of: column === "eigenvalues" ? "eigenvalues" : "squares",
        window,
      });
    const [alpha, start, labels] = (["eigenvalues", "startSquares", "labelSquares"] as const).map(
      fit,
    );
    // Of the one window alone: neither its interval nor its text knows of others.
    const own = ({ exponent, interval }: SampledPowerLaw) =>
      exponentText({ exponent, interval, wide: interval ?? [exponent, exponent] });
    return {
      [`k = ${window.join("–")}`]: name,
      "k ≤ n/10": window[1] <= alpha.samples / SAMPLES_PER_MODE
        ? "yes"
        : "no: outside the correction's range",
      "α as sampled": alpha.uncorrected.toFixed(2),
      "α": own(alpha),
      "δ at the start as sampled": start.uncorrected.toFixed(2),
      "δ at the start": own(start),
      "δ of labels as sampled": labels.uncorrected.toFixed(2),
      "δ of labels": own(labels),
    };
  });
}

/**
 * What was predicted of T/T_SL, and what was measured: a row a network for its exponents, and one for each
 * of its seeds.
 *
 * @param forecasts all at one time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { forecastRows } from "./kernel_tables.ts";
 * const told = { value: 4, interval: [3, 5] } as const;
 * const kernels = [{ name: "FCN, seed 0", averaged: 4, labels: 1.2, own: 4.27 }];
 * const rows = forecastRows([{ network: "FCN", at: 0.2, powerLaw: told, growth: told, kernels }]);
 * assert.deepEqual(rows.map((row) => row["T/T_SL at τ = 0.2"]), ["FCN, seed 0"]);
 * assert.equal(rows[0]["by α and δ"], "4.0 [3.0, 5.0]");
 * ```
 */
export function forecastRows(forecasts: readonly NetworkForecast[]): TableRows {
  checkForecasts("forecasts", forecasts);
  return forecasts.flatMap(({ at, powerLaw, growth, kernels }) =>
    kernels.map(({ name, averaged, labels, linearized, own }) => ({
      [`T/T_SL at τ = ${at}`]: name,
      "the network itself, ± 1 %": own?.toFixed(2) ?? "not measured",
      "linearized, all outputs": linearized?.toFixed(2) ?? "not computed",
      "sum over the mean kernel": averaged.toFixed(2),
      "by α and δ": withInterval({ mean: powerLaw.value, interval: powerLaw.interval }),
      "(δ − 1)/α": withInterval({ mean: growth.value, interval: growth.interval }, { digits: 2 }),
      "mean kernel, labels alone": labels.toFixed(2),
    }))
  );
}

/**
 * How much exponents move from one set of images to the next, with seeds, and from window to window.
 *
 * @param seeds exponents of the same images with several seeds, for each network
 * @param sets those of other images, and seeds
 * @throws {RangeError} if the lists differ in length
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "../../experiments/mod.ts";
 * import { spreadRows } from "./kernel_tables.ts";
 * const kernel = (seed: number) => ({
 *   configuration: { architecture: "myrtle-5", width: 16, n: 400, seed } as const,
 *   eigenvalues: Array.from({ length: 400 }, (_, i) => (i + 1) ** -(1.5 + seed / 10)),
 *   startSquares: Array.from({ length: 400 }, (_, i) => 1 / (i + 1)),
 *   labelSquares: Array.from({ length: 400 }, (_, i) => 1 / (i + 1)),
 *   lossAtStart: 1,
 * });
 * const fit = exponentsOf([kernel(0), kernel(1)]);
 * assert.equal(spreadRows([fit], [fit])[0].network, "Myrtle-5, width 16, n 400");
 * ```
 */
export function spreadRows(
  seeds: readonly KernelExponents[],
  sets: readonly KernelExponents[],
): TableRows {
  checkList("seeds", seeds, checkExponents);
  checkList("sets", sets, checkExponents);
  if (seeds.length !== sets.length) {
    throw new RangeError(
      `there are ${seeds.length} networks' seeds and ${sets.length} networks' sets; they must pair`,
    );
  }
  return seeds.map((one, i) => ({
    network: one.name,
    "α, seeds alone": `${one.alpha.exponent.toFixed(2)} ${half(one.alpha)}`,
    "α, images and seeds": `${sets[i].alpha.exponent.toFixed(2)} ${half(sets[i].alpha)}`,
    "α, windows": leastToLargest(sets[i].alpha.windows, { digits: 2 }),
    "δ at the start, seeds alone": `${one.start.exponent.toFixed(2)} ${half(one.start)}`,
    "δ at the start, images and seeds": `${sets[i].start.exponent.toFixed(2)} ${
      half(sets[i].start)
    }`,
    "δ at the start, windows": leastToLargest(sets[i].start.windows, { digits: 2 }),
  }));
}

/**
 * What the kernel averaged over outputs misses of that of all outputs, and how far this has moved by the
 * study's last time: a row a seed. Laziness is that of one cutoff, on which it depends (`laziness`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationRows } from "./kernel_tables.ts";
 * const at = { eigenvalues: [1023], averagedLargest: 245, squares: [1], residueSquared: 1 };
 * const [row] = linearizationRows({
 *   configuration: {
 *     ...{ architecture: "myrtle-5", width: 16, n: 500, seeds: [0], times: [0.2] },
 *     ...{ testImages: 10, weightStd: 1, parametrization: "ntk", tolerance: 0.01 },
 *     ...{ horizon: 0.2, entries: 3, threshold: 0.12 },
 *   },
 *   ...{ time: [0, 0.2], warmIndex: -1 },
 *   realizations: [{
 *     ...{ seed: 0, kernels: "full" },
 *     at: [{ ...at, time: 0, trace: 1, alignment: 0, missed: { crossOutputs: 0.3, whole: 0.4 } }],
 *   }],
 * });
 * assert.deepEqual([row["λ_1, averaged"], row["λ_1, all outputs"]], ["245", "1023"]);
 * assert.equal(row["missed between outputs"], "30 %");
 * ```
 */
export function linearizationRows(study: LinearizationStudy): TableRows {
  checkLinearization("study", study);
  const { configuration: { architecture, width, n }, realizations } = study;
  const percent = (share: number | undefined) =>
    share === undefined ? "not computed" : `${(100 * share).toFixed(0)} %`;
  return realizations.flatMap(({ seed, at }) => {
    const cold = linearizationAt(study, seed, "cold");
    if (!cold) return [];
    const last = at[at.length - 1], { since } = last;
    const path = linearizedPath(study, seed, "cold");
    return [{
      network: `${networkName({ architecture, width })}, seed ${seed}, n ${n}`,
      "λ_1, averaged": cold.averagedLargest.toFixed(0),
      "λ_1, all outputs": cold.eigenvalues?.[0].toFixed(0) ?? "not computed",
      "missed between outputs": percent(cold.missed?.crossOutputs),
      "missed in all": percent(cold.missed?.whole),
      "T/T_SL, linearized": path?.inefficiency.at(-1)?.toFixed(2) ?? "not computed",
      "τ": last.time,
      "‖K_τ − K_0‖/‖K_0‖": since?.kernelChange.toFixed(2) ?? "not computed",
      "tr K_τ/tr K_0": since?.traceRatio.toFixed(2) ?? "not computed",
      [`laziness, λ > ${LAZINESS_CUTOFF} λ_1`]: since?.laziness.find(({ cutoff }) =>
        cutoff === LAZINESS_CUTOFF
      )?.value.toFixed(2) ??
        "not computed",
    }];
  });
}
