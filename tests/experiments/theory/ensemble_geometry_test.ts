import assert from "node:assert/strict";
import {
  SMALL_INPUTS,
  smallImages,
} from "../../../lib/experiments/studies/computations/small_images.ts";
import {
  brenierTest,
  ensembleGeometry,
  ensembleMeans,
  type EnsemblesStudy,
  multiply,
  randomStream,
  smallNetwork,
  storedResults,
  tangentFlow,
} from "../../../lib/mod.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

test("members again: the projection leaves part of a network, and all of a linear model", async () => {
  const stored = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
  const of = async (one: (at: EnsemblesStudy["configuration"]) => boolean) => {
    const study = stored.find(({ configuration }) => one(configuration))!;
    return { study, geometry: await ensembleGeometry(study) };
  };
  const linear = await of(({ depth }) => depth === 0);
  for (const { projected } of linear.geometry.times) assert(Math.abs(projected - 1) < 1e-12);
  // In 12 dimensions 128 members lie too close for the condition once they have moved.
  const apart = linear.geometry.times.map(({ apart }) => apart);
  assert(apart[0] > 0.9 && apart.at(-1)! < 0.1);

  const { study, geometry } = await of(({ depth, width }) => depth === 2 && width === 4);
  assert.equal(geometry.directions, 24);
  for (const { time, projected, apart } of geometry.times) {
    assert(projected > 24 / 68 && projected < 1);
    // Gelbrich's bound of the members as they are cannot be above what the projection leaves.
    const at = study.configuration.times.indexOf(time);
    assert(study.realizations[0].flow.empiricalShare[at] <= projected);
    assert(ensembleMeans(study, time).share!.mean < projected);
    assert.equal(apart, 1);
    assert(study.realizations[0].flow.assignedToItself[at]);
  }
});

test("16 random directions of a network see a few per cent less asymmetry than all", async () => {
  const { inputs, targets } = await smallImages(16, 1);
  const widths = [SMALL_INPUTS, 4, 4, 1];
  const network = smallNetwork({ widths, inputs, targets, activation: "tanh" });
  const d = network.dimension, start = randomStream(0, "ensembles/members").normal(d);
  const unit = (rows: number, of: (row: number, col: number) => number) => ({
    ...{ rows, cols: d },
    data: Float64Array.from({ length: rows * d }, (_, at) => of(Math.floor(at / d), at % d)),
  });
  const all = unit(d, (row, col) => Number(row === col));
  const { images: [image] } = tangentFlow(network, { start, directions: all, times: [1] });
  const whole = brenierTest(all, image).asymmetry;
  const draws = Array.from({ length: 20 }, (_, draw) => {
    // Random coordinates, turned at random by a reflection: orthonormal rows.
    const stream = randomStream(draw, "tests/directions"), v = stream.normal(d);
    const size = v.reduce((sum, x) => sum + x * x, 0), first = Math.floor(stream.uniform() * d);
    const some = unit(16, (row, col) => {
      const at = (first + row) % d;
      return Number(at === col) - 2 * v[at] * v[col] / size;
    });
    return brenierTest(some, multiply(some, image)).asymmetry;
  });
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  assert(mean > 0.8 * whole && mean < 1.05 * whole, `${mean} ${whole}`);
});
