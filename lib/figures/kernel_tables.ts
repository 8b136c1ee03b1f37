/**
 * Rows of the tables that kernels and their exponents are shown by.
 *
 * @module
 */
import type { ExponentSpread, KernelExponents, KernelForecast } from "../experiments/mod.ts";
import { checkExponents, checkForecast, checkSpread } from "../experiments/checks.ts";
import { checkList } from "../numerics/checks.ts";
import { leastToLargest, withError, withInterval } from "../statistics/mod.ts";
import type { TableRows } from "./show.ts";

const exponentText = ({ exponent, interval }: KernelExponents["alpha"]) =>
  withInterval({ mean: exponent, interval }, { digits: 2 });

/**
 * The exponents of kernels, with their intervals and how far they move with the window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "../experiments/mod.ts";
 * import { exponentRows } from "./kernel_tables.ts";
 * const law = Array.from({ length: 100 }, (_, i) => 1 / (i + 1));
 * const [row] = exponentRows([exponentsOf({
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 100 },
 *   ...{ eigenvalues: law, startSquares: law, labelSquares: law, lossAtStart: 1 },
 * })]);
 * assert.equal(row["α"], "1.00 [1.00, 1.00]");
 * ```
 */
export function exponentRows(fits: readonly KernelExponents[]): TableRows {
  checkList("fits", fits, checkExponents);
  return fits.map(({ name, alpha, windows, start, startWindows, labels, best }) => ({
    kernel: name,
    window: alpha.window.join("–"),
    "α": exponentText(alpha),
    "other windows": leastToLargest(windows, { digits: 2 }),
    "R²": alpha.rSquared.toFixed(3),
    "δ at the start": exponentText(start),
    "its other windows": leastToLargest(startWindows, { digits: 2 }),
    "δ of labels": exponentText(labels),
    "best law": best,
  }));
}

/**
 * Exponents over seeds, with standard errors.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../statistics/mod.ts";
 * import { spreadRows } from "./kernel_tables.ts";
 * const alpha = meanAndError([1, 1.2]);
 * const one = { network: "FCN", n: 500, seeds: 2, alpha, start: alpha, labels: alpha };
 * assert.deepEqual(spreadRows([one])[0].network, "FCN, n = 500, 2 seeds");
 * ```
 */
export function spreadRows(spreads: readonly ExponentSpread[]): TableRows {
  checkList("spreads", spreads, checkSpread);
  return spreads.map(({ network, n, seeds, alpha, start, labels }) => ({
    network: `${network}, n = ${n}, ${seeds} seeds`,
    "α": withError(alpha),
    "δ at the start": withError(start),
    "δ of labels": withError(labels),
  }));
}

/**
 * What was foretold of T/T_SL, and what was measured.
 *
 * @param forecasts all at one time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { forecastRows } from "./kernel_tables.ts";
 * const one = { name: "FCN", at: 0.2, exact: 4, powerLaw: 3, labels: 1.2, growth: 0.2 };
 * assert.equal(forecastRows([one])[0]["T/T_SL at τ = 0.2"], "FCN");
 * ```
 */
export function forecastRows(forecasts: readonly KernelForecast[]): TableRows {
  checkList("forecasts", forecasts, checkForecast);
  return forecasts.map(({ name, at, exact, powerLaw, own, labels, growth }) => ({
    [`T/T_SL at τ = ${at}`]: name,
    "sum over the mean kernel": exact.toFixed(2),
    "power-law forecast": powerLaw.toFixed(2),
    "the network itself, ± 1 %": own?.toFixed(2) ?? "not measured",
    "sum over the mean kernel, labels alone": labels.toFixed(2),
    "exponent of T in the forecast": growth.toFixed(2),
  }));
}
