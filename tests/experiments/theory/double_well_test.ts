import assert from "node:assert/strict";
import { doubleWellRelaxation, drivenAlike } from "../../../lib/mod.ts";

const OPTIONS = { barrier: 2, variance: 0.1, beta: 1, cells: 100, times: [0.2, 2] };

Deno.test("walls stand where they are told, and far enough at any temperature", () => {
  const cold = doubleWellRelaxation({ ...OPTIONS, beta: 4, wallBeta: 0.25 });
  const hot = doubleWellRelaxation({ ...OPTIONS, beta: 0.25 });
  assert.deepEqual(cold.edges, hot.edges);
  const [edge] = hot.edges;
  assert(0.25 * 2 * (edge ** 2 - 1) ** 2 > 29.9); // e⁻³⁰ by Boltzmann's law
  assert.throws(() => doubleWellRelaxation({ ...OPTIONS, barrier: 0 }), /barrier is 0/);
});

Deno.test("the drive costs less than relaxation between the same laws, and no less than T_SL", () => {
  const natural = doubleWellRelaxation(OPTIONS);
  const driven = drivenAlike(natural, { beta: 1, shares: [0.01, 0.1, 0.5, 1], substeps: 100 });
  assert.equal(driven.time.at(-1), 2);
  assert(driven.entropyProduction[4] < 0.6 * natural.entropyProduction[2]);
  assert(driven.inefficiency[4] > 0.999 && driven.inefficiency[4] < 1.02);
  assert(driven.missed < 0.01);
  assert.throws(() => drivenAlike(natural, { beta: 1, shares: [0.5] }), /must be 1/);
});
