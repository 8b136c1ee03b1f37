/**
 * Matrices read by rows and by columns at once, block by block.
 *
 * @module
 */

/** The side of the blocks in which a matrix is read by columns: two of them fit the cache. */
export const block = 16;

/** The transpose, row after row, of a rows × cols matrix; it may be told where it is put. */
export function transposed(
  data: Float64Array,
  rows: number,
  cols: number,
  turned: Float64Array<ArrayBuffer> = new Float64Array(data.length),
): Float64Array<ArrayBuffer> {
  for (let top = 0; top < rows; top += block) {
    for (let left = 0; left < cols; left += block) {
      transposeBlock(data, rows, cols, turned, top, left);
    }
  }
  return turned;
}

/** A function of its own: the engine compiles it after some calls, and not within a long one. */
function transposeBlock(
  data: Float64Array,
  rows: number,
  cols: number,
  turned: Float64Array,
  top: number,
  left: number,
): void {
  const bottom = Math.min(top + block, rows), right = Math.min(left + block, cols);
  for (let j = left; j < right; j++) {
    for (let i = top; i < bottom; i++) turned[j * rows + i] = data[i * cols + j];
  }
}

/** The lower triangle of an n × n matrix put above it too, in place. */
export function mirrored(data: Float64Array, n: number): Float64Array {
  for (let top = 0; top < n; top += block) {
    for (let left = 0; left <= top; left += block) {
      const bottom = Math.min(top + block, n);
      for (let i = top; i < bottom; i++) {
        for (let j = left, right = Math.min(left + block, i); j < right; j++) {
          data[j * n + i] = data[i * n + j];
        }
      }
    }
  }
  return data;
}
