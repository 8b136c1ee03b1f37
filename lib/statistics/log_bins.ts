/**
 * Values in logarithmic bins, and weighted straight lines through them.
 *
 * @module
 */
import { phi1 } from "../numerics/phi_functions.ts";

/** Bins of neighbouring indices k, each a point of a log–log plot. */
export interface LogBins {
  /** First and last index of each bin. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  /** Arithmetic mean of the values. */
  readonly means: Float64Array;
  /** How many values. */
  readonly counts: Float64Array;
}

/** Fewer values' mean has no useful logarithm when the values scatter by their own size. */
const LEAST_COUNT = 4;

/**
 * Bins of about equal width in ln k, with four values each at least.
 *
 * @param values values[k − 1] belongs to k
 */
export function logBins(
  values: ArrayLike<number>,
  from: number,
  to: number,
  bins: number,
): LogBins {
  const ranges: (readonly [number, number])[] = [];
  let first = from;
  for (let bin = 1; bin <= bins && first <= to; bin++) {
    const edge = Math.floor(from * ((to + 1) / from) ** (bin / bins) - 1e-9);
    const last = bin === bins ? to : Math.max(edge, first + LEAST_COUNT - 1);
    if (last >= to || to - last < LEAST_COUNT) {
      ranges.push([first, to]);
      break;
    }
    if (edge < first) continue;
    ranges.push([first, last]);
    first = last + 1;
  }
  const means = Float64Array.from(ranges, ([first, last]) => {
    let total = 0;
    for (let k = first; k <= last; k++) total += values[k - 1];
    return total / (last - first + 1);
  });
  return { ranges, means, counts: Float64Array.from(ranges, ([a, b]) => b - a + 1) };
}

/** ln k at which a power law of this exponent has a bin's mean. */
export function logPlaces({ ranges }: LogBins, exponent: number): Float64Array {
  return Float64Array.from(ranges, ([first, last]) => {
    if (Math.abs(exponent) < 1e-6) {
      let total = 0;
      for (let k = first; k <= last; k++) total += Math.log(k);
      return total / (last - first + 1);
    }
    // Relative to the first, so that steep laws do not vanish.
    const mean = sumOfPowers(first, last, exponent) / (last - first + 1);
    return Math.log(first) - Math.log(mean) / exponent;
  });
}

/**
 * Σ (k/first)^−s over k = first … last: a few terms one by one, the many that follow by the formula
 * of Euler and Maclaurin, whose next term is below 10⁻¹¹ of the sum there.
 */
function sumOfPowers(first: number, last: number, s: number): number {
  const start = Math.max(first, 32 + 4 * Math.ceil(Math.abs(s)));
  let total = 0;
  for (let k = first; k <= Math.min(last, start - 1); k++) total += (k / first) ** -s;
  if (last < start) return total;
  const [low, high] = [(start / first) ** -s, (last / first) ** -s];
  const stretch = Math.log(last / start);
  // (e^{u ln(last/start)} − 1)/u with u = 1 − s, which may be 0.
  const integral = start * low * stretch * phi1((1 - s) * stretch);
  // −f′, −f‴ and −f⁗′ of f(k) = (k/first)^−s.
  const [one, three, five] = [1, 3, 5].map((order) => {
    let rising = 1;
    for (let j = 0; j < order; j++) rising *= s + j;
    return rising * (low * start ** -order - high * last ** -order);
  });
  return total + integral + (low + high) / 2 + one / 12 - three / 720 + five / 30240;
}

/** y ≈ Σ c_j x^j of the given degree, weighted. */
export interface PolynomialFit {
  readonly coefficients: readonly number[];
  /** Σ w (y − fit)². */
  readonly squares: number;
  /** Weighted share of the variance explained. */
  readonly rSquared: number;
}

/**
 * The weighted least-squares line or parabola, x centred for accuracy. simple-statistics has the
 * weighted line (`weightedLinearRegression`), but no parabola, which the choice of a window needs.
 */
export function polynomialFit(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  degree: 1 | 2,
): PolynomialFit {
  const whole = weights.reduce((a, b) => a + b, 0);
  const center = x.reduce((total, v, i) => total + weights[i] * v, 0) / whole;
  const size = degree + 1;
  const normal = Array.from({ length: size }, () => new Float64Array(size + 1));
  x.forEach((v, i) => {
    const u = v - center;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) normal[a][b] += weights[i] * u ** (a + b);
      normal[a][size] += weights[i] * y[i] * u ** a;
    }
  });
  const c = solved(normal);
  const at = (v: number) => c.reduce((total, cj, j) => total + cj * (v - center) ** j, 0);
  const mean = y.reduce((total, v, i) => total + weights[i] * v, 0) / whole;
  let squares = 0, variance = 0;
  x.forEach((v, i) => {
    squares += weights[i] * (y[i] - at(v)) ** 2;
    variance += weights[i] * (y[i] - mean) ** 2;
  });
  const coefficients = degree === 1
    ? [c[0] - c[1] * center, c[1]]
    : [c[0] - c[1] * center + c[2] * center ** 2, c[1] - 2 * c[2] * center, c[2]];
  return { coefficients, squares, rSquared: variance > 0 ? 1 - squares / variance : 1 };
}

/** Gauss's elimination with pivots, on two or three unknowns. */
function solved(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows.slice(k).reduce(
      (best, row, i) => Math.abs(row[k]) > Math.abs(rows[best][k]) ? k + i : best,
      k,
    );
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i][n];
    for (let j = i + 1; j < n; j++) rest -= rows[i][j] * x[j];
    x[i] = rest / rows[i][i];
  }
  return x;
}
