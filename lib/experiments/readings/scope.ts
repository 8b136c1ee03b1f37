/**
 * How a study of the scope is read: at a time, where a loss is left, at its end or at its largest
 * T/T_SL, beside what the linearized network foretells.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkOneOf,
  checkPositive,
  checkRecord,
} from "../../numerics/checks.ts";
import { cifar10Classes } from "../../datasets/mod.ts";
import { checkScope } from "../checks.ts";
import type { ScopeConfiguration, ScopeRealization, ScopeStudy } from "../studies/scope.ts";
import { columnAt, type Mark, markOf, markText, timeAtMark } from "./mark.ts";

/** A place of a study of the scope: a mark, where a flow ended, or its largest T/T_SL. */
export type ScopeMark = Mark | "end" | "largest";

/** The place, if it is one. */
export const checkScopeMark = (name: string, mark: ScopeMark): ScopeMark => {
  if (mark !== "end" && mark !== "largest") markOf(mark, name);
  return mark;
};

/** One seed at a place, with what is foretold there. */
export interface ScopePoint {
  readonly seed: number;
  readonly time: number;
  /** T/T_SL, measured. */
  readonly inefficiency: number;
  /** Of the network linearized at its initial weights; of "largest" its own largest. */
  readonly linearized: number;
  /** (D_f ι_f + D_y ι_y)/(D_f + D_y): the same without the cross terms of f_0 and the labels. */
  readonly split: number;
  /** ι_f and ι_y, linearized: from f_0 to zero, and from zero to the labels. */
  readonly initial: number;
  readonly labels: number;
  /** D_f/(D_f + D_y), the share of f_0 in the linearized displacement. */
  readonly initialWeight: number;
  /** ‖f_0‖²/‖Y‖² */
  readonly size: number;
  /** λ_max(0) T */
  readonly lambdaTime: number;
  /** Share of ½‖Y‖² that is left. */
  readonly left: number;
  /** q, linearized: the share of ½‖Y‖² by which the loss of the labels' flow has dropped. */
  readonly fitted: number;
  /** Of f_0's flow, linearized: what is left of ½‖f_0‖², as a share of ½‖Y‖². */
  readonly initialLeft: number;
  /** ΔL_y/ΔL_f and D_y/D_f, linearized: the labels' part of the loss's drop and of the displacement. */
  readonly labelsDrop: number;
  readonly labelsWeight: number;
  /** l_γ/l_geo */
  readonly tortuosity: number;
}

/**
 * Every seed that comes to a place.
 *
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeAt } from "./scope.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * for (const { inefficiency, tortuosity } of scopeAt(result, { time: 0.2 })) {
 *   assert(inefficiency > tortuosity ** 2 && tortuosity > 1);
 * }
 * ```
 */
export function scopeAt(study: ScopeStudy, mark: ScopeMark): ScopePoint[] {
  const { configuration, realizations } = checkScope("study", study);
  checkScopeMark("mark", mark);
  return realizations.flatMap((one) => {
    const time = scopeTime(configuration, one, mark);
    const point = time === undefined ? undefined : pointAt(configuration, one, time);
    if (!point || mark !== "largest") return point ?? [];
    const all = one.time.slice(1).map((at) => pointAt(configuration, one, at)!);
    const most = (of: "linearized" | "split") => Math.max(...all.map((at) => at[of]));
    return [{ ...point, linearized: most("linearized"), split: most("split") }];
  });
}

/** τ of a place on one realization's path. */
function scopeTime(
  configuration: ScopeConfiguration,
  one: ScopeRealization,
  mark: ScopeMark,
): number | undefined {
  if (mark === "end") return one.time[one.time.length - 1];
  if (mark !== "largest") return timeAtMark({ time: one.time, configuration }, one, mark);
  const ratios = scopePath(one);
  return one.time[1 + ratios.indexOf(Math.max(...ratios))];
}

/** T/T_SL at every entry past the origin. */
const scopePath = ({ time, lossDrop, displacementSquared }: ScopeRealization): number[] =>
  time.slice(1).map((t, i) => t * lossDrop[i + 1] / displacementSquared[i + 1]);

function pointAt(
  { n }: ScopeConfiguration,
  one: ScopeRealization,
  time: number,
): ScopePoint | undefined {
  const at = (column: readonly number[]) => columnAt(one.time.slice(1), column.slice(1), time);
  const lossDrop = at(one.lossDrop);
  if (lossDrop === undefined) return undefined;
  const [squared, length, left] = [one.displacementSquared, one.pathLength, one.loss].map(at);
  const part = (name: keyof ScopeRealization["linearized"]) => {
    const { lossDrop, displacementSquared } = one.linearized[name];
    return { drop: at(lossDrop)!, square: at(displacementSquared)! };
  };
  const [whole, f, y] = [part("whole"), part("initial"), part("labels")];
  return {
    seed: one.seed,
    time,
    inefficiency: time * lossDrop / squared!,
    linearized: time * whole.drop / whole.square,
    split: time * (f.drop + y.drop) / (f.square + y.square),
    initial: time * f.drop / f.square,
    labels: time * y.drop / y.square,
    initialWeight: f.square / (f.square + y.square),
    size: one.initialSquared / (0.9 * n),
    lambdaTime: one.lambdaMax[0] * time,
    left: left! / (0.45 * n),
    fitted: y.drop / (0.45 * n),
    initialLeft: (one.initialSquared / 2 - f.drop) / (0.45 * n),
    labelsDrop: y.drop / f.drop,
    labelsWeight: y.square / f.square,
    tortuosity: length! / Math.sqrt(squared!),
  };
}

/** A place in a few words. */
export const scopeMarkText = (mark: ScopeMark): string =>
  mark === "end" ? "at the end" : mark === "largest" ? "at its largest" : markText(mark);

/**
 * The most that T/T_SL of a linearized network can be after a time: (λ₁T/2) coth(λ₁T/2), that of its
 * fastest mode alone; the least is 1.
 *
 * @param lambdaTime λ₁T
 * @throws {RangeError} if it is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fastestModeRatio } from "./scope.ts";
 * assert(Math.abs(fastestModeRatio(2) - 1 / Math.tanh(1)) < 1e-15);
 * assert(Math.abs(fastestModeRatio(1000) - 500) < 1e-9);
 * ```
 */
export function fastestModeRatio(lambdaTime: number): number {
  checkPositive("lambdaTime", lambdaTime);
  return lambdaTime / 2 / Math.tanh(lambdaTime / 2);
}

/** What of a study is another than in the one that it is held against. */
export type ScopeKind =
  | "depth"
  | "activation"
  | "convolutional"
  | "images"
  | "classes"
  | "labels"
  | "n";

/**
 * What a study varies: labels, else classes, else which images, else the architecture, the activation,
 * n (other than 100), the depth.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeKind } from "./scope.ts";
 * const [{ result: { configuration } }] = await storedResults<ScopeStudy>("scope");
 * assert.equal(scopeKind({ configuration: { ...configuration, noise: 0.2 } }), "labels");
 * ```
 */
export function scopeKind(study: Pick<ScopeStudy, "configuration">): ScopeKind {
  const { configuration } = checkRecord("study", study, {});
  const { labels, noise, classes, images, architecture, activation, n } = checkRecord(
    "configuration",
    configuration,
    { n: checkInteger },
  );
  if (labels === "random" || noise > 0) return "labels";
  if (classes) return "classes";
  if (images !== undefined) return "images";
  if (architecture !== "fully-connected") return "convolutional";
  if (activation !== undefined) return "activation";
  return n === 100 ? "depth" : "n";
}

/** The first images, of all classes, with their own labels. */
export const hasUsualData = (c: ScopeConfiguration): boolean =>
  c.labels === "true" && c.noise === 0 && c.classes === undefined && c.images === undefined;

/**
 * One study for each distinct network: those with the usual images and labels, and of one network on more
 * or fewer images that on the fewest. Cases of one network with other labels are no further evidence of it.
 *
 * @param of "all", or fully connected ones or convolutional ones alone
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { distinctNetworks, scopeKind } from "./scope.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(distinctNetworks(stored, "all").every((study) => scopeKind(study) !== "labels"));
 * ```
 */
export function distinctNetworks(
  studies: readonly ScopeStudy[],
  of: "all" | "fully-connected" | "convolutional",
): ScopeStudy[] {
  checkList("studies", studies, checkScope);
  checkOneOf("of", of, ["all", "fully-connected", "convolutional"]);
  const family = ({ configuration: { architecture } }: ScopeStudy) =>
    architecture === "fully-connected" ? "fully-connected" : "convolutional";
  const own = studies.filter((study) =>
    hasUsualData(study.configuration) && (of === "all" || family(study) === of)
  );
  const networks = Map.groupBy(
    own,
    ({ configuration: c }) =>
      [c.architecture, c.width, c.layers ?? 3, c.activation ?? "relu"].join(),
  );
  return [...networks.values()].map((group) =>
    group.reduce((a, b) => b.configuration.n < a.configuration.n ? b : a)
  );
}

/** In the order in which tables and claims name them. */
const KINDS: readonly ScopeKind[] = [
  ...["depth", "activation", "convolutional", "n", "images", "classes", "labels"] as const,
];

/**
 * Studies by what they vary, then by layers, activation, n and the share of wrong labels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeInOrder, scopeKind } from "./scope.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.equal(scopeKind(scopeInOrder(stored)[0]), "depth");
 * ```
 */
export function scopeInOrder(studies: readonly ScopeStudy[]): ScopeStudy[] {
  checkList("studies", studies, checkScope);
  const place = (study: ScopeStudy) => {
    const { layers = 3, n, noise } = study.configuration;
    return [KINDS.indexOf(scopeKind(study)), layers, n, noise];
  };
  return studies.toSorted((a, b) => {
    const [one, other] = [place(a), place(b)];
    const first = one.findIndex((value, i) => value !== other[i]);
    return first < 0 ? 0 : one[first] - other[first];
  });
}

/** Names of architectures in short. */
const SHORT: Readonly<Record<string, string>> = {
  "fully-connected": "FCN",
  "myrtle-5": "Myrtle-5",
  "myrtle-7": "Myrtle-7",
  "myrtle-10": "Myrtle-10",
};

/**
 * A study in a few words: its network, and of images and labels what is not as usual.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeName } from "./scope.ts";
 * const [{ result: { configuration } }] = await storedResults<ScopeStudy>("scope");
 * const one = { ...configuration, architecture: "fully-connected", layers: 8, noise: 0.2 } as const;
 * assert.match(scopeName({ configuration: one }), /^FCN, 8 layers.*20 % of labels wrong/);
 * ```
 */
export function scopeName(study: Pick<ScopeStudy, "configuration">): string {
  const { configuration: c } = checkRecord("study", study, {});
  checkRecord("configuration", c, { n: checkInteger, width: checkInteger });
  const dense = c.architecture === "fully-connected";
  const layers = c.layers ?? 3;
  return [
    SHORT[c.architecture] ?? c.architecture,
    ...(dense ? [layers === 1 ? "1 layer" : `${layers} layers`] : []),
    ...(c.activation && layers > 1 ? [c.activation] : []),
    ...(layers > 1 || !dense ? [dense ? `width ${c.width}` : `${c.width} channels`] : []),
    `n = ${c.n}`,
    ...(subsetText(c) ? [subsetText(c)] : []),
    ...(c.labels === "random" ? ["random labels"] : []),
    ...(c.noise > 0 ? [`${Math.round(100 * c.noise)} % of labels wrong`] : []),
  ].join(", ");
}

/** Which images there are, if not the first of all classes; else empty. */
export const subsetText = (c: Pick<ScopeConfiguration, "images" | "classes">): string =>
  [
    ...(c.images === undefined ? [] : [`images drawn by seed ${c.images}`]),
    ...(c.classes ? [classesText(c.classes)] : []),
  ].join(", ");

/** Two classes by name, more by their number. */
const classesText = (classes: readonly number[]): string =>
  classes.length <= 2
    ? `only ${classes.map((label) => cifar10Classes[label]).join(" and ")}`
    : `${classes.length} classes`;
