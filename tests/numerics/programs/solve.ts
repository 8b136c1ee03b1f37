/** Prints what does the linear algebra here, and a few of its results. */
import { cholesky, eigh, linearAlgebra, multiply, svd } from "../../../lib/numerics/mod.ts";

const matrix = [[4, 2], [2, 5]];
const progress: number[] = [];
const { values } = await eigh(matrix, { onProgress: ({ done }) => void progress.push(done) });
console.log(JSON.stringify({
  ...linearAlgebra({ threads: 1 }),
  values: [...values],
  factor: [...cholesky(matrix).data],
  product: [...multiply(matrix, matrix).data],
  singular: [...svd(matrix).values],
  progress,
}));
