/**
 * What a nonlinearity does to the covariance of a wide layer, and to its tangent kernel.
 *
 * @module
 */

/** E φ(u)φ(v) and E φ'(u)φ'(v) for centred Gaussian u, v. */
export interface DualActivation {
  /** For E u² = a, E v² = b, E uv = c: the covariance after φ. */
  value(a: number, b: number, c: number): number;
  /** The factor by which the tangent kernel is multiplied. */
  slope(a: number, b: number, c: number): number;
}

/**
 * The arc-cosine kernels of relu (Cho and Saul 2009), with the angle from sine and cosine, so that
 * nearly equal inputs lose no digits; √(ab − c²) is made of factors.
 */
export const reluDual: DualActivation = {
  value(a, b, c) {
    const sine = determinantRoot(a, b, c);
    return (sine + (Math.PI - Math.atan2(sine, c)) * c) / (2 * Math.PI);
  },
  slope(a, b, c) {
    if (a === 0 || b === 0) return 0.25;
    return (Math.PI - Math.atan2(determinantRoot(a, b, c), c)) / (2 * Math.PI);
  },
};

function determinantRoot(a: number, b: number, c: number): number {
  const mean = Math.sqrt(a * b);
  return Math.sqrt(Math.max(0, (mean - c) * (mean + c)));
}

/** Williams' (1996) kernels of erf. */
export const erfDual: DualActivation = {
  value: (a, b, c) =>
    2 / Math.PI *
    Math.asin(Math.min(1, Math.max(-1, 2 * c / Math.sqrt((1 + 2 * a) * (1 + 2 * b))))),
  slope: (a, b, c) => 4 / Math.PI / Math.sqrt((1 + 2 * a) * (1 + 2 * b) - 4 * c * c),
};
