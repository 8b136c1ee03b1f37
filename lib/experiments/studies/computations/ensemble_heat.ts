/**
 * An ensemble under Langevin dynamics from the prior, and ln Z of where it ends.
 *
 * @module
 */
import { ensembleBounds } from "../../../bounds/mod.ts";
import {
  annealedImportance,
  langevin,
  thermodynamicIntegration,
  withPrior,
} from "../../../dynamics/mod.ts";
import { type Control, eighSync, multiply, randomStream } from "../../../numerics/mod.ts";
import { bracketed, rowOf } from "./ensemble_flow.ts";
import type { EnsembleGround } from "./ensemble_ground.ts";
import type { EnsembleLangevin, EnsemblePartition } from "./ensemble_record.ts";
import { rounded } from "./linearization_record.ts";

/** Length of a step, over the largest curvature of the kernel at the first member. */
const STEP = 0.15;
/** Stages of annealing for each move of a chain at a node. */
const STAGES = 8;
/** Draws of the prior whose losses are averaged. */
const DRAWS = 4096;

/** The ensemble at a temperature. */
export async function ensembleLangevin(
  { network, beta, starts, projection, times, seed }: EnsembleGround,
  control: Control,
): Promise<EnsembleLangevin> {
  const landscape = withPrior(network, beta);
  const jacobian = network.jacobian(rowOf(starts, 0));
  const { values } = eighSync(multiply(jacobian, jacobian, { transposeB: true }), {
    vectors: false,
  });
  const horizon = times[times.length - 1];
  const steps = Math.ceil(horizon * (values[values.length - 1] + 1) / STEP);
  const record = times.map((time) => Math.max(1, Math.round(time / horizon * steps)));
  const { positions } = await langevin(landscape, {
    ...{ beta, from: starts, horizon, steps, record, seed, ...control },
  });
  control.signal?.throwIfAborted();
  const energies = positions.map((cloud) =>
    Array.from({ length: cloud.rows }, (_, i) => landscape.value(rowOf(cloud, i), 0))
  );
  const losses = positions.map((cloud) =>
    Array.from({ length: cloud.rows }, (_, i) => network.value(rowOf(cloud, i), 0))
  );
  const later = positions.slice(1);
  return {
    meanLoss: losses.slice(1).map((values) => rounded(meanOf(values))),
    meanLossError: losses.slice(1).map((values) => rounded(errorOf(values))),
    heat: energies.slice(1).map((values) => rounded(meanOf(energies[0]) - meanOf(values))),
    below: later.map((cloud) => bracketed(ensembleBounds(starts, cloud, [projection]).below)),
  };
}

/** ln Z_∞/Z_0 by two ways, and exactly of a linear model. */
export async function ensemblePartition(
  { network, beta, seed, widths, targets, moves }: EnsembleGround,
  { signal, onProgress }: Control,
): Promise<EnsemblePartition> {
  const half = (from: number): Control => ({
    signal,
    onProgress: ({ done, total }) => onProgress?.({ done: from + done / total, total: 2 }),
  });
  const integration = await thermodynamicIntegration(network, {
    ...{ beta, seed, chains: 16, moves, ...half(0) },
  });
  const annealed = await annealedImportance(network, {
    ...{ beta, seed, chains: 48, stages: STAGES * moves, ...half(1) },
  });
  const draws = randomStream(seed, "ensembles/prior");
  const lossAtStart = meanOf(
    Array.from({ length: DRAWS }, () => network.value(draws.normal(network.dimension), 0)),
  );
  const keep = (
    { value, interval }: { readonly value: number; readonly interval: readonly [number, number] },
  ) => ({
    value: rounded(value),
    interval: [rounded(interval[0]), rounded(interval[1])] as const,
  });
  return {
    integration: keep(integration),
    annealed: {
      ...keep(annealed),
      below: rounded(annealed.below),
      effective: rounded(annealed.effective),
    },
    ...(widths.length === 2 && {
      exact: rounded(
        linearLogPartition(network.jacobian(new Float64Array(network.dimension)), {
          ...{ targets: targets.data, beta },
        }),
      ),
    }),
    lossAtStart: rounded(lossAtStart),
    lossAtEnd: rounded(integration.meanLoss),
  };
}

/** ln ⟨e^{−β|Jθ − y|²/2}⟩ = −½ ln det(1 + βK) − ½ β yᵀ(1 + βK)⁻¹y, K = JJᵀ, over a standard normal θ. */
function linearLogPartition(
  jacobian: Parameters<typeof multiply>[0] & { readonly rows: number },
  { targets, beta }: { readonly targets: Float64Array; readonly beta: number },
): number {
  const { values, vectors } = eighSync(multiply(jacobian, jacobian, { transposeB: true }));
  const along = multiply(vectors, targets, { transposeA: true });
  return values.reduce(
    (total, value, k) =>
      total - (Math.log1p(beta * value) + beta * along[k] ** 2 / (1 + beta * value)) / 2,
    0,
  );
}

const meanOf = (values: readonly number[]) =>
  values.reduce((total, value) => total + value, 0) / values.length;

function errorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
