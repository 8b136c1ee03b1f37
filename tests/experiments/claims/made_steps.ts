/** Made-up studies of discrete steps, of quadratics whose descents and flows are known in closed form. */
import {
  descentInModes,
  type DiscreteStepsStudy,
  linearFlow,
  type StepsDescent,
  type StepsFlow,
} from "../../../lib/mod.ts";

/** What of a made study matters. */
export interface MadeSteps {
  /** Residues of a seed each, on eigenvalues 1, ¼, 1/9, … */
  readonly residues?: readonly (readonly number[])[];
  /** η in units of 2/λ_max. */
  readonly rates?: readonly number[];
  readonly learningRates?: readonly number[];
  readonly steps?: readonly number[];
  /** By what T/T_SL of descents is changed. */
  readonly factor?: (seed: number) => number;
  /** λ_max at the last look, in units of that at the start; or the descent diverges. */
  readonly sharpness?: (seed: number) => number | "diverges";
  /** Of minibatches: ρ of each step (for B = 10 of 100 images) and what Σ‖δθ‖² is in place of 1 + ρ. */
  readonly noise?: { readonly rho: number; readonly measured: (seed: number) => number };
}

/** Of 100 images, λ_max = 1, with flows to the times of all descents. */
export function madeSteps(made: MadeSteps = {}): DiscreteStepsStudy {
  const { residues = [[1, 1, 1], [1, 1.01, 1]], rates = [0.1], learningRates = [] } = made;
  const { steps = [1, 2, 5, 10, 20, 100], noise, factor = () => 1, sharpness } = made;
  const all = [
    ...rates.map((share) => ({ rate: { share }, eta: 2 * share })),
    ...learningRates.map((eta) => ({ rate: { eta }, eta })),
  ];
  const realizations = residues.map((residue, seed) => {
    const spectrum = { residue, eigenvalues: residue.map((_, k) => 1 / (k + 1) ** 2) };
    const flow = linearFlow(spectrum);
    const time = [0, ...new Set(all.flatMap(({ eta }) => steps.map((step) => step * eta)))]
      .sort((a, b) => a - b);
    const { lossDrop, displacementSquared, pathLength } = flow.along(time);
    const list = (column: ArrayLike<number>) => Array.from(column);
    const start = residue.reduce((sum, x) => sum + x * x / 2, 0);
    const flowColumns: StepsFlow = {
      ...{ kind: "flow", lambdaStart: 1, time, loss: list(lossDrop).map((x) => start - x) },
      ...{ lossDrop: list(lossDrop), displacementSquared: list(displacementSquared) },
      ...{ pathLength: list(pathLength), lambdaKernel: time.map(() => 1), gradients: 1 },
    };
    const descents = all.map(({ rate, eta }): StepsDescent => {
      const at = steps.map((step) => descentInModes(spectrum, { learningRate: eta, steps: step }));
      const column = (name: "time" | "lossDrop" | "displacementSquared" | "stepSquaredSum") => [
        0,
        ...at.map((one) => one[name]),
      ];
      const last = sharpness?.(seed);
      const noisy = noise ? 1 + noise.rho : 1;
      return {
        ...{ kind: "descent", lambdaStart: 1, rate, learningRate: eta },
        ...{ time: column("time"), loss: column("lossDrop").map((x) => start - x) },
        lossDrop: column("lossDrop").map((x) => factor(seed) * x),
        displacementSquared: column("displacementSquared"),
        pathLength: column("time"),
        stepSquaredSum: noise
          // What makes N Σ‖δθ‖²/‖Δθ‖² = ι (1 + measured).
          ? [
            0,
            ...at.map((one, i) =>
              flow.at(one.time).inefficiency * (1 + noise.measured(seed)) *
              one.displacementSquared / steps[i]
            ),
          ]
          : column("stepSquaredSum"),
        batchSize: noise ? 10 : 100,
        ...(noise
          ? {
            gradientSquared: [1, ...at.map(() => 1)],
            covarianceTrace: [1, ...at.map(() => 1)].map(() => (noisy - 1) * 10 * 99 / 90),
          }
          : { curvature: at.map(() => 1) }),
        ...(typeof last === "number" &&
          { sharpness: [{ entry: 0, value: 1 }, { entry: steps.length, value: last }] }),
        diverged: last === "diverges",
      };
    });
    return { seed, flow: flowColumns, descents };
  });
  return {
    configuration: {
      ...{ architecture: "fully-connected", width: 8, n: 100, seeds: residues.map((_, i) => i) },
      ...{ rates, learningRates, batches: noise ? [10] : [], batchRates: [0.1] },
      ...{ horizon: 100, mostSteps: 100, tolerance: 1e-3, looks: 0 },
    },
    realizations,
  };
}
