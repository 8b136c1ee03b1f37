/**
 * The stages of Runge–Kutta–Chebyshev methods of second order.
 *
 * @module
 */

/** The coefficients of a method of s stages, indexed by stage j. */
export interface ChebyshevStages {
  readonly mu: Float64Array;
  readonly nu: Float64Array;
  readonly muTilde: Float64Array;
  readonly gammaTilde: Float64Array;
  readonly first: number;
  /** Times of the stages within the step, as shares of h. */
  readonly places: Float64Array;
}

/** How many stages are stable where h times the largest rate is `reach`. */
export const stagesFor = (reach: number): number => 1 + Math.floor(Math.sqrt(1 + 1.54 * reach));

/** Chebyshev polynomials of the first kind and their two derivatives at w0 > 1, by recurrence. */
export function chebyshevStages(stages: number): ChebyshevStages {
  const w0 = 1 + 2 / 13 / stages ** 2;
  const column = () => new Float64Array(stages + 1);
  const [t, dt, ddt] = [column(), column(), column()];
  t[0] = 1;
  t[1] = w0;
  dt[1] = 1;
  for (let j = 2; j <= stages; j++) {
    t[j] = 2 * w0 * t[j - 1] - t[j - 2];
    dt[j] = 2 * t[j - 1] + 2 * w0 * dt[j - 1] - dt[j - 2];
    ddt[j] = 4 * dt[j - 1] + 2 * w0 * ddt[j - 1] - ddt[j - 2];
  }
  const w1 = dt[stages] / ddt[stages];
  const b = column();
  for (let j = 2; j <= stages; j++) b[j] = ddt[j] / dt[j] ** 2;
  b[0] = b[2];
  b[1] = 1 / w0;
  const a = b.map((value, j) => 1 - value * t[j]);
  const [mu, nu, muTilde, gammaTilde] = [column(), column(), column(), column()];
  for (let j = 2; j <= stages; j++) {
    mu[j] = 2 * b[j] * w0 / b[j - 1];
    nu[j] = -b[j] / b[j - 2];
    muTilde[j] = 2 * b[j] * w1 / b[j - 1];
    gammaTilde[j] = -a[j - 1] * muTilde[j];
  }
  // Where y' = 1 is after stage j: the recurrence with F = 1.
  const places = column();
  places[1] = b[1] * w1;
  for (let j = 2; j <= stages; j++) {
    places[j] = mu[j] * places[j - 1] + nu[j] * places[j - 2] + muTilde[j] + gammaTilde[j];
  }
  return { mu, nu, muTilde, gammaTilde, first: b[1] * w1, places };
}
