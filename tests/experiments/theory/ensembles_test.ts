import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { linearizedEnsemble, productEnsemble } from "../../../lib/experiments/mod.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

test("W2² of the product of two weights is SciPy's, and E‖Δθ‖² its quadrature's", async () => {
  const path = new URL("../../golden/product_ensemble.json", import.meta.url);
  const golden = JSON.parse(await readFile(path, "utf8"));
  const { target, time } = golden;
  const { above, w2Squared: { mean, interval } } = productEnsemble({ target, time });
  assert(Math.abs(above / golden.above - 1) < 1e-9);
  const exact = golden.w2.at(-1).mean;
  assert(Math.abs(mean - exact) < 0.03 && interval[1] - interval[0] < 0.1, `${mean} ${exact}`);
});

test("sampling of a linearized network gives its exact free energy, heat and W2²", async () => {
  const rows = await linearizedEnsemble({
    ...{ width: 4, n: 6, beta: 4, times: [0.3, 2], members: 400, ensembles: 6 },
  });
  for (const row of rows) {
    for (const name of ["freeEnergy", "entropyProduction", "heat", "w2Squared"] as const) {
      const { exact, mean, interval: [low, high] } = row[name];
      assert(Math.abs(mean - exact) < 1.5 * (high - low), `${name} ${mean} ${exact}`);
      assert(high - low < 0.4 * exact + 0.3, name);
    }
    assert(row.inefficiency >= 1);
    assert(row.entropyProduction.exact < row.heat.exact);
  }
  await assert.rejects(
    linearizedEnsemble({ width: 4, n: 4, beta: -1, times: [1] }),
    /beta is -1; it must be a positive inverse temperature/,
  );
});
