/**
 * What the explorer shows of a spectrum: the exact flow, the fits, the figures. Pure: the page draws.
 *
 * @module
 */
import type { InefficiencyColumns } from "../../bounds/inefficiency.ts";
import { linearFlow } from "../../dynamics/linear/linear_flow.ts";
import { inefficiencyExponent, powerLawWindow } from "../../dynamics/linear/power_law_flow.ts";
import { type Figure, figure } from "../../figures/figure.ts";
import { line } from "../../figures/marks.ts";
import { QUANTITIES } from "../../figures/quantities.ts";
import { fitPowerLaw, type PowerLawFit } from "../../statistics/power_law.ts";
import type { Spectrum } from "./spectrum.ts";

/** A spectrum with its flow. */
export interface Analysis {
  /** λ_k, falling, and Δ_k². */
  readonly eigenvalues: Float64Array;
  readonly squares: Float64Array;
  readonly flow: InefficiencyColumns;
}

/** Power laws fitted to a spectrum. */
export interface Fits {
  /** α, of λ_k ∝ k^−α; a sentence where no fit can be made. */
  readonly alpha: PowerLawFit | string;
  /** δ, of Δ_k² ∝ k^−δ in the same window. */
  readonly delta: PowerLawFit | string;
}

const TIMES = 80;
/** Modes that are fitted: the slower ones beyond would keep the page busy for long. */
const FITTED = 20_000;
/** Points of a drawn spectrum: neighbours in the logarithm of k cannot be told apart beyond. */
const POINTS = 500;

/**
 * The exact flow of a spectrum over all its time scales.
 *
 * @param delta of Δ_k² = k^−δ, where the spectrum has no residue of its own
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analyse } from "./analysis.ts";
 *
 * const eigenvalues = Float64Array.from({ length: 400 }, (_, k) => (k + 1) ** -1.5);
 * const { flow } = analyse({ eigenvalues, negative: 0 }, { delta: 0.2 });
 * assert(flow.inefficiency.every((ratio) => ratio >= 1 - 1e-12));
 * ```
 */
export function analyse(
  { eigenvalues, squares: own }: Spectrum,
  { delta: exponent = 0 }: { readonly delta?: number } = {},
): Analysis {
  const squares = own ?? eigenvalues.map((_, k) => (k + 1) ** -exponent);
  const flow = linearFlow({ eigenvalues, residue: squares.map(Math.sqrt) })
    .along(timesOf(eigenvalues));
  return { eigenvalues, squares, flow };
}

/**
 * Power laws fitted to eigenvalues and squared residues, in one window that is chosen by rule for the
 * eigenvalues; of more than 20 000 modes, to the first. Of the values as they are: a spectrum may be a
 * population's or a sample's, and is not freed of what samples add (`fitSampledPowerLaw` does this, and
 * needs all n eigenvalues of n samples).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitsOf } from "./analysis.ts";
 *
 * const eigenvalues = Float64Array.from({ length: 400 }, (_, k) => (k + 1) ** -1.5);
 * const { alpha } = fitsOf({ eigenvalues, squares: eigenvalues });
 * assert(typeof alpha !== "string" && Math.abs(alpha.exponent - 1.5) < 1e-3);
 * ```
 */
export function fitsOf(
  { eigenvalues, squares }: Pick<Analysis, "eigenvalues" | "squares">,
): Fits {
  const resamples = eigenvalues.length > 2000 ? 100 : 400;
  const alpha = fitted(() => fitPowerLaw(eigenvalues.subarray(0, FITTED), { resamples }));
  if (typeof alpha === "string") {
    return { alpha, delta: "no window without one of the eigenvalues" };
  }
  const [from, to] = alpha.window;
  return { alpha, delta: fitted(() => fitPowerLaw(squares, { resamples, from, to })) };
}

/** From a hundredth of the fastest mode's time to ten times the slowest's, or 10⁸ of the fastest. */
function timesOf(eigenvalues: Float64Array): number[] {
  const slowest = eigenvalues.findLast((value) => value > 1e-7 * eigenvalues[0])!;
  const [from, to] = [Math.log(1e-2 / eigenvalues[0]), Math.log(10 / slowest)];
  return Array.from(
    { length: TIMES },
    (_, i) => Math.exp(from + (to - from) * i / (TIMES - 1)),
  );
}

function fitted(fit: () => PowerLawFit): PowerLawFit | string {
  try {
    return fit();
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** A line of the explorer's table. */
export interface Finding {
  readonly what: string;
  readonly value: string;
}

/** What was found, in words and numbers. */
export function findings(
  { eigenvalues, flow }: Analysis,
  { alpha, delta }: Fits = { alpha: "…", delta: "…" },
): Finding[] {
  const digits = (value: number) => String(Number(value.toPrecision(4)));
  const fit = (found: PowerLawFit | string) =>
    typeof found === "string"
      ? found === "…" ? found : `no fit: ${found}`
      : `${found.exponent.toFixed(3)} [${found.interval.map((x) => x.toFixed(3)).join(", ")}], ` +
        `R² ${found.rSquared.toFixed(3)}, k from ${found.window[0]} to ${found.window[1]}`;
  const middle = Math.floor(flow.time.length / 2), last = flow.time.length - 1;
  const most = flow.tortuosity.reduce((a, b) => Math.max(a, b));
  return [
    { what: "modes", value: String(eigenvalues.length) },
    { what: "α of λ_k ∝ k^−α as they are, 95 % interval of the scatter", value: fit(alpha) },
    { what: "δ of Δ_k² ∝ k^−δ as they are, 95 % interval of the scatter", value: fit(delta) },
    { what: "T/T_SL that these predict", value: predicted(alpha, delta) },
    {
      what: "T/T_SL, exact",
      value: `${digits(flow.inefficiency[middle])} at T = ${digits(flow.time[middle])}, ` +
        `${digits(flow.inefficiency[last])} at T = ${digits(flow.time[last])}`,
    },
    { what: "longest l_γ/l_geo", value: digits(most) },
  ];
}

function predicted(alpha: PowerLawFit | string, delta: PowerLawFit | string): string {
  if (alpha === "…" || delta === "…") return "…";
  if (typeof alpha === "string" || typeof delta === "string") return "none, for want of both fits";
  const exponents = { alpha: alpha.exponent, delta: delta.exponent };
  if (!(exponents.alpha > 0)) return "none, as α is not positive";
  const r = (1 - exponents.delta) / exponents.alpha;
  if (r > 0 && r < 1) {
    return `constant, ${powerLawWindow(exponents).inefficiency.toPrecision(4)} in the window`;
  }
  return r >= 1
    ? `tends to 1 (r = (1 − δ)/α = ${r.toFixed(2)})`
    : `grows as T^${inefficiencyExponent(exponents).toFixed(2)}`;
}

/** The explorer's figures, each as wide as its place. */
export function figuresOf(
  { eigenvalues, squares, flow }: Analysis,
  { width, fits: { alpha, delta } = { alpha: "…", delta: "…" } }: {
    readonly width: number;
    readonly fits?: Fits;
  },
): { readonly ratio: Figure; readonly lengths: Figure; readonly spectrum: Figure } {
  const { time } = flow;
  const size = { width, height: Math.round(Math.min(400, Math.max(300, width * 0.6))) };
  const ends = [time[0], time.at(-1)!];
  const law = (found: PowerLawFit | string, name: string, color: string) =>
    typeof found === "string" ? [] : [line(
      found.window,
      found.window.map((k) => found.amplitude * k ** -found.exponent),
      { name, color, dash: "dash" },
    )];
  return {
    ratio: figure([
      line(time, flow.inefficiency, { name: "T/T_{SL}" }),
      line(time, flow.speedSpread, { name: "speed spread", dash: "dash" }),
      line(ends, [1, 1], { color: "#9aa3ad", width: 1 }),
    ], { ...size, x: "time T", y: "ratio", log: "xy" }),
    lengths: figure([line(time, flow.tortuosity, { color: QUANTITIES.tortuosity.color })], {
      ...{ ...size, x: "time T", y: "l_{γ}/l_{geo}", log: "x" },
    }),
    spectrum: figure([
      points(eigenvalues, "λ_{k}", "#0072b2"),
      points(squares, "Δ_{k}²", "#d55e00"),
      ...law(alpha, "k^{−α}", "#0072b2"),
      ...law(delta, "k^{−δ}", "#d55e00"),
    ], { ...size, x: "k", y: "λ_{k}, Δ_{k}²", log: "xy" }),
  };
}

function points(values: Float64Array, name: string, color: string) {
  const all = Array.from(
    { length: POINTS },
    (_, i) => Math.round(values.length ** (i / (POINTS - 1))),
  );
  const ks = [...new Set(all)].filter((k) => values[k - 1] > 0);
  const shown = ks.length > 0 ? ks : [1];
  const y = ks.length > 0 ? ks.map((k) => values[k - 1]) : [NaN];
  return line(shown, y, { name, color, mode: "markers" });
}
