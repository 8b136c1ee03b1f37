/**
 * Is it a power law? Beside it, a broken one and an exponential.
 *
 * @module
 */
import { checkNumbers, checkOptions } from "../numerics/checks.ts";
import { logBins, logPlaces, polynomialFit } from "./log_bins.ts";
import { fitBins, type PowerLawOptions, WINDOW_CHECKS, windowOf } from "./power_law.ts";

/** One law's fit to the bins. */
export interface LawFit {
  readonly law: "power law" | "broken power law" | "exponential";
  readonly rSquared: number;
  /** Bayes's information criterion above that of the best law: beyond 10 speaks strongly against. */
  readonly bicAboveBest: number;
  /** Exponents before and after the break, the power law's one exponent, or the decay rate. */
  readonly parameters: readonly number[];
  /** k of the break. */
  readonly breakAt?: number;
}

/**
 * The power law, a power law with one break, and an exponential e^−ck, on the same log bins.
 *
 * @returns the laws, best first
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} as `fitPowerLaw` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { comparePowerLaw } from "./power_law_alternatives.ts";
 *
 * const values = Array.from({ length: 300 }, (_, i) => Math.exp(-0.05 * (i + 1)));
 * assert.equal(comparePowerLaw(values, { from: 1, to: 300 })[0].law, "exponential");
 * ```
 */
export function comparePowerLaw(
  values: ArrayLike<number>,
  options: Pick<PowerLawOptions, "from" | "to" | "bins"> = {},
): LawFit[] {
  checkNumbers("values", values, { gaps: true });
  const { from, to, bins = 15 } = checkOptions("options", options, WINDOW_CHECKS);
  const window = windowOf(values, { from, to, bins });
  const binned = logBins(values, ...window, bins);
  const { exponent } = fitBins(binned);
  const x = logPlaces(binned, exponent), y = binned.means.map(Math.log), w = binned.counts;
  const n = x.length;
  const criterion = (squares: number, parameters: number) =>
    n * Math.log(squares / n + 1e-24) + parameters * Math.log(n);

  const power = polynomialFit(x, y, w, 1);
  const middles = Float64Array.from(binned.ranges, ([a, b]) => (a + b) / 2);
  const exponential = polynomialFit(middles, y, w, 1);
  const broken = brokenFit(x, y, w);
  const fits = [
    {
      law: "power law" as const,
      rSquared: power.rSquared,
      bic: criterion(power.squares, 2),
      parameters: [exponent],
    },
    {
      law: "exponential" as const,
      rSquared: exponential.rSquared,
      bic: criterion(exponential.squares, 2),
      parameters: [-exponential.coefficients[1]],
    },
    ...(broken
      ? [{
        law: "broken power law" as const,
        rSquared: broken.rSquared,
        bic: criterion(broken.squares, 4),
        parameters: broken.exponents,
        breakAt: Math.exp(broken.at),
      }]
      : []),
  ].sort((a, b) => a.bic - b.bic);
  const best = fits[0].bic;
  return fits.map(({ bic, ...fit }) => ({ ...fit, bicAboveBest: bic - best }));
}

/** Two lines that meet, the break at the bin where they fit best, three bins on either side. */
function brokenFit(x: Float64Array, y: Float64Array, w: Float64Array) {
  const n = x.length;
  let best:
    | { at: number; squares: number; rSquared: number; exponents: readonly number[] }
    | undefined;
  for (let b = 2; b < n - 2; b++) {
    // y = a + c (x − x_b) + d max(0, x − x_b): a line after the hinge's part is searched for.
    const hinge = x.map((value) => Math.max(0, value - x[b]));
    const rest = polynomialFit(x, hinge, w, 1);
    const residual = hinge.map((h, i) => h - rest.coefficients[0] - rest.coefficients[1] * x[i]);
    const line = polynomialFit(x, y, w, 1);
    let along = 0, size = 0;
    residual.forEach((r, i) => {
      const off = y[i] - line.coefficients[0] - line.coefficients[1] * x[i];
      along += w[i] * r * off;
      size += w[i] * r * r;
    });
    if (!(size > 0)) continue;
    const bend = along / size;
    const squares = Math.max(0, line.squares - bend * along);
    if (best && best.squares <= squares) continue;
    const before = line.coefficients[1] - bend * rest.coefficients[1];
    best = {
      at: x[b],
      squares,
      rSquared: 1 - (1 - line.rSquared) * squares / line.squares,
      exponents: [-before, -(before + bend)],
    };
  }
  return best;
}
