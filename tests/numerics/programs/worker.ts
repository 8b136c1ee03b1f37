/** Answers a size with the sum of the eigenvalues of the second difference of that size. */
import { eigh, sum } from "../../../lib/numerics/mod.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<number>) => void;
  postMessage(value: number): void;
};
scope.onmessage = async ({ data: n }) => {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = 2;
    if (i > 0) data[i * n + i - 1] = data[(i - 1) * n + i] = -1;
  }
  scope.postMessage(sum((await eigh({ rows: n, cols: n, data })).values));
};
