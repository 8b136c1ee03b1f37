import { checkInteger, checkLength, checkText } from "./checks.ts";
import { block } from "./layout.ts";

/** A real matrix: `rows` × `cols` numbers, row after row. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Entry (i, j) lies at i·cols + j. */
  readonly data: Float64Array;
}

/** A matrix as the public functions take it: a {@linkcode Matrix}, or its rows. */
export type MatrixLike = Matrix | readonly (readonly number[])[];

/**
 * A checked `Matrix` of a matrix or of rows of numbers.
 *
 * Rows are copied; a `Matrix` comes back as it is, its data shared.
 *
 * @param value a `Matrix`, or an array of rows of equal length
 * @param name what the caller's argument is called, for messages
 * @throws {TypeError} if the value is neither
 * @throws {RangeError} if a row is longer or shorter than the first, if the data do not fill
 * rows × cols, or if an entry is not finite; the place is named
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toMatrix } from "./matrix.ts";
 *
 * const matrix = toMatrix([[1, 2, 3], [4, 5, 6]], "covariance");
 * assert.deepEqual(matrix, { rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
 * assert.throws(() => toMatrix([[1, 2], [3]], "covariance"), /covariance\[1\] has 1 number/);
 * ```
 */
export function toMatrix(value: MatrixLike, name: string): Matrix {
  checkText("name", name);
  const matrix = shapedMatrix(value, name);
  const { data, cols } = matrix;
  for (let at = 0; at < data.length; at++) {
    if (!Number.isFinite(data[at])) {
      throw notFinite(`${name}[${Math.floor(at / cols)}][${at % cols}]`, data[at]);
    }
  }
  return matrix;
}

/**
 * The same as {@linkcode toMatrix}, but that entries of a `Matrix` may be not finite: whoever reads
 * them next sees to that.
 */
export const shapedMatrix = (value: MatrixLike, name: string): Matrix =>
  value instanceof Array ? fromRows(value, name) : checkedMatrix(value as Matrix, name);

/**
 * A checked vector of a Float64Array (which comes back itself) or an array of numbers (copied).
 *
 * @param name what the caller's argument is called, for messages
 * @param length how many numbers it must have; any number of them if left out
 * @throws {TypeError} if the value is neither
 * @throws {RangeError} if it has another length, or if an entry is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toVector } from "./matrix.ts";
 *
 * assert.deepEqual(toVector([1, 2], "mean"), Float64Array.of(1, 2));
 * assert.throws(() => toVector([1, NaN], "mean"), /mean\[1\] is NaN/);
 * assert.throws(() => toVector([1, 2], "mean", 3), /mean has 2 numbers; it must have 3/);
 * ```
 */
export function toVector(
  value: Float64Array | readonly number[],
  name: string,
  length?: number,
): Float64Array {
  checkText("name", name);
  if (!(value instanceof Array || value instanceof Float64Array)) {
    throw new TypeError(`${name} is ${kind(value)}; it must be a Float64Array or number[]`);
  }
  if (length !== undefined) {
    checkLength(name, value, checkInteger("length", length, { least: 0 }));
  }
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i])) throw notFinite(`${name}[${i}]`, value[i]);
  }
  return value instanceof Float64Array ? value : Float64Array.from(value);
}

/**
 * The rows of a matrix as arrays of numbers, copied.
 *
 * @throws {TypeError} if it is no matrix
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toRows } from "./matrix.ts";
 *
 * const matrix = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
 * assert.deepEqual(toRows(matrix), [[1, 2], [3, 4]]);
 * ```
 */
export function toRows(matrix: MatrixLike): number[][] {
  const { rows, cols, data } = toMatrix(matrix, "matrix");
  return Array.from(
    { length: rows },
    (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)),
  );
}

/** How far, of its largest entry, a matrix may be from its transpose. */
export const asymmetry = 1e-8;

/**
 * A copy of a symmetric matrix, made exactly symmetric: it may differ from its transpose by 10⁻⁸
 * of its largest entry, and the mean of the two is taken.
 *
 * @throws {TypeError} if the value is no matrix
 * @throws {RangeError} if it is not square, not finite, or not symmetric; the place is named
 */
export function symmetricCopy(
  value: MatrixLike,
  name: string,
): Matrix & { readonly data: Float64Array<ArrayBuffer> } {
  const { rows: n, data } = squareMatrix(toMatrix(value, name), name);
  // An explicit buffer does not move: a library may work on it while the engine goes on.
  const copy = new Float64Array(new ArrayBuffer(8 * n * n));
  copy.set(data);
  let allowed: number | undefined; // is asked for where two entries differ: mostly none do
  for (let top = 0; top < n; top += block) {
    for (let left = 0; left <= top; left += block) {
      const bottom = Math.min(top + block, n);
      for (let i = top; i < bottom; i++) {
        for (let j = left, right = Math.min(left + block, i); j < right; j++) {
          const below = data[i * n + j], above = data[j * n + i];
          if (below === above) continue;
          allowed ??= asymmetry * largestOf(data);
          if (Math.abs(below - above) > allowed) throw notSymmetric(name, i, j, below, above);
          copy[i * n + j] = copy[j * n + i] = below / 2 + above / 2;
        }
      }
    }
  }
  return { rows: n, cols: n, data: copy };
}

/** The matrix, if it is square. */
export function squareMatrix(matrix: Matrix, name: string): Matrix {
  const { rows, cols } = matrix;
  if (rows === cols) return matrix;
  throw new RangeError(`${name} is ${rows} × ${cols}; it must be square`);
}

function largestOf(data: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) largest = Math.max(largest, Math.abs(data[at]));
  return largest;
}

/**
 * Divides all entries, in place, by a power of 2 that brings the largest near 1, where squares might
 * overflow or vanish otherwise; gives that power.
 */
export function rescale(data: Float64Array, largest = largestOf(data)): number {
  if (largest === 0 || (largest > 1e-100 && largest < 1e100)) return 1;
  const power = 2 ** Math.floor(Math.log2(largest));
  for (let at = 0; at < data.length; at++) data[at] /= power;
  return power;
}

function notSymmetric(
  name: string,
  i: number,
  j: number,
  below: number,
  above: number,
): RangeError {
  return new RangeError(
    `${name}[${i}][${j}] is ${below} and ${name}[${j}][${i}] is ${above}; ` +
      `${name} must be symmetric, to 1e-8 of its largest entry`,
  );
}

function fromRows(value: readonly (readonly number[])[], name: string): Matrix {
  const rows = value.length;
  const cols = rows === 0 ? 0 : checkedRow(value[0], name, 0).length;
  const data = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const numbersOfRow = checkedRow(value[row], name, row);
    if (numbersOfRow.length !== cols) {
      throw new RangeError(
        `${name}[${row}] has ${numbers(numbersOfRow.length)}; each row must have ${cols}, ` +
          "as the first has",
      );
    }
    for (let col = 0; col < cols; col++) {
      if (!Number.isFinite(numbersOfRow[col])) {
        throw notFinite(`${name}[${row}][${col}]`, numbersOfRow[col]);
      }
    }
    data.set(numbersOfRow, row * cols);
  }
  return { rows, cols, data };
}

function checkedRow(row: readonly number[], name: string, at: number): readonly number[] {
  if (row instanceof Array) return row;
  throw new TypeError(`${name}[${at}] is ${kind(row)}; each row must be an array of numbers`);
}

function checkedMatrix(value: Matrix, name: string): Matrix {
  if (!(value?.data instanceof Float64Array)) {
    throw new TypeError(
      `${name} is ${kind(value)}; it must be number[][] or { rows, cols, data: Float64Array }`,
    );
  }
  for (const side of ["rows", "cols"] as const) {
    if (!Number.isSafeInteger(value[side]) || value[side] < 0) {
      throw new RangeError(
        `${name}.${side} is ${String(value[side])}; it must be an integer from 0 up`,
      );
    }
  }
  if (value.data.length !== value.rows * value.cols) {
    throw new RangeError(
      `${name}.data has ${numbers(value.data.length)}; ` +
        `it must have ${value.rows} × ${value.cols} = ${value.rows * value.cols}`,
    );
  }
  return value;
}

function notFinite(place: string, value: unknown): RangeError {
  return new RangeError(
    `${place} is ${typeof value === "number" ? value : kind(value)}; it must be a finite number`,
  );
}

function numbers(count: number): string {
  return count === 1 ? "1 number" : `${count} numbers`;
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `${typeof value} ${String(value)}`;
  return `an object of type ${value.constructor?.name ?? "unknown"}`;
}
