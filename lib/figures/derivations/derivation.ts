/**
 * Derivations whose every line is checked: mathjs reads both sides, takes what derivatives they
 * hold, and evaluates them at random points before a reader sees the line.
 *
 * @module
 */
import type { MathNode } from "mathjs";
import {
  checkEntries,
  checkInteger,
  checkList,
  checkNumbers,
  checkOptions,
  checkText,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { randomStream } from "../../numerics/mod.ts";
import { valueAndScale } from "./derivation_scale.ts";
import { freeVariables, hasNumerics, type Mathjs, meaningOf } from "./derivation_terms.ts";
import { texOf } from "./derivation_tex.ts";
import { type DerivationStep, simplified } from "./symbolic.ts";

/** Where random values lie, unless said. */
export const DEFAULT_RANGE: readonly [low: number, high: number] = [0.3, 2];

/** What a derivation is made of; expressions are mathjs's, with the operators named below. */
export interface DerivationOptions {
  /** Names for expressions; one may use the others. They are shown first. */
  readonly given?: Readonly<Record<string, string>>;
  /** The same, from a derivation before this one: not shown again. */
  readonly known?: Readonly<Record<string, string>>;
  /**
   * Lines "left = right", of two or more sides joined by =, <= or >=; a side "?" is for mathjs to
   * find, by simplifying the side before it. A line may come with words that say what it does.
   */
  readonly steps: readonly (string | readonly [line: string, words: string])[];
  /** TeX for names that are no letters: `{ ldot: "\\dot l" }`. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** Where a variable's random values lie; between 0.3 and 2 unless said. */
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** How many random points. */
  readonly points?: number;
}

/** A line, or one with words that say what it does. */
const checkLine = (name: string, line: DerivationOptions["steps"][number]): unknown => {
  if (!Array.isArray(line)) return checkText(name, line as string, "a line, or a line and words");
  checkList(name, line, checkText, 2);
};

/** Lines that were found to hold. */
export interface Derivation {
  readonly steps: readonly DerivationStep[];
  /** At so many random points. */
  readonly points: number;
  /** Where variables were drawn from, if not between 0.3 and 2. */
  readonly ranges: NonNullable<DerivationOptions["ranges"]>;
  /** How far two sides of an equation were apart at most, relative to the larger of their scales. */
  readonly worst: number;
}

/**
 * A derivation, each line of it checked at random points. It is evidence and not a proof: a wrong
 * line holds by chance at a few points at most.
 *
 * The operators are `d(f, t)`, `partial(f, x)`, `at(f, x, a)`, `bracket(f, x, a, b)`,
 * `integral(f, x, a, b)` and `limit(f, x, a)`. Sides agree to 10⁻⁹, to 10⁻⁶ where a limit or an
 * integral is found by numbers, relative to the larger of them: of their scales, where terms cancel
 * ({@link valueAndScale}).
 *
 * @throws {Error} if a line does not hold, with the line, the point and both values
 * @throws {RangeError} if a side is not a finite real number somewhere
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { derivation } from "./derivation.ts";
 *
 * const given = { x: "x_0 * exp(-k * t)" };
 * const { steps, worst } = await derivation({
 *   given,
 *   steps: ["d(x, t) = -k * x", "integral(x, t, 0, T) = bracket(-x / k, t, 0, T)"],
 * });
 * assert(steps.length === 3 && worst < 1e-9);
 * await assert.rejects(derivation({ given, steps: ["d(x, t) = k * x"] }), /does not hold/);
 * ```
 */
export async function derivation(
  options: DerivationOptions,
): Promise<Derivation> {
  const { given = {}, known = {}, steps, symbols = {}, ranges = {}, points = 10 } = checkOptions(
    "options",
    options,
    {
      ...{ given: maybe(checkEntries, checkText), known: maybe(checkEntries, checkText) },
      steps: must(checkList, checkLine),
      symbols: maybe(checkEntries, checkText),
      ranges: maybe(checkEntries, must(checkNumbers, { length: 2 })),
      points: maybe(checkInteger),
    },
  );
  const mathjs = await import("mathjs"); // a second to load: only where it is asked for
  const definitions = definitionsOf(mathjs, { ...known, ...given });
  const shown: DerivationStep[] = Object.keys(given).map((name) => ({
    left: texOf(mathjs.parse(name), symbols),
    relation: ":=",
    right: texOf(definitions.get(name)!, symbols),
  }));
  let worst = 0;
  for (const step of steps) {
    const [line, words] = typeof step === "string" ? [step] : step;
    const { sides, relations } = await sidesOf(mathjs, line, definitions);
    const meanings = sides.map((side) => meaningOf(mathjs, side, definitions));
    relations.forEach((relation, i) => {
      const pair = [meanings[i], meanings[i + 1]] as const;
      worst = Math.max(worst, checked(mathjs, line, pair, { relation, ranges, points }));
      shown.push({
        left: i === 0 ? texOf(sides[0], symbols) : "",
        relation: TEX_RELATIONS[relation],
        right: texOf(sides[i + 1], symbols),
        ...(words && i === 0 ? { words } : {}),
      });
    });
  }
  return { steps: shown, points, ranges, worst };
}

function definitionsOf(
  mathjs: Mathjs,
  texts: Readonly<Record<string, string>>,
): Map<string, MathNode> {
  const definitions = new Map<string, MathNode>();
  for (const [name, text] of Object.entries(texts)) definitions.set(name, mathjs.parse(text));
  // Each name once it has been seen: a circle would expand for ever.
  const visit = (name: string, above: readonly string[]) => {
    if (above.includes(name)) {
      throw new Error(`${name} is defined by itself: ${[...above, name].join(" → ")}`);
    }
    const node = definitions.get(name);
    if (node) { for (const inner of freeVariables(node)) visit(inner, [...above, name]); }
  };
  for (const name of definitions.keys()) visit(name, []);
  return definitions;
}

type Relation = "=" | "<=" | ">=";
const TEX_RELATIONS = { "=": "=", "<=": "\\le", ">=": "\\ge" } as const;

async function sidesOf(
  mathjs: Mathjs,
  line: string,
  definitions: ReadonlyMap<string, MathNode>,
): Promise<{ sides: MathNode[]; relations: Relation[] }> {
  const parts = line.split(/(<=|>=|=)/).map((part) => part.trim());
  if (parts.length < 3) throw new Error(`"${line}" has one side; it must be "left = right"`);
  const sides: MathNode[] = [];
  for (const text of parts.filter((_, i) => i % 2 === 0)) {
    if (text !== "?") {
      sides.push(mathjs.parse(text));
      continue;
    }
    const before = sides.at(-1);
    if (!before) throw new Error(`"${line}" begins with "?"; there is nothing to simplify`);
    const meaning = meaningOf(mathjs, before, definitions);
    if (hasNumerics(meaning)) throw new Error(`mathjs cannot find ${before}: "${line}"`);
    sides.push(mathjs.parse((await simplified(meaning.toString())).text));
  }
  return { sides, relations: parts.filter((_, i) => i % 2 === 1) as Relation[] };
}

/** How far the sides are apart; throws where the relation does not hold. */
function checked(
  mathjs: Mathjs,
  line: string,
  [left, right]: readonly [MathNode, MathNode],
  { relation, ranges, points }: {
    readonly relation: Relation;
    readonly ranges: NonNullable<DerivationOptions["ranges"]>;
    readonly points: number;
  },
): number {
  const names = [...new Set([...freeVariables(left), ...freeVariables(right)])].sort();
  const tolerance = hasNumerics(left) || hasNumerics(right) ? 1e-6 : 1e-9;
  const stream = randomStream(0, `figures/derivation ${line}`);
  let worst = 0;
  for (let point = 0; point < points; point++) {
    const variables = Object.fromEntries(names.map((name) => {
      const [low, high] = ranges[name] ?? DEFAULT_RANGE;
      return [name, low + (high - low) * stream.uniform()];
    }));
    const [a, b] = [left, right].map((side) => valueAndScale(mathjs, side, variables));
    const apart = a.value === b.value ? 0 : (a.value - b.value) / Math.max(a.scale, b.scale);
    const excess = relation === "=" ? Math.abs(apart) : relation === "<=" ? apart : -apart;
    if (!(excess <= tolerance)) {
      throw new Error(
        `"${line}" does not hold: ${a.value} ${relation} ${b.value} at ${
          JSON.stringify(variables)
        }`,
      );
    }
    if (relation === "=") worst = Math.max(worst, excess);
  }
  return worst;
}
