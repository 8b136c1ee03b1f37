/**
 * Integrals on the line, to a tolerance.
 *
 * @module
 */
import { checkFunction, checkInteger, checkNumber, checkOptions, maybe } from "./checks.ts";

/** Options of {@linkcode integrate}. */
export interface QuadratureOptions {
  /** The error may be this fraction of the integral's absolute value. */
  readonly relativeTolerance?: number;
  /** Or this much. */
  readonly absoluteTolerance?: number;
  /** How often the integrand may be asked. */
  readonly maxEvaluations?: number;
}

/** An integral, how far it may be off, and how often the integrand was asked. */
export interface Quadrature {
  readonly value: number;
  readonly error: number;
  readonly evaluations: number;
}

/**
 * ∫ f(x) dx from `from` to `to`, each of them finite or infinite, by adaptive Gauss–Kronrod
 * quadrature.
 *
 * Panels of 15 points are halved, those of largest error first, until the sum of their estimated
 * errors is within a tolerance, or within rounding: 10⁻¹⁴ of ∫ |f|. The variable is changed first,
 * as Shampine (J. Comput. Appl. Math. 211, 2008) does it, so that both ends are smooth where f goes
 * like |x − end|^−½ or, towards infinity, like x^−3/2; any other integrable singularity at an end
 * is found by halving, but takes more points; and digits, where the end is not 0: an x close to it
 * is rounded, and the error told knows nothing of that. f is never asked at an end. A singularity
 * inside the interval belongs at the end of two integrals; so does a peak narrower than a hundredth
 * of the interval (or, on an infinite one, far from its finite end or 0), which could be missed.
 *
 * @param f a real function; finite inside the interval
 * @param to may lie below `from`: the integral changes its sign
 * @throws {RangeError} if an end is NaN, an option is out of range, or f is not finite: with the x
 * @throws {Error} if the tolerance is not met: with the value, its error and the evaluations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { integrate } from "./quadrature.ts";
 *
 * const { value, error } = integrate((x) => Math.exp(-x * x), -Infinity, Infinity);
 * assert(Math.abs(value - Math.sqrt(Math.PI)) < 1e-12 && error < 1e-9);
 * ```
 */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  options: QuadratureOptions = {},
): Quadrature {
  checkFunction("f", f);
  checkNumber("from", from, { infinite: true });
  checkNumber("to", to, { infinite: true });
  const { relativeTolerance = 1e-10, absoluteTolerance = 0, maxEvaluations = 100_000 } =
    checkOptions("options", options, {
      relativeTolerance: maybe(checkNumber, { least: 0 }),
      absoluteTolerance: maybe(checkNumber, { least: 0 }),
      maxEvaluations: maybe(checkInteger, { least: startPanels * 2 * 15 }),
    });
  if (from === to) return { value: 0, error: 0, evaluations: 0 };
  if (from > to) {
    const reversed = integrate(f, to, from, {
      relativeTolerance,
      absoluteTolerance,
      maxEvaluations,
    });
    return { ...reversed, value: 0 - reversed.value }; // never −0
  }

  let panels = sides(f, from, to).flatMap((side) =>
    Array.from(
      { length: startPanels },
      (_, i) => panel(side, i / startPanels, (i + 1) / startPanels),
    )
  );
  let evaluations = 15 * panels.length;
  while (true) {
    // The smallest first, so that they do not drown.
    panels.sort((a, b) => a.error - b.error);
    const value = total(panels, "value");
    const error = total(panels, "error");
    const tolerance = Math.max(
      absoluteTolerance,
      relativeTolerance * Math.abs(value),
      rounding * total(panels, "magnitude"),
    );
    if (error <= tolerance) return { value, error, evaluations };

    // Halve those that carry the better half of what is too much.
    let kept = panels.length, carried = 0;
    while (kept > 0 && carried <= 0.5 * error) carried += panels[--kept].error;
    evaluations += 30 * (panels.length - kept);
    const tooNarrow = panels.slice(kept).some(({ start, end }) => !halvable(start, end));
    if (tooNarrow || evaluations > maxEvaluations) {
      throw new Error(
        `the integral from ${from} to ${to} is ${value} ± ${error} after ` +
          `${evaluations - 30 * (panels.length - kept)} evaluations, not within ${tolerance}: ` +
          (tooNarrow ? "it does not converge" : `maxEvaluations is ${maxEvaluations}`),
      );
    }
    panels = panels.slice(0, kept).concat(panels.slice(kept).flatMap(halves));
  }
}

const startPanels = 5; // a side
const farthest = 1e-100; // of s, from the end: s⁻³ must not overflow
const rounding = 1e-14;

/** The integrand times dx/ds, where x runs from the middle (s = 1) to an end (s = 0). */
type Side = (s: number) => number;

function sides(f: (x: number) => number, from: number, to: number): Side[] {
  const half = to / 2 - from / 2;
  const middle = Number.isFinite(half)
    ? from + half
    : Number.isFinite(from)
    ? from + 1
    : Number.isFinite(to)
    ? to - 1
    : 0;
  return [sideTo(f, middle, from, -1), sideTo(f, middle, to, 1)];
}

function sideTo(f: (x: number) => number, middle: number, end: number, sign: number): Side {
  const weighted = (x: number, derivative: number) => {
    const y = f(x);
    if (!Number.isFinite(y)) {
      throw new RangeError(`the integrand is ${String(y)} at x = ${x}; it must be finite`);
    }
    const product = y * derivative;
    if (Math.abs(product) === Infinity) {
      throw new RangeError(`the integrand is ${y} at x = ${x}, too much for an integral`);
    }
    return product;
  };
  if (!Number.isFinite(end)) {
    return (s) => weighted(middle + sign * (1 / (s * s) - 1), 2 / (s * s * s));
  }
  const span = Math.abs(end - middle);
  return (s) => {
    const x = end - sign * span * s * s * (3 - s) / 2;
    return weighted(x === end ? inside(end, -sign) : x, span * 1.5 * s * (2 - s));
  };
}

/** The number next to `end` in the direction of the sign, where rounding has led onto the end. */
function inside(end: number, sign: number): number {
  return end + sign * Math.max(Number.MIN_VALUE, Math.abs(end) * Number.EPSILON);
}

interface Panel {
  readonly side: Side;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly error: number;
  /** ∫ |f|. */
  readonly magnitude: number;
}

/** Kronrod's nodes on (0, 1), descending, with weights; every second is one of Gauss's seven. */
const nodes = [
  [0.991455371120812639206854697526329, 0.022935322010529224963732008058970],
  [0.949107912342758524526189684047851, 0.063092092629978553290700663189204],
  [0.864864423359769072789712788640926, 0.104790010322250183839876322541518],
  [0.741531185599394439863864773280788, 0.140653259715525918745189590510238],
  [0.586087235467691130294144691693529, 0.169004726639267902826583426598550],
  [0.405845151377397166906606412076961, 0.190350578064785409913256402421014],
  [0.207784955007898467600689403773245, 0.204432940075298892414161999234649],
];
const middleWeight = 0.209482141084727828012999174891714;
const gauss = [
  0.129484966168869693270611432679082,
  0.279705391489276667901467771423780,
  0.381830050505118944950369775488975,
];
const gaussMiddle = 0.417959183673469387755102040816327;

/** One panel with the error estimate of QUADPACK's QK15. */
function panel(side: Side, start: number, end: number): Panel {
  const half = (end - start) / 2, middle = start + half;
  const atMiddle = side(middle);
  let kronrod = middleWeight * atMiddle, coarse = gaussMiddle * atMiddle;
  let magnitude = middleWeight * Math.abs(atMiddle);
  const below: number[] = [], above: number[] = [];
  nodes.forEach(([node, weight], i) => {
    below[i] = side(middle - half * node);
    above[i] = side(middle + half * node);
    kronrod += weight * (below[i] + above[i]);
    magnitude += weight * (Math.abs(below[i]) + Math.abs(above[i]));
    if (i % 2 === 1) coarse += gauss[(i - 1) / 2] * (below[i] + above[i]);
  });
  const mean = kronrod / 2;
  let spread = middleWeight * Math.abs(atMiddle - mean);
  nodes.forEach(([, weight], i) =>
    spread += weight * (Math.abs(below[i] - mean) + Math.abs(above[i] - mean))
  );
  const difference = Math.abs(kronrod - coarse);
  const error = spread === 0
    ? difference
    : spread * Math.min(1, (200 * difference / spread) ** 1.5);
  return {
    side,
    start,
    end,
    value: kronrod * half,
    error: half * Math.max(error, Number.EPSILON * magnitude),
    magnitude: magnitude * half,
  };
}

function halvable(start: number, end: number): boolean {
  const middle = start + (end - start) / 2;
  return start < middle && middle < end && end > farthest;
}

function halves({ side, start, end }: Panel): Panel[] {
  const middle = start + (end - start) / 2;
  return [panel(side, start, middle), panel(side, middle, end)];
}

function total(panels: readonly Panel[], what: "value" | "error" | "magnitude"): number {
  return panels.reduce((sum, panel) => sum + panel[what], 0);
}
