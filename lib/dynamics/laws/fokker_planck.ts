/**
 * The density of Langevin dynamics on the line, for any potential.
 *
 * @module
 */
import { checkBeta } from "../../bounds/free_energy.ts";
import { wasserstein2SquaredOfDensities } from "../../bounds/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  maybe,
} from "../../numerics/checks.ts";
import { sum } from "../../numerics/mod.ts";

/** Options of {@link fokkerPlanck}. */
export interface FokkerPlanckOptions {
  /** U(x, t). */
  readonly potential: (x: number, t: number) => number;
  readonly beta: number;
  /** p_0 up to a factor: a function of x, or a value for each cell. */
  readonly density: ((x: number) => number) | ArrayLike<number>;
  /** The line's stretch, closed by walls that must lie where nothing is. */
  readonly from: number;
  readonly to: number;
  readonly cells?: number;
  /** Increasing times > 0 at which the density is kept. */
  readonly times: readonly number[];
  /** Steps between two of them; matters where the potential changes in time. */
  readonly substeps?: number;
}

/** Densities and what the speed limit says of them; entry 0 is time 0. */
export interface FokkerPlanck {
  readonly edges: Float64Array;
  readonly centers: Float64Array;
  readonly time: Float64Array;
  /** For each time a value for each cell; each integrates to 1. */
  readonly density: readonly Float64Array[];
  /** ⟨|v_t|²⟩ of the current velocity. */
  readonly meanSquaredVelocity: Float64Array;
  /** β⁻¹R(0→t), by the free energy each step loses. */
  readonly entropyProduction: Float64Array;
  /** The same as ∫ ⟨|v|²⟩ dt by the trapezoid, an independent route. */
  readonly integratedSquaredVelocity: Float64Array;
  /** W2²(p_0, p_t). */
  readonly w2Squared: Float64Array;
  /** T_SL = W2²/β⁻¹R. */
  readonly speedLimit: Float64Array;
  /** t/T_SL; 1 at t = 0. */
  readonly inefficiency: Float64Array;
}

/** As much probability in an outermost cell says that the stretch is too short. */
const AT_WALL = 1e-6;

/**
 * ∂p/∂t = ∂(p ∂U/∂x)/∂x + β⁻¹ ∂²p/∂x² on a stretch of the line.
 *
 * Scharfetter and Gummel's fluxes between cells: Boltzmann's law is stationary to rounding, and the
 * error is of second order in the cells. Each step applies the exponential of the generator, with
 * the potential of the step's middle, as a Poisson mixture of powers (uniformization): densities
 * stay positive and of sum 1 to rounding for any step; for a potential that does not change steps
 * make no error at all.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if an option is out of range, a value is not finite or a density negative, or
 * probability reaches a wall
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fokkerPlanck } from "./fokker_planck.ts";
 *
 * const { inefficiency } = fokkerPlanck({
 *   potential: (x) => x * x / 2,
 *   beta: 1,
 *   density: (x) => Math.exp(-((x - 2) ** 2) / 2),
 *   from: -6,
 *   to: 8,
 *   times: [2],
 * });
 * assert(Math.abs(inefficiency[1] - 1 / Math.tanh(1)) < 2e-3); // (T/2) coth(T/2)
 * ```
 */
export function fokkerPlanck(options: FokkerPlanckOptions): FokkerPlanck {
  checkFokkerPlanckOptions(options);
  const { potential, beta, from, to, cells = 400, times, substeps = 20 } = options;
  const width = (to - from) / cells;
  const edges = Float64Array.from({ length: cells + 1 }, (_, i) => from + i * width);
  const centers = Float64Array.from({ length: cells }, (_, i) => from + (i + 0.5) * width);
  const energyAt = (t: number) =>
    centers.map((x) => {
      const u = potential(x, t);
      if (!Number.isFinite(u)) throw new RangeError(`the potential is ${u} at x = ${x}, t = ${t}`);
      return u;
    });

  let mass = startOf(options.density, centers);
  const entry = (t: number, dissipated: number, integral: number) => ({
    time: t,
    density: mass.map((m) => m / width),
    speed: squaredVelocity(mass, energyAt(t), beta, width),
    dissipated,
    integral,
  });
  const entries = [entry(0, 0, 0)];
  for (const [i, end] of Array.from(times).entries()) {
    const start = i === 0 ? 0 : times[i - 1];
    let { dissipated, integral, speed } = entries[i];
    for (let step = 0; step < substeps; step++) {
      const t = start + (end - start) * step / substeps, h = (end - start) / substeps;
      const energy = energyAt(t + h / 2);
      const before = freeEnergyOf(mass, energy, beta);
      mass = advanced(mass, energy, beta, width, h);
      dissipated += before - freeEnergyOf(mass, energy, beta);
      const after = squaredVelocity(mass, energyAt(t + h), beta, width);
      integral += h * (speed + after) / 2;
      speed = after;
    }
    checkWalls(mass, from, to, end);
    entries.push(entry(end, dissipated, integral));
  }
  const column = (of: (e: typeof entries[0]) => number) => Float64Array.from(entries, of);
  const first = { edges, density: entries[0].density };
  const w2Squared = column(({ density }) =>
    wasserstein2SquaredOfDensities(first, { edges, density })
  );
  const entropyProduction = column((e) => e.dissipated);
  const time = column((e) => e.time);
  return {
    edges,
    centers,
    time,
    density: entries.map((e) => e.density),
    meanSquaredVelocity: column((e) => e.speed),
    entropyProduction,
    integratedSquaredVelocity: column((e) => e.integral),
    w2Squared,
    speedLimit: w2Squared.map((w, i) => w === 0 ? 0 : w / entropyProduction[i]),
    inefficiency: w2Squared.map((w, i) => w === 0 ? 1 : time[i] * entropyProduction[i] / w),
  };
}

/** B(z) = z/(e^z − 1), Bernoulli's function. */
const bernoulli = (z: number) => Math.abs(z) < 1e-12 ? 1 - z / 2 : z / Math.expm1(z);

/** exp(h Q) m for the generator Q of the jumps between neighbouring cells. */
function advanced(
  mass: Float64Array,
  energy: Float64Array,
  beta: number,
  width: number,
  h: number,
): Float64Array {
  const n = mass.length;
  const rate = 1 / (beta * width * width);
  const up = new Float64Array(n), down = new Float64Array(n); // jump rates to i + 1 and to i − 1
  for (let i = 0; i + 1 < n; i++) {
    const drop = beta * (energy[i + 1] - energy[i]);
    up[i] = rate * bernoulli(drop);
    down[i + 1] = rate * bernoulli(-drop);
  }
  let fastest = 0;
  for (let i = 0; i < n; i++) fastest = Math.max(fastest, up[i] + down[i]);
  // The chances of one of Poisson's jumps, from the cell itself and from its neighbours.
  const stay = up.map((rate, i) => 1 - (rate + down[i]) / fastest);
  const rise = up.map((_, i) => i > 0 ? up[i - 1] / fastest : 0);
  const fall = down.map((_, i) => i + 1 < n ? down[i + 1] / fastest : 0);
  // Chunks short enough that the first Poisson weight is no underflow.
  const chunks = Math.max(1, Math.ceil(fastest * h / 200));
  const mean = fastest * h / chunks;
  let now = mass;
  // A cell beyond either wall, always empty, spares the question where the walls are.
  let power = new Float64Array(n + 2), next = new Float64Array(n + 2);
  for (let chunk = 0; chunk < chunks; chunk++) {
    power.set(now, 1);
    let weight = Math.exp(-mean), left = 1 - weight;
    const total = now.map((m) => weight * m);
    for (let k = 1; left > 1e-17 && k < mean + 40 * Math.sqrt(mean + 1) + 40; k++) {
      weight *= mean / k;
      left -= weight;
      for (let i = 0; i < n; i++) {
        const m = power[i] * rise[i] + power[i + 1] * stay[i] + power[i + 2] * fall[i];
        next[i + 1] = m;
        total[i] += weight * m;
      }
      [power, next] = [next, power];
    }
    const whole = sum(total);
    now = total.map((m) => m / whole);
  }
  return now;
}

/** Σ m (U + β⁻¹ ln m), the free energy up to a constant. */
function freeEnergyOf(mass: Float64Array, energy: Float64Array, beta: number): number {
  return sum(mass.map((m, i) => m > 0 ? m * (energy[i] + Math.log(m) / beta) : 0));
}

/** ∫ J²/p dx over the inner edges, p between two cells by the logarithmic mean. */
function squaredVelocity(
  mass: Float64Array,
  energy: Float64Array,
  beta: number,
  width: number,
): number {
  const terms = new Float64Array(mass.length - 1);
  for (let i = 0; i + 1 < mass.length; i++) {
    const drop = beta * (energy[i + 1] - energy[i]);
    const flux = (bernoulli(drop) * mass[i] - bernoulli(-drop) * mass[i + 1]) /
      (beta * width * width);
    const between = logarithmicMean(mass[i], mass[i + 1]);
    if (between > 0) terms[i] = flux * flux * width * width / between;
  }
  return sum(terms);
}

function logarithmicMean(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return 0;
  const ratio = Math.log(b / a);
  return Math.abs(ratio) < 1e-6 ? (a + b) / 2 : (b - a) / ratio;
}

function startOf(
  density: FokkerPlanckOptions["density"],
  centers: Float64Array,
): Float64Array {
  const values = typeof density === "function" ? centers.map(density) : Float64Array.from(density);
  if (values.length !== centers.length) {
    throw new RangeError(`density has ${values.length} values for ${centers.length} cells`);
  }
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad >= 0) {
    throw new RangeError(
      `the density is ${values[bad]} at x = ${centers[bad]}; it must be finite and ≥ 0`,
    );
  }
  const whole = sum(values);
  if (!(whole > 0)) throw new RangeError("the density is 0 in every cell");
  return values.map((value) => value / whole);
}

function checkWalls(mass: Float64Array, from: number, to: number, t: number) {
  for (const [wall, m] of [[from, mass[0]], [to, mass[mass.length - 1]]]) {
    if (m > AT_WALL) {
      throw new RangeError(
        `by t = ${t} probability ${m.toPrecision(2)} is in the cell at the wall x = ${wall}; ` +
          "take a longer stretch",
      );
    }
  }
}

function checkFokkerPlanckOptions(options: FokkerPlanckOptions) {
  const { from, to, times } = checkOptions("options", options, {
    potential: checkFunction,
    beta: checkBeta,
    density: checkDensity,
    from: checkNumber,
    to: checkNumber,
    cells: maybe(checkInteger, { least: 10 }),
    times: checkNumbers,
    substeps: maybe(checkInteger),
  });
  if (!(from < to)) throw new RangeError(`from is ${from} and to is ${to}; they must increase`);
  if (times.length === 0) throw new RangeError("times is empty; it needs one at least");
  Array.from(times).forEach((t, i) => {
    if (!(t > (times[i - 1] ?? 0))) {
      throw new RangeError(`times[${i}] is ${t}; times must increase from above 0`);
    }
  });
}

const checkDensity = (name: string, density: FokkerPlanckOptions["density"]) =>
  typeof density === "function" ? density : checkNumbers(name, density);
