/**
 * The law of Gauss: Cody's rational approximations to Φ, with Laplace's fraction in the tails, and
 * Wichura's to its inverse.
 *
 * @module
 */
import { checkNumber } from "./checks.ts";

/** Coefficients of a numerator and a denominator, from the highest power down. */
type Rational = readonly [above: readonly number[], below: readonly number[]];

const ratio = ([above, below]: Rational, x: number) => horner(above, x) / horner(below, x);

const horner = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

// W. J. Cody, Rational Chebyshev approximations for the error function (1969), and Algorithm 715
// (1993), which has them for Φ: (Φ(x) − 1/2)/x in x², and Mills' ratio in x.
const CENTRE: Rational = [
  [
    ...[0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881],
    ...[1067.6894854603709582, 18154.981253343561249],
  ],
  [
    ...[1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205],
    ...[45507.789335026729956],
  ],
];
const FLANK: Rational = [
  [
    ...[1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412],
    ...[93.506656132177855979, 597.27027639480026226, 2494.5375852903726711],
    ...[6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218],
  ],
  [
    ...[1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805],
    ...[6485.558298266760755, 18615.571640885098091, 34900.952721145977266],
    ...[38912.003286093271411, 19685.429676859990727],
  ],
];
/**
 * The probability that a standard normal number is at most x, to 10⁻¹⁴ of itself or better, in the
 * tails too.
 *
 * @throws {RangeError} if x is NaN
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalCdf } from "./normal_law.ts";
 * assert(normalCdf(0) === 0.5);
 * ```
 */
export function normalCdf(x: number): number {
  checkNumber("x", x, { infinite: true });
  if (Math.abs(x) < 0.67448975) return 0.5 + x * ratio(CENTRE, x * x);
  const tail = upperTail(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** 1 − Φ(x) of x > 0.6. */
function upperTail(x: number): number {
  if (x > 39) return 0;
  if (x < Math.sqrt(32)) return gauss(x) * ratio(FLANK, x);
  // Laplace's continued fraction of Mills' ratio, 1/(x + 1/(x + 2/(x + …)))
  let below = x;
  for (let k = 24; k > 0; k--) below = x + k / below;
  return gauss(x) / (Math.sqrt(2 * Math.PI) * below);
}

/** exp(−x²/2), with x² in two parts: the first has no rounding, which the exponential would enlarge. */
function gauss(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head / 2) * Math.exp(-(x - head) * (x + head) / 2);
}

// M. J. Wichura, The percentage points of the normal distribution, AS 241 (1988), PPND16: x/q in
// 0.425² − q² with q = p − 1/2, and x in √(−ln p) less 1.6, or 5.
const NEAR: Rational = [
  [
    ...[2509.0809287301226727, 33430.575583588128105, 67265.770927008700853],
    ...[45921.953931549871457, 13731.693765509461125, 1971.5909503065514427],
    ...[133.14166789178437745, 3.387132872796366608],
  ],
  [
    ...[5226.495278852545925, 28729.085735721942674, 39307.89580009271061],
    ...[21213.794301586595867, 5394.1960214247511077, 687.1870074920579083],
    ...[42.313330701600911252, 1],
  ],
];
const FAR: Rational = [
  [
    ...[7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177],
    ...[1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055],
    ...[4.6303378461565452959, 1.42343711074968357734],
  ],
  [
    ...[1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966],
    ...[0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494],
    ...[2.05319162663775882187, 1],
  ],
];
const FARTHEST: Rational = [
  [
    ...[2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386],
    ...[0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358],
    ...[5.4637849111641143699, 6.6579046435011037772],
  ],
  [
    ...[2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5],
    ...[7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531],
    ...[0.59983220655588793769, 1],
  ],
];

/**
 * The x below which a standard normal number lies with probability p: ±∞ for p = 1 and 0; to 10⁻¹⁴
 * or better.
 *
 * @throws {RangeError} if p is not in [0, 1]
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalQuantile } from "./normal_law.ts";
 * assert(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14);
 * ```
 */
export function normalQuantile(p: number): number {
  checkNumber("p", p, { least: 0, most: 1 });
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(NEAR, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  return Math.sign(q) * (r <= 5 ? ratio(FAR, r - 1.6) : ratio(FARTHEST, r - 5));
}
