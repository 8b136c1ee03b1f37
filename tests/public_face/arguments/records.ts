/**
 * Records that public functions take: studies, fits, laws, networks. What is measured may have gaps.
 *
 * @module
 */
import {
  anyNumber,
  anything,
  callable,
  column,
  either,
  finite,
  flag,
  instance,
  like,
  list,
  matrix,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  record,
  signal,
  tensor,
  text,
  tuple,
} from "../kinds.ts";
import { activationNames, architectureNames } from "../../../lib/networks/mod.ts";

export const gaussianKind = record({ mean: like([0, 1], numbers), covariance: matrix });
export const potentialKind = record({
  minimum: like([0, 1], numbers),
  curvature: matrix,
  offset: maybe(finite),
});
export const pathColumnsKind = record({
  time: column,
  loss: column,
  displacementSquared: column,
  pathLength: column,
  lossDrop: maybe(column),
  displacementSquaredFrom: maybe(record({}, column)),
});
export const gridDensityKind = record({ edges: like([0, 1, 2, 3], numbers), density: numbers });
export const weightedPointsKind = record({ points: numbers, weights: maybe(numbers) });
export const landscapeKind = record({ dimension: natural, value: callable, gradient: callable });
export const curvedLandscapeKind = record({
  ...{ dimension: natural, value: callable, gradient: callable, hessianProduct: callable },
  startProduct: maybe(callable),
});
export const parameterSpecificationKind = record({
  shape: column,
  initialStd: anyNumber,
  multiplier: anyNumber,
});
export const pixelOperationKind = record({
  operation: oneOf("convolve3x3", "rectify", "scale", "shift", "keep"),
  variance: maybe(anyNumber),
  tangent: maybe(anyNumber),
});
export const sampleProductKind = record({
  prepare: maybe(callable),
  times: callable,
  block: maybe(callable),
  work: maybe(callable),
});
export const layerKind = record({
  name: text,
  parameters: list(parameterSpecificationKind),
  outputShape: column,
  forward: callable,
  jvp: callable,
  inputVjp: callable,
  slope: maybe(callable),
  parameterVjp: callable,
  vjpTangent: record({ input: callable, parameters: callable }),
  recursion: callable,
  pixelStep: maybe(either(pixelOperationKind, record({ pool: anyNumber }))),
  kernelParts: callable,
  sampleProduct: maybe(sampleProductKind),
});
export const networkKind = record({
  configuration: record({}, anything),
  layers: list(layerKind),
  inputShape: column,
  outputs: anyNumber,
  shapes: list(column),
  parameterCount: anyNumber,
  init: callable,
  apply: callable,
  jvp: callable,
  vjp: callable,
  pullback: callable,
});
export const trainingSetKind = record({ images: tensor, targets: tensor });
export const optimizerKind = record({
  name: text,
  preconditioned: maybe(flag),
  init: callable,
  update: callable,
});
export const testSetKind = record({ images: tensor, labels: numbers });
export const descentCheckpointKind = record({
  load: callable,
  save: callable,
  every: maybe(anyNumber),
});
export const stepControllerKind = record({
  first: callable,
  accepts: callable,
  next: callable,
  shorter: callable,
});
export const flowSolverKind = record({
  name: text,
  controller: stepControllerKind,
  lambdaEvery: maybe(anyNumber),
  attempt: callable,
});
export const flowCheckpointKind = record({
  load: callable,
  save: callable,
  every: maybe(anyNumber),
});
export const sourcesKind = record({ root: text, text: callable });
export const networkConfigurationKind = record({
  architecture: oneOf(...architectureNames),
  width: finite,
  depth: maybe(finite),
  activation: maybe(oneOf(...activationNames)),
  weightStd: maybe(finite),
  biasStd: maybe(finite),
  parametrization: maybe(oneOf("ntk", "standard")),
});
export const fokkerPlanckKind = record({
  edges: column,
  centers: column,
  time: column,
  density: list(column),
  meanSquaredVelocity: column,
  entropyProduction: column,
  integratedSquaredVelocity: column,
  w2Squared: column,
  speedLimit: column,
  inefficiency: column,
});
export const speedLimitConfigurationKind = record({
  n: anyNumber,
  seeds: column,
  weightStd: anyNumber,
  parametrization: oneOf("ntk", "standard"),
  horizon: anyNumber,
  tolerance: anyNumber,
  testImages: anyNumber,
  entries: anyNumber,
  threshold: anyNumber,
  architecture: oneOf(...architectureNames),
  width: anyNumber,
  depth: maybe(anyNumber),
  activation: maybe(oneOf(...activationNames)),
  biasStd: maybe(anyNumber),
});
export const pathRatiosKind = record({
  inefficiency: column,
  tortuosity: column,
  speedSpread: column,
});
export const realizationKind = record({
  seed: anyNumber,
  cold: pathRatiosKind,
  warm: maybe(pathRatiosKind),
  gradients: anyNumber,
  seconds: anyNumber,
  loss: column,
  testAccuracy: column,
  lambdaMax: column,
  lossDrop: maybe(column),
  displacementSquared: maybe(column),
  pathLength: maybe(column),
  testLoss: maybe(column),
  displacementSquaredFrom: maybe(record({}, column)),
});
export const speedLimitStudyKind = record({
  configuration: speedLimitConfigurationKind,
  time: column,
  warmIndex: anyNumber,
  realizations: list(realizationKind),
});
export const seedPathKind = record({ time: column, inefficiency: column, tortuosity: column });
export const descentColumnsKind = record({
  time: column,
  inefficiency: column,
  curvature: maybe(column),
});
export const kernelConfigurationKind = record({
  width: either(oneOf("infinite"), anyNumber),
  n: anyNumber,
  seed: maybe(anyNumber),
  architecture: oneOf(...architectureNames),
  depth: maybe(anyNumber),
  activation: maybe(oneOf(...activationNames)),
  weightStd: maybe(anyNumber),
  biasStd: maybe(anyNumber),
});
export const kernelStudyKind = record({
  configuration: kernelConfigurationKind,
  eigenvalues: column,
  labelSquares: column,
  startSquares: column,
  lossAtStart: anyNumber,
});
export const powerLawFitKind = record({
  exponent: anyNumber,
  interval: tuple(anyNumber, anyNumber),
  jackknifeError: anyNumber,
  amplitude: anyNumber,
  rSquared: anyNumber,
  window: tuple(anyNumber, anyNumber),
  points: anyNumber,
  bins: like(15, anyNumber),
});
export const sampledPowerLawKind = record({
  exponent: anyNumber,
  amplitude: anyNumber,
  window: like([10, 100], tuple(anyNumber, anyNumber)),
  sets: like(4, anyNumber),
  samples: like(1000, anyNumber),
  interval: tuple(anyNumber, anyNumber),
  wide: tuple(anyNumber, anyNumber),
  windows: tuple(anyNumber, anyNumber),
  uncorrected: anyNumber,
  fits: list(record({})),
});
export const kernelExponentsKind = record({
  name: text,
  network: text,
  configuration: kernelConfigurationKind,
  studies: list(kernelStudyKind),
  alpha: sampledPowerLawKind,
  start: sampledPowerLawKind,
  labels: sampledPowerLawKind,
});
export const runGroundsKind = record({ data: text, backend: text });
export const linearFlowKind = record({ at: callable, along: callable });
export const computationKind = record({ module: text, data: maybe(text), compute: callable });
export const studyKind = record({
  name: text,
  summary: text,
  folder: text,
  module: text,
  fields: record({}, anything),
  resolve: callable,
  computation: computationKind,
  runs: callable,
  gather: callable,
  fileName: callable,
  write: maybe(callable),
  read: maybe(callable),
  tell: maybe(callable),
});
export const residueAtStartKind = record({
  time: anyNumber,
  eigenvalues: column,
  squares: column,
  alignment: anyNumber,
});
export const residueRealizationKind = record({
  seed: anyNumber,
  cold: residueAtStartKind,
  warm: maybe(residueAtStartKind),
  kernelChange: maybe(anyNumber),
});
export const residueStudyKind = record({
  configuration: speedLimitConfigurationKind,
  realizations: list(residueRealizationKind),
});
export const linearizationStudyKind = record({
  configuration: speedLimitConfigurationKind,
  time: column,
  warmIndex: finite,
  realizations: list(record({ seed: anyNumber, kernels: text, at: list(record({})) })),
});
export const driftStudyKind = record({
  configuration: record({}),
  time: column,
  realizations: list(record({
    seed: anyNumber,
    own: record({}),
    linear: record({}),
    gap: record({}),
    at: list(record({})),
    gradients: anyNumber,
  })),
});
export const observedRunKind = record({ observed: record({}, column) });
export const meanAndErrorKind = record({
  mean: anyNumber,
  standardError: anyNumber,
  interval: tuple(anyNumber, anyNumber),
  count: anyNumber,
});
export const inefficiencyPartsKind = record({
  time: anyNumber,
  seeds: column,
  own: column,
  linear: column,
  ownWithout: column,
  linearWithout: column,
  function: meanAndErrorKind,
  motion: meanAndErrorKind,
  difference: meanAndErrorKind,
  interaction: meanAndErrorKind,
});
export const networkPartsKind = record({ network: text, parts: inefficiencyPartsKind });
export const lazyRateKind = record({
  network: text,
  of: oneOf("outputs", "weights", "kernel"),
  points: list(record({ scale: anyNumber, gaps: column })),
  window: tuple(anyNumber, anyNumber),
  exponent: meanAndErrorKind,
});
export const networkLossPartsKind = record({
  network: text,
  marks: list(record({
    left: finite,
    found: maybe(record({
      ...{ left: finite, of: anyNumber },
      times: record({ own: column }),
      parts: inefficiencyPartsKind,
    })),
  })),
});
export const lazyPartingKind = record({
  network: text,
  mark: text,
  of: anyNumber,
  tolerance: anyNumber,
  points: list(record({ scale: anyNumber, ratios: column })),
  partings: list(record({ by: anyNumber, scales: column })),
});
export const driftWithWidthKind = record({
  network: text,
  widths: list(record({
    width: anyNumber,
    change: record({
      mean: anyNumber,
      interval: tuple(anyNumber, anyNumber),
      arithmetic: anyNumber,
      count: anyNumber,
    }),
  })),
  steps: list(record({
    from: anyNumber,
    to: anyNumber,
    factor: record({
      mean: anyNumber,
      interval: tuple(anyNumber, anyNumber),
      arithmetic: anyNumber,
      count: anyNumber,
    }),
  })),
});
const toldValueKind = record({ value: anyNumber, interval: tuple(anyNumber, anyNumber) });
const exponentsAtKind = record({
  time: anyNumber,
  alpha: sampledPowerLawKind,
  delta: sampledPowerLawKind,
});
export const exponentsAlongKind = record({
  network: text,
  cold: exponentsAtKind,
  warm: exponentsAtKind,
  change: record({ alpha: toldValueKind, delta: toldValueKind }),
});
export const networkForecastKind = record({
  network: text,
  at: anyNumber,
  powerLaw: toldValueKind,
  growth: toldValueKind,
  kernels: list(
    record({
      name: text,
      averaged: anyNumber,
      labels: anyNumber,
      linearized: maybe(anyNumber),
      own: maybe(anyNumber),
    }),
  ),
});
export const recordedRunKind = record({
  columns: record({ inefficiency: column, tortuosity: column, speedSpread: column }),
  clock: anyNumber,
});
const lateSlope = { mean: anyNumber, interval: tuple(anyNumber, anyNumber) };
export const measuredGrowthKind = record({
  alpha: anyNumber,
  delta: anyNumber,
  ...lateSlope,
  predicted: anyNumber,
  slope: record(lateSlope),
});
export const measuredLengthsKind = record({
  alpha: anyNumber,
  delta: anyNumber,
  exponent: record(lateSlope),
  gain: record(lateSlope),
});
export const measuredAndLimitKind = record({
  samples: anyNumber,
  dimension: anyNumber,
  measured: meanAndErrorKind,
  limit: anyNumber,
});
export const dimensionRowKind = record({
  samples: anyNumber,
  dimension: anyNumber,
  measured: meanAndErrorKind,
  limit: anyNumber,
  stationary: record({ measured: meanAndErrorKind, limit: anyNumber }),
});
export const particlesAndLawKind = record({
  measured: list(record({ mean: anyNumber, standardError: anyNumber })),
  expected: like([1, 1], column),
});
export const concludedClaimKind = record({
  claim: text,
  verdict: text,
  evidence: text,
  mark: maybe(text),
  cell: maybe(text),
});
export const notebookConclusionKind = record({
  notebook: text,
  headline: text,
  claims: list(concludedClaimKind),
});
export const concludedNotebookKind = record({
  name: text,
  title: text,
  cell: maybe(text),
  conclusion: maybe(notebookConclusionKind),
});
export const axisKind = record({
  label: maybe(text),
  log: maybe(flag),
  range: maybe(tuple(anyNumber, anyNumber)),
  ticks: maybe(column),
  tickText: maybe(list(text)),
});
export const landscapeFlowKind = record({
  time: column,
  wallTime: column,
  loss: column,
  lossDrop: column,
  displacementSquared: column,
  pathLength: column,
  positions: list(column),
});
const traceKind = record({ type: text }, anything);
export const marksKind = list(either(traceKind, list(traceKind)));
export const panelKind = record({
  marks: marksKind,
  inset: maybe(
    record({
      title: maybe(text),
      x: maybe(either(text, axisKind)),
      y: maybe(either(text, axisKind)),
      log: maybe(oneOf("x", "y", "xy")),
      marks: marksKind,
    }),
  ),
  title: maybe(text),
  x: maybe(either(text, axisKind)),
  y: maybe(either(text, axisKind)),
  log: maybe(oneOf("x", "y", "xy")),
});
export const terminalKind = record({ isTerminal: flag, columns: callable, write: callable });
export const derivationStepKind = record({
  left: text,
  right: text,
  relation: maybe(text),
  words: maybe(text),
});
export const derivationKind = record({
  steps: list(derivationStepKind),
  points: anyNumber,
  ranges: record({}, tuple(anyNumber, anyNumber)),
  worst: anyNumber,
});
export const figureKind = record({
  data: list(record({}, anything)),
  layout: record({}, anything),
});
export const sliderFrameKind = record({ value: either(text, anyNumber), figure: figureKind });
export const descentBesideFlowKind = record({
  epoch: anyNumber,
  descent: anyNumber,
  flow: anyNumber,
  difference: anyNumber,
  least: maybe(anyNumber),
});
export const dualActivationKind = record({ value: callable, slope: callable });
export const controlKind = record({ onProgress: maybe(callable), signal: maybe(signal) });
export const kernelSpectrumKind = record({ eigenvalues: numbers, eigenvectors: matrix });
export const numberRangeKind = record({
  least: maybe(anyNumber),
  most: maybe(anyNumber),
  above: maybe(anyNumber),
  below: maybe(anyNumber),
});
export const odeTermKind = record({
  evaluate: callable,
  largestEigenvalue: maybe(callable),
  finite: maybe(callable),
});
export const odePointKind = record({ velocity: instance("Float64Array") });
export const largestEigenvalueKind = record({
  value: anyNumber,
  vector: instance("Float64Array"),
  dispose: maybe(callable),
});
export const solverKind = record({
  name: text,
  controller: stepControllerKind,
  lambdaEvery: maybe(anyNumber),
  lookUp: maybe(callable),
  attempt: callable,
});
export const stepRecorderKind = record({ take: callable });
export const interruptionKind = record({ signal: maybe(signal), heed: callable, within: callable });
export const stepsKind = record({
  next: callable,
  return: callable,
  throw: callable,
  map: callable,
  filter: callable,
  take: callable,
  drop: callable,
  flatMap: callable,
  reduce: callable,
  toArray: callable,
  forEach: callable,
  some: callable,
  every: callable,
  find: callable,
});
export const inefficiencyColumnsKind = record({
  time: column,
  lossDrop: column,
  displacementSquared: column,
  pathLength: column,
  speedLimit: column,
  inefficiency: column,
  tortuosity: column,
  speedSpread: column,
});
export const speedLimitReportKind = record({
  columns: inefficiencyColumnsKind,
  clock: anyNumber,
  notes: list(text),
});
export const readableKind = record({ data: callable });
/** What `activationOf` checks further: a dual, or φ and φ′ of numbers. */
export const activationKind = record({ name: text, forward: callable, derivative: callable });
/** Of a regression: a slip among what may be left out would go unnoticed. */
export const regressionSettingsKind = options({
  samples: natural,
  dimension: natural,
  teacherNorm: maybe(positive),
  labelNoise: maybe(positive),
  priorStd: maybe(positive),
  inputVariance: maybe(positive),
  beta: positive,
});

/** One of four. */
export const markKind = either(
  record({ time: anyNumber }),
  record({ meanTime: anyNumber }),
  record({ lossLeft: anyNumber }),
  record({ steps: anyNumber }),
);
const seedMeanKind = record({
  mean: anyNumber,
  interval: maybe(tuple(anyNumber, anyNumber)),
  count: anyNumber,
});
export const seedAtMarkKind = record({
  ...{ seed: anyNumber, time: anyNumber, inefficiency: anyNumber, tortuosity: anyNumber },
  ...{ speedSpread: anyNumber, lossLeft: anyNumber, testAccuracy: anyNumber },
});
export const startKind = oneOf("cold", "warm");
export const atMarkKind = record({
  ...{ mark: markKind, start: startKind, study: speedLimitStudyKind },
  seeds: list(seedAtMarkKind),
  ...{ time: maybe(seedMeanKind), inefficiency: maybe(seedMeanKind) },
  ...{ tortuosity: maybe(seedMeanKind), speedSpread: maybe(seedMeanKind) },
  ...{ lossLeft: maybe(seedMeanKind), testAccuracy: maybe(seedMeanKind) },
});
export const seedFactorKind = record({
  ...{ middle: anyNumber, low: anyNumber, high: anyNumber, seeds: anyNumber },
});
export const sizeGrowthKind = record({
  ...{ architecture: text, width: anyNumber, network: text, mark: markKind, start: startKind },
  factors: list(record({ n: anyNumber, from: anyNumber, factor: seedFactorKind })),
  exponent: maybe(meanAndErrorKind),
  sizes: list(record({ n: anyNumber, mostLeft: anyNumber })),
  notReached: column,
});
const placeKind = record({ time: anyNumber, inefficiency: anyNumber });
export const seedPeakKind = record({
  ...{ seed: anyNumber, shape: oneOf("rises", "rises, falls", "rises, falls, rises again") },
  ...{ peak: maybe(placeKind), trough: maybe(placeKind), end: placeKind },
});
export const studyPeaksKind = record({
  ...{ study: speedLimitStudyKind, seeds: list(seedPeakKind), inside: anyNumber },
  ...{ again: anyNumber, time: maybe(seedMeanKind), inefficiency: maybe(seedMeanKind) },
  ...{ troughTime: maybe(seedMeanKind), trough: maybe(seedMeanKind), fall: maybe(seedMeanKind) },
});
export const wideLimitKind = record({ study: kernelStudyKind, lateRate: anyNumber, at: callable });
export const besideWideLimitKind = record({
  finite: atMarkKind,
  wide: record({
    ...{ time: anyNumber, inefficiency: anyNumber, initial: anyNumber, labels: anyNumber },
    ...{ initialWeight: anyNumber, slope: anyNumber, lossLeft: anyNumber },
  }),
});
export const scalePairKind = record({
  ...{ large: speedLimitStudyKind, small: speedLimitStudyKind, layers: anyNumber },
  time: anyNumber,
});
export const agreementKind = record({
  ...{ largest: anyNumber, seed: anyNumber, time: anyNumber, typical: anyNumber },
  seeds: anyNumber,
});
const flowColumnsKind = record({}, anything);
export const widthSeriesKind = record({
  configuration: record({}, anything),
  limit: record({ eigenvalues: column, labels: column, covariance: column }),
  networks: list(record({
    ...{ width: anyNumber, seed: natural, time: column, lambdaMax: column },
    ...{ flow: flowColumnsKind, wide: flowColumnsKind, kernel: record({}, anything) },
  })),
});
export const wideFunctionsKind = record({
  ...{ time: column, lambdaMax: anyNumber, flows: list(flowColumnsKind) },
});
export const widthsAtMarkKind = record({
  ...{ mark: markKind, configuration: record({}, anything), limit: list(record({}, anything)) },
  widths: list(record({
    ...{ width: anyNumber, of: anyNumber },
    networks: list(record({ wide: record({}, anything) })),
  })),
});
export const widthCorrectionKind = record({
  ...{ mark: markKind, fit: record({}, anything), measured: list(anything) },
});
export const namedCorrectionKind = record({
  where: text,
  correction: maybe(record({ fit: record({}, anything) })),
});
export const namedSpreadKind = record({
  where: text,
  spread: maybe(record({ rate: record({}, anything), groups: list(anything) })),
});
export const sizeGroupKind = record({ size: positive, values: like([1, 2], numbers) });
export const initialWeightsStudyKind = record({
  configuration: record({}),
  realizations: list(record({ flows: list(record({})), linearized: record({}) })),
});
export const discreteStepsStudyKind = record({
  configuration: record({}),
  realizations: list(record({ flow: record({}), descents: list(record({})) })),
});
export const ensemblesStudyKind = record({
  configuration: record({}),
  realizations: list(
    record({ flow: record({}), tangents: list(record({})), langevin: record({}) }),
  ),
});
export const langevinStepsStudyKind = record({
  configuration: record({}),
  realizations: list(record({ steps: list(anything) })),
});
const steppedMeanKind = record({ quotient: finite });
export const linearLangevinStepKind = record({
  ...{ time: finite, length: finite, step: finite, stiffness: finite },
  ...{ meanLoss: steppedMeanKind, meanSquare: steppedMeanKind, heat: steppedMeanKind },
});
export const ensembleGeometryKind = record({
  network: text,
  directions: natural,
  dimension: natural,
  times: list(record({ time: finite, projected: finite, apart: finite })),
});
export const exactAndSampledKind = record({
  exact: anyNumber,
  mean: anyNumber,
  interval: tuple(anyNumber, anyNumber),
});
export const startFlowKind = record({
  time: column,
  loss: column,
  lossDrop: column,
  displacementSquared: column,
});
export const scopeConfigurationKind = record({ n: finite, width: finite });
export const scopeStudyKind = record({
  configuration: scopeConfigurationKind,
  realizations: list(record({ time: column, lossDrop: column, linearized: record({}) })),
});
export const scopeMarkKind = either(oneOf("end", "largest"), markKind);
