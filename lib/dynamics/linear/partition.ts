/**
 * The split of a linear flow between the initial function and the labels.
 *
 * @module
 */
import { checkNumber, checkPositive, checkRecord } from "../../numerics/checks.ts";
import { toVector } from "../../numerics/matrix.ts";
import { sum } from "../../numerics/sums.ts";
import { linearFlow } from "./linear_flow.ts";

/** A quantity of the flow, and what of it is owed to what. */
export interface Parts {
  /** Of the flow itself. */
  readonly whole: number;
  /** Of the flow from f_0 to nothing, with no labels. */
  readonly initial: number;
  /** Of the flow to the labels from a network that says nothing. */
  readonly labels: number;
  /** What is left: the product of f_0 and y, 0 in the mean over functions f_0 and −f_0 alike. */
  readonly cross: number;
}

/** What {@link partition} says of one time. */
export interface PartitionPoint {
  readonly time: number;
  /** ΔL, which is β⁻¹R. */
  readonly lossDrop: Parts;
  /** ‖Δθ‖², which in the mean is W2² where one J serves all. */
  readonly displacementSquared: Parts;
  /** ι = T ΔL/‖Δθ‖² of each; 1 at time 0, and where nothing moves. */
  readonly inefficiency: Omit<Parts, "cross">;
  /** D_f/(D_f + D_y), D = ‖Δθ‖². */
  readonly initialWeight: number;
}

/** The split at any time. */
export interface Partition {
  /** @throws {RangeError} if T is negative, infinite or NaN */
  at(T: number): PartitionPoint;
}

/**
 * ΔL and ‖Δθ‖² of a linear flow as parts of the initial function f_0 and of the labels y, exactly.
 *
 * The residue is y − f_0, so that in each mode Δ_k² = y_k² + f_k² − 2 f_k y_k. With f_0 random and −f_0
 * as likely, the last term has the mean 0, and E ΔL = ΔL_f + ΔL_y, E‖Δθ‖² = D_f + D_y:
 *
 *     ι = T E ΔL/E‖Δθ‖² = (D_f ι_f + D_y ι_y)/(D_f + D_y).
 *
 * Give `initial` f_k of one function, and the cross terms are told; or give `initialSquares` E f_k² of
 * a law of functions, as NNGP and labels have them over ten outputs, with `labelSquares`.
 *
 * @param given `eigenvalues` λ_k ≥ 0 in any order, and of each mode f_k and y_k, or their squares
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if a list is not as long as the eigenvalues, an eigenvalue is negative by more
 * than rounding, or a square is
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partition } from "./partition.ts";
 * const mode = { eigenvalues: [2], initial: [3], labels: [1] };
 * const { lossDrop, inefficiency } = partition(mode).at(1);
 * const fallen = (1 - Math.exp(-4)) / 2;
 * assert(Math.abs(lossDrop.whole - 4 * fallen) < 1e-12); // (1 − 3)² = 9 + 1 − 6
 * assert(Math.abs(lossDrop.cross + 6 * fallen) < 1e-12);
 * assert(Math.abs(inefficiency.labels - 1 / Math.tanh(1)) < 1e-12);
 * assert.throws(
 *   () => partition({ eigenvalues: [2, 1], initial: [3], labels: [1, 1] }),
 *   /^RangeError: initial has 1 number; it must have 2$/,
 * );
 * ```
 */
export function partition(given: SignedModes | SquaredModes): Partition {
  checkRecord("given", given, {}, "{ eigenvalues, initial, labels }, or their squares");
  const squared = "initialSquares" in given || "labelSquares" in given;
  const eigenvalues = toVector(given.eigenvalues, "eigenvalues");
  const sized = (values: NumbersLike, name: string) => toVector(values, name, eigenvalues.length);
  const parts = squared ? squaresOf(given as SquaredModes, sized) : signedOf(given, sized);
  // Its checks are those of a spectrum, and it is the whole by another way.
  linearFlow({ eigenvalues, residue: parts.whole.map((square) => Math.sqrt(Math.max(0, square))) });

  const at = (T: number): PartitionPoint => {
    checkNumber("T", T, { least: 0 });
    const [drop, square] = [
      new Float64Array(eigenvalues.length),
      new Float64Array(eigenvalues.length),
    ];
    eigenvalues.forEach((rate, k) => {
      if (!(rate > 0)) return;
      drop[k] = -Math.expm1(-2 * rate * T) / 2;
      square[k] = Math.expm1(-rate * T) ** 2 / rate;
    });
    const over = (weight: Float64Array): Parts => {
      const of = (squares: Float64Array) => sum(squares.map((one, k) => one * weight[k]));
      return {
        ...{ whole: of(parts.whole), initial: of(parts.initial), labels: of(parts.labels) },
        cross: of(parts.cross),
      };
    };
    return pointOf(T, over(drop), over(square));
  };
  return { at };
}

/**
 * ι at a time T of the mean over functions f_0, of which a share c is kept, from its two parts:
 * (c² D_f ι_f + D_y ι_y)/(c² D_f + D_y).
 *
 * @param point at T, of the whole f_0
 * @param share c
 * @returns ι without the cross terms, which have the mean 0
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if the share is not finite, or nothing moves
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiencyOfShare, partition } from "./partition.ts";
 * const modes = { eigenvalues: [2, 1], initialSquares: [9, 0], labelSquares: [1, 1] };
 * const point = partition(modes).at(3);
 * assert(Math.abs(inefficiencyOfShare(point, 0) - point.inefficiency.labels) < 1e-12);
 * assert(Math.abs(inefficiencyOfShare(point, 1) - point.inefficiency.whole) < 1e-12);
 * ```
 */
export function inefficiencyOfShare(
  point: Pick<PartitionPoint, "time" | "lossDrop" | "displacementSquared">,
  share: number,
): number {
  const { time, lossDrop, displacementSquared } = checkRecord("point", point, {
    lossDrop: checkParts,
    displacementSquared: checkParts,
  });
  checkNumber("time", time, { least: 0 });
  checkNumber("share", share);
  const of = ({ initial, labels }: Parts) => share ** 2 * initial + labels;
  return time * of(lossDrop) / checkPositive("‖Δθ‖²", of(displacementSquared));
}

const checkParts = <T>(name: string, parts: T): T =>
  checkRecord(name, parts, { initial: checkNumber, labels: checkNumber });

type NumbersLike = Float64Array | readonly number[];

/** One function f_0. */
export interface SignedModes {
  readonly eigenvalues: NumbersLike;
  /** f_k */
  readonly initial: NumbersLike;
  /** y_k */
  readonly labels: NumbersLike;
}

/** A law of functions f_0 with mean 0. */
export interface SquaredModes {
  readonly eigenvalues: NumbersLike;
  /** E f_k², over outputs too if there are several. */
  readonly initialSquares: NumbersLike;
  /** y_k² */
  readonly labelSquares: NumbersLike;
}

type Sized = (values: NumbersLike, name: string) => Float64Array;
type Squares = Readonly<Record<keyof Parts, Float64Array>>;

function signedOf(given: SignedModes | SquaredModes, sized: Sized): Squares {
  const { initial, labels } = given as SignedModes;
  const [f, y] = [sized(initial, "initial"), sized(labels, "labels")];
  return {
    whole: f.map((value, k) => (y[k] - value) ** 2),
    initial: f.map((value) => value ** 2),
    labels: y.map((value) => value ** 2),
    cross: f.map((value, k) => -2 * value * y[k]),
  };
}

function squaresOf(given: SquaredModes, sized: Sized): Squares {
  const [initial, labels] = [
    sized(given.initialSquares, "initialSquares"),
    sized(given.labelSquares, "labelSquares"),
  ];
  for (const [name, squares] of Object.entries({ initialSquares: initial, labelSquares: labels })) {
    squares.forEach((square, k) => checkNumber(`${name}[${k}]`, square, { least: 0 }));
  }
  const cross = new Float64Array(initial.length);
  return { whole: initial.map((square, k) => square + labels[k]), initial, labels, cross };
}

function pointOf(time: number, lossDrop: Parts, displacementSquared: Parts): PartitionPoint {
  const ratio = (part: "whole" | "initial" | "labels") =>
    displacementSquared[part] > 0 ? time * lossDrop[part] / displacementSquared[part] : 1;
  const { initial, labels } = displacementSquared;
  return {
    ...{ time, lossDrop, displacementSquared },
    inefficiency: { whole: ratio("whole"), initial: ratio("initial"), labels: ratio("labels") },
    initialWeight: initial + labels > 0 ? initial / (initial + labels) : 0,
  };
}
