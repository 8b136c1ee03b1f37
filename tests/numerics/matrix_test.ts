import assert from "node:assert/strict";
import { type Matrix, toMatrix, toRows, toVector } from "../../lib/numerics/matrix.ts";

const matrixOf = (rows: number, cols: number, ...data: number[]): Matrix => ({
  rows,
  cols,
  data: Float64Array.from(data),
});

Deno.test("rows become a matrix, row after row, and come back", () => {
  const rows = [[1, 2, 3], [4, 5, 6]];
  const matrix = toMatrix(rows, "a");
  assert.deepEqual(matrix, matrixOf(2, 3, 1, 2, 3, 4, 5, 6));
  assert.deepEqual(toRows(matrix), rows);
  matrix.data[0] = 9;
  assert.equal(rows[0][0], 1, "rows are copied");
});

Deno.test("a matrix comes back itself, and empty ones are matrices", () => {
  const matrix = matrixOf(1, 2, 3, 4);
  assert.equal(toMatrix(matrix, "a"), matrix);
  assert.deepEqual(toMatrix([], "a"), matrixOf(0, 0));
  assert.deepEqual(toMatrix([[], []], "a"), matrixOf(2, 0));
  assert.deepEqual(toRows(matrixOf(2, 0)), [[], []]);
});

Deno.test("a bad matrix is named with the place", () => {
  const cases: [unknown, string, string][] = [
    [[[1, 2], [3]], "RangeError", "c[1] has 1 number; each row must have 2, as the first has"],
    [[[1, 2], [3, NaN]], "RangeError", "c[1][1] is NaN; it must be a finite number"],
    [[[1, -Infinity]], "RangeError", "c[0][1] is -Infinity; it must be a finite number"],
    [[[1, "2"]], "RangeError", "c[0][1] is string 2; it must be a finite number"],
    [[[1], null], "TypeError", "c[1] is null; each row must be an array of numbers"],
    [[1, 2], "TypeError", "c[0] is number 1; each row must be an array of numbers"],
    [
      matrixOf(2, 2, 1, 2, 3),
      "RangeError",
      "c.data has 3 numbers; it must have 2 × 2 = 4",
    ],
    [matrixOf(2, 2, 1, 2, NaN, 4), "RangeError", "c[1][0] is NaN; it must be a finite number"],
    [matrixOf(-1, -2, 1, 2), "RangeError", "c.rows is -1; it must be an integer from 0 up"],
    [matrixOf(1, 1.5, 1), "RangeError", "c.cols is 1.5; it must be an integer from 0 up"],
    [
      { rows: 1, cols: 1, data: new Float32Array(1) },
      "TypeError",
      "c is an object of type Object; it must be number[][] or { rows, cols, data: Float64Array }",
    ],
    [
      undefined,
      "TypeError",
      "c is undefined; it must be number[][] or { rows, cols, data: Float64Array }",
    ],
  ];
  for (const [value, name, message] of cases) {
    assert.throws(() => toMatrix(value as Matrix, "c"), { name, message });
  }
});

Deno.test("numbers become a vector; a Float64Array comes back itself", () => {
  const numbers = [1, 2, 3];
  const vector = toVector(numbers, "v", 3);
  assert.deepEqual(vector, Float64Array.of(1, 2, 3));
  assert.equal(toVector(vector, "v"), vector);
  vector[0] = 9;
  assert.equal(numbers[0], 1, "numbers are copied");
});

Deno.test("a bad vector is named with the place", () => {
  const cases: [unknown, string, string][] = [
    [[1, NaN, 3], "RangeError", "v[1] is NaN; it must be a finite number"],
    [Float64Array.of(1, 2, Infinity), "RangeError", "v[2] is Infinity; it must be a finite number"],
    [[1, 2], "RangeError", "v has 2 numbers; it must have 3"],
    [[1, , 3], "RangeError", "v[1] is undefined; it must be a finite number"],
    ["123", "TypeError", "v is string 123; it must be a Float64Array or number[]"],
    [
      new Float32Array(3),
      "TypeError",
      "v is an object of type Float32Array; it must be a Float64Array or number[]",
    ],
  ];
  for (const [value, name, message] of cases) {
    assert.throws(() => toVector(value as number[], "v", 3), { name, message });
  }
});
