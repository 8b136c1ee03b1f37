/**
 * A reader's own spectrum: from text to eigenvalues and residue, largest eigenvalue first.
 *
 * @module
 */
import { readNumericTable } from "../../recordings/numeric_table.ts";

/** λ_k, falling, and Δ_k² where it is known. */
export interface Spectrum {
  readonly eigenvalues: Float64Array;
  readonly squares?: Float64Array;
  /** Eigenvalues slightly below 0, which rounding makes. */
  readonly negative: number;
}

/** More modes would keep a page busy for longer than a reader waits. */
export const MOST_MODES = 200_000;

/** The flow multiplies eigenvalues and squared residues: beyond this it would run out of all numbers. */
const LARGEST = 1e100;

/** Eigenvalues below −this fraction of the largest are an indefinite kernel, not rounding. */
const NEGATIVE = 1e-8;

type Column = "eigenvalue" | "residue" | "residueSquared";

/**
 * Reads a spectrum from CSV or from numbers in columns: eigenvalues, and beside them residues Δ_k or
 * their squares. Reading stops as soon as there are more than 200 000 rows.
 *
 * @param second what a second column without a name is
 * @throws {RangeError} naming row, column and value: missing columns, NaN, negative eigenvalues or
 * squares, too many rows, no eigenvalue above 0
 * @throws {TypeError} if it is no UTF-8 text
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSpectrum } from "./spectrum.ts";
 *
 * const { eigenvalues, squares } = await readSpectrum(new Blob(["0.5 1\n2 3\n"]).stream());
 * assert.deepEqual([...eigenvalues], [2, 0.5]);
 * assert.deepEqual([...squares!], [9, 1]);
 * ```
 */
export async function readSpectrum(
  text: ReadableStream<Uint8Array<ArrayBuffer>>,
  { second = "residue", source = "the text", onProgress }: {
    readonly second?: "residue" | "residueSquared";
    readonly source?: string;
    readonly onProgress?: (progress: { bytes: number; rows: number }) => void | Promise<void>;
  } = {},
): Promise<Spectrum> {
  const { columns } = await readNumericTable<Column>(text, {
    columns: {
      eigenvalue: ["eigenvalue", "eigenvalues", "lambda", "λ"],
      residue: ["residue", "residues", "delta", "Δ"],
      residueSquared: ["residueSquared", "residue²", "delta²", "delta squared", "Δ²", "squares"],
    },
    unnamed: ["eigenvalue", second],
    most: MOST_MODES,
    beyond: "refuse",
    source,
    check(row, place) {
      for (const [name, value] of Object.entries(row)) {
        if (Math.abs(value) < LARGEST) continue;
        throw new RangeError(`${place()}: ${name} is ${value}; it must be below ${LARGEST}`);
      }
      const { residueSquared } = row;
      if (residueSquared !== undefined && residueSquared < 0) {
        throw new RangeError(`${place()}: a squared residue is ${residueSquared}, below 0`);
      }
    },
    onProgress,
  });
  const { eigenvalue, residue, residueSquared } = columns;
  if (!eigenvalue) throw new RangeError(`${source} has no column eigenvalue`);
  const order = Uint32Array.from(eigenvalue.keys()).sort((a, b) => eigenvalue[b] - eigenvalue[a]);
  const eigenvalues = Float64Array.from(order, (k) => eigenvalue[k]);
  const [largest, least] = [eigenvalues[0], eigenvalues.at(-1)!];
  if (!(largest > 0)) {
    throw new RangeError(`the largest eigenvalue of ${source} is ${largest}; one must be above 0`);
  }
  if (least < -NEGATIVE * largest) {
    throw new RangeError(
      `row ${order.at(-1)! + 1} of ${source}: the eigenvalue is ${least}, far below 0 beside the ` +
        `largest, ${largest}; a kernel has none`,
    );
  }
  const squares = residueSquared ?? residue?.map((value) => value ** 2);
  if (squares && !squares.some((value) => value > 0)) {
    throw new RangeError(`every residue of ${source} is 0: nothing moves`);
  }
  return {
    eigenvalues,
    squares: squares && Float64Array.from(order, (k) => squares[k]),
    negative: eigenvalues.reduce((count, value) => count + (value < 0 ? 1 : 0), 0),
  };
}
