/**
 * The columns of a trajectory that was recorded elsewhere: their names in a file, what must hold
 * between them, and the path that `inefficiency` takes.
 *
 * @module
 */
import type { PathColumns } from "../bounds/inefficiency.ts";
import { pathEntryCheck } from "../bounds/recorded_columns.ts";
import { didYouMean } from "../numerics/checks.ts";
import { quoted } from "./table_header.ts";

/** A column that a recording may have. */
export type RecordedColumn =
  | "time"
  | "loss"
  | "displacement"
  | "displacementSquared"
  | "pathLength";

/** Names that a column may have in a file, beside its own; case, blanks and signs do not matter. */
export const COLUMN_NAMES: Readonly<Record<RecordedColumn, readonly string[]>> = {
  time: ["time", "t"],
  loss: ["loss", "L", "train loss", "training loss"],
  displacement: ["displacement", "distance", "l_geo", "lgeo"],
  displacementSquared: [
    "displacementSquared",
    "displacement2",
    "displacement²",
    "squared distance",
  ],
  pathLength: ["pathLength", "path", "l_gamma", "lγ", "arc length"],
};

/** What the columns of a file without names are, from the left. */
export const UNNAMED: readonly RecordedColumn[] = ["time", "loss", "displacement", "pathLength"];

/** What each column holds. */
const MEANINGS: Readonly<Record<RecordedColumn, string>> = {
  time: "learning rate × steps, of plain gradient descent",
  loss: "the loss whose gradient is followed, on all training data",
  displacement: "‖θ_t − θ_0‖",
  displacementSquared: "‖θ_t − θ_0‖²",
  pathLength: "Σ ‖θ_{i+1} − θ_i‖ so far",
};

/** Where snapshots are given. */
export const WEIGHTS_OPTION = "the option weights (--weights on the command line)";

/** The columns of a file, by what they were found to be. */
export interface FoundColumns {
  /** Those that are read, `weights` too where a file holds them. */
  readonly names: readonly string[];
  /** Columns by names that mean none of these. */
  readonly passedOver: readonly string[];
}

/**
 * Checks that nothing is missing: time and loss, and without snapshots of the weights displacement
 * and path length.
 *
 * @throws {RangeError} naming what is missing, what there is, and what to give
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkFound } from "./recorded_path.ts";
 * const found = { names: ["loss"], passedOver: ["step"] };
 * assert.throws(
 *   () => checkFound(found, { source: "run.csv", snapshots: true }),
 *   /run.csv lacks time; it has loss, and "step", which is not read. Give\n  time .*rate × step$/,
 * );
 * ```
 */
export function checkFound(
  { names, passedOver }: FoundColumns,
  { source, snapshots, archive = false }: {
    readonly source: string;
    readonly snapshots: boolean;
    /** Whether it is an .npz. */
    readonly archive?: boolean;
  },
): void {
  const lacks = (...either: RecordedColumn[]) =>
    either.some((name) => names.includes(name)) ? [] : [either[0]];
  const path = snapshots
    ? []
    : [...lacks("displacement", "displacementSquared"), ...lacks("pathLength")];
  const missing = [...lacks("time"), ...lacks("loss"), ...path];
  if (missing.length === 0) return;
  const column = Math.max(...missing.map((name) => name.length)) + 2;
  const give = missing.map((name) =>
    `\n  ${name.padEnd(column)}${MEANINGS[name]}${name === "time" ? timeFrom(passedOver) : ""}`
  );
  const instead = path.length === 0
    ? ""
    : `\nor, instead of ${path.join(" and ")}, snapshots of the weights: ${WEIGHTS_OPTION}`;
  const written = archive
    ? "\nnp.savez(file, time=…, loss=…, weights=…) writes an .npz of them"
    : "";
  throw new RangeError(
    `${source} lacks ${missing.join(", ")}; it has ${
      thereIs({ names, passedOver }, missing)
    }. Give${give.join("")}${instead}${written}`,
  );
}

/** The columns there are; of those that are not read, which of the missing ones they may be. */
function thereIs({ names, passedOver }: FoundColumns, missing: readonly string[]): string {
  const others = passedOver.slice(0, 8).map((name) => quoted(name) + didYouMean(name, missing));
  if (passedOver.length > 8) others.push("…");
  const are = passedOver.length > 1 ? "are" : "is";
  if (others.length === 0) return names.join(", ") || "nothing else";
  const beside = names.length > 0 ? `${names.join(", ")}, and ` : "";
  return `${beside}${others.join(", ")}, which ${are} not read`;
}

/** How time comes from a column that counts. */
function timeFrom(names: readonly string[]): string {
  const counts = names.find((name) => /^\W*_*(global[ _]?)?(step|iter|update|batch)/i.test(name));
  if (counts !== undefined) return `; here learning rate × ${printed(counts)}`;
  const epochs = names.find((name) => /^\W*_*epoch/i.test(name));
  return epochs === undefined
    ? ""
    : `; here learning rate × steps in an epoch × ${printed(epochs)}`;
}

const printed = (name: string) => /^\w+$/.test(name) ? name : quoted(name);

/**
 * The path of recorded columns, which {@link checkFound} has found to be complete.
 *
 * @param source what the recording is called in messages
 * @throws {RangeError} if there are fewer than two entries
 */
export function pathOfColumns(
  columns: Readonly<Partial<Record<RecordedColumn, Float64Array>>>,
  source: string,
): PathColumns {
  const { displacement, displacementSquared } = columns;
  const [time, loss, pathLength] = [columns.time!, columns.loss!, columns.pathLength!];
  if (time.length < 2) {
    throw new RangeError(`${source} has ${time.length} entry; a path needs a start and an end`);
  }
  const squares = displacementSquared ?? displacement!.map((distance) => distance ** 2);
  return { time, loss, displacementSquared: squares, pathLength };
}

/**
 * A check of entries as `pathEntryCheck` makes them, which tells for what columns without names are
 * taken: one that is wrong may be another column, or a weight.
 */
export function entryCheck(named: () => boolean): ReturnType<typeof pathEntryCheck> {
  const check = pathEntryCheck();
  return (entry, place) => {
    try {
      check(entry, place);
    } catch (error) {
      if (error instanceof RangeError && !named()) {
        error.message += ` (columns without names are read as ${UNNAMED.join(", ")}; ` +
          `snapshots of weights go into ${WEIGHTS_OPTION})`;
      }
      throw error;
    }
  };
}
