/**
 * The law of Student: its distribution function by a series in the middle and by a continued fraction
 * in the tails, and the quantile by Newton's method on it.
 *
 * With x = n/(n + t²) and y = 1 − x, P(T > t) = I_x(n/2, 1/2)/2 and P(0 < T < t) = I_y(1/2, n/2)/2.
 *
 * @module
 */
import { checkInteger, checkNumber } from "./checks.ts";
import { normalQuantile } from "./normal_law.ts";

/** Newton's steps at most; four or five are usual. */
const STEPS = 100;

/**
 * The t below which a number of Student's law lies with probability p, to 10⁻¹⁴ or better.
 *
 * @param degrees of freedom, an integer from 1 to 2³¹ − 1
 * @throws {RangeError} if p is not in (0, 1), or the degrees are no such integer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studentQuantile } from "./student_law.ts";
 * assert(Math.abs(studentQuantile(0.975, 7) - 2.364624251592785) < 1e-12);
 * ```
 */
export function studentQuantile(p: number, degrees: number): number {
  checkNumber("p", p, { above: 0, below: 1 });
  checkInteger("degrees", degrees, { most: 2 ** 31 - 1 });
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = tail < 0.1 ? ofTail(tail, degrees) : ofCentre(Math.abs(p - 0.5), degrees);
  return p < 0.5 ? -t : t;
}

/** t with P(T > t) = q: ln P is concave in ln t, so that Newton's steps come down from above. */
function ofTail(q: number, n: number): number {
  let t = -normalQuantile(q); // Student's tails are the heavier
  for (let i = 0; i < STEPS; i++) {
    const y = 1 / (1 + n / t / t), x = 1 / (1 + t * t / n);
    const fraction = tailFraction(n / 2, x, y);
    const front = gammaRatio(n) / Math.sqrt(Math.PI) * Math.sqrt(y);
    // 2 F is t f(t)/P(T > t), by which ln P falls with ln t.
    const step = (logPowerOver(q, t, n) + Math.log(front / 2 / fraction)) / (2 * fraction);
    t *= Math.exp(step);
    if (t === Infinity) break; // beyond all float64 numbers
    if (!(Math.abs(step) > 1e-9)) break; // the next would be its square
  }
  return t;
}

/** t with P(0 < T < t) = c: P is concave, so that Newton's steps come up from 0. */
function ofCentre(c: number, n: number): number {
  let t = c / density(0, n);
  for (let i = 0; i < STEPS; i++) {
    const step = (c - centre(t, n)) / density(t, n);
    t += step;
    if (!(Math.abs(step) > 1e-9 * t)) break;
  }
  return t;
}

/**
 * F of I_x(a, 1/2) = x^a y^{1/2}/(B(a, 1/2) F): a continued fraction that has no cancellation, however
 * large a is. A. R. DiDonato and A. H. Morris, Algorithm 708 (1992), equation 9; by Lentz's method.
 */
function tailFraction(a: number, x: number, y: number): number {
  const b = 0.5;
  const below = (m: number) =>
    m + (m && m * (b - m) * x / (a + 2 * m - 1)) +
    (a + m) * (a * y - b * x + 1 + m * (2 - x)) / (a + 2 * m + 1);
  let fraction = below(0), c = fraction, d = 0;
  for (let m = 1; m < 10_000; m++) {
    const above = (a + m - 1) / (a + 2 * m - 1) * ((a + b + m - 1) / (a + 2 * m - 1)) * m *
      (b - m) *
      x * x;
    d = 1 / (below(m) + above * d);
    c = below(m) + above / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON / 2) break;
  }
  return fraction;
}

/** P(0 < T < t), by a series whose terms are all positive. */
function centre(t: number, n: number): number {
  const y = 1 / (1 + n / t / t);
  let sum = 0;
  for (let k = 0, term = 1; term > sum * Number.EPSILON / 4; k++) {
    sum += term;
    term *= y * (n + 1 + 2 * k) / (3 + 2 * k);
  }
  return gammaRatio(n) / Math.sqrt(Math.PI) * Math.sqrt(y) * Math.exp(logPower(t, n)) * sum;
}

function density(t: number, n: number): number {
  return gammaRatio(n) / Math.sqrt(Math.PI * n) * Math.exp(logPower(t, n) * (1 + 1 / n));
}

/** ln (1 + t²/n)^{−n/2}. */
const logPower = (t: number, n: number) => -n / 2 * Math.log1p(t * t / n);

/** ln of (1 + t²/n)^{−n/2} over q; far out without logarithms of hundreds, and their rounding. */
function logPowerOver(q: number, t: number, n: number): number {
  if (t * t > n) {
    const half = Math.hypot(1, t / Math.sqrt(n)) ** (n / 2);
    const inverse = half * q * half;
    if (inverse < Infinity) return -Math.log(inverse);
  }
  return logPower(t, n) - Math.log(q);
}

/** Γ((n + 1)/2)/Γ(n/2), from one of z = n/2 ≥ 20, of which the series is right to 2·10⁻¹⁷. */
function gammaRatio(n: number): number {
  let product = 1;
  for (; n < 40; n += 2) product *= n / (n + 1);
  const z = n / 2, u = 1 / (z * z);
  const series = (-1 / 8 + u * (1 / 192 + u * (-1 / 640 + u * (17 / 14336 - u * 31 / 18432)))) / z;
  return product * Math.sqrt(z) * Math.exp(series);
}
