/**
 * The factor of a schedule that comes to a mark in the fewest steps, sought from coarse to fine.
 *
 * @module
 */

/** Where it is sought. */
export interface FactorRange {
  /** The grid's largest. */
  readonly largest: number;
  /** Whether a larger one would be the same schedule. */
  readonly whole?: boolean;
  /** Factors a factor 2 has. */
  readonly perOctave: number;
  /** Steps at most. */
  readonly cap: number;
}

/** What was found; no factor where none came to the mark. */
export interface FoundFactor {
  readonly factor?: number;
  readonly steps?: number;
  /** Whether the factor is the grid's largest, and a larger one another schedule. */
  readonly atEdge?: boolean;
  readonly tried: number;
}

/** Octaves at most: η*λ_max itself spans up to six. */
const OCTAVES = 16;
/**
 * Octaves in a row without a gain, after which smaller ones are not tried: steps go as 1/factor there. Not 2: a large
 * factor that comes to the mark by chance can lie alone, two octaves and more above the best.
 */
const PATIENCE = 4;

/**
 * The factor with the fewest steps: octaves from the largest down, until four in a row after one that came
 * to the mark gain nothing, 16 at most; then halved intervals on both sides of the best, down to the
 * grid's, which goes on as long as it gains. It is the grid's best where steps fall and then rise with the
 * factor, and where an island above has fewer than four octaves between it and one that gains; it can miss a
 * best that lies between octaves that gain nothing. Ties go to the one tried first.
 *
 * @param range - where it is sought
 * @param walkTo - how a walk with a factor ends within so many steps
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bestFactor } from "./best_factor.ts";
 * // Descent on x²/2 from 1 to 0.01: at η = 1 in one step, the fewest.
 * const { factor } = await bestFactor({ largest: 8, perOctave: 4, cap: 99 }, (rate, most) => {
 *   const steps = Math.ceil(Math.log(0.01) / Math.log(Math.abs(1 - rate) + 1e-9));
 *   const end = rate >= 2 ? "diverged" : steps > most ? "steps" : "mark";
 *   return Promise.resolve({ end, steps });
 * });
 * assert.equal(factor, 1);
 * ```
 */
export async function bestFactor(
  { largest, whole = false, perOctave, cap }: FactorRange,
  walkTo: (
    factor: number,
    most: number,
  ) => Promise<{ readonly end: "mark" | "steps" | "diverged"; readonly steps: number }>,
): Promise<FoundFactor> {
  let best: { readonly k: number; readonly factor: number; readonly steps: number } | undefined;
  let tried = 0;
  const look = async (k: number) => {
    const factor = largest * 2 ** (-k / perOctave);
    const { end, steps } = await walkTo(factor, best?.steps ?? cap);
    tried++;
    const gained = end === "mark" && (!best || steps < best.steps);
    if (gained) best = { k, factor, steps };
    return gained;
  };
  for (let [octave, idle] = [0, 0]; octave < OCTAVES && idle < PATIENCE; octave++) {
    // One that diverges, or goes to and fro below its start, says nothing of smaller ones.
    if (await look(octave * perOctave)) idle = 0;
    else if (best) idle++;
  }
  for (let half = perOctave >> 1 || 1; best && half >= 1;) {
    const { k } = best;
    let moved = false;
    for (const at of [k - half, k + half]) if (at >= 0) moved = await look(at) || moved;
    // The finest goes on as long as it gains.
    if (half > 1 || !moved) half >>= 1;
  }
  if (!best) return { tried };
  const { k, factor, steps } = best;
  return { factor, steps, atEdge: k === 0 && !whole, tried };
}
