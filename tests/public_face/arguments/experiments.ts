/**
 * What the public functions of experiments take.
 *
 * @module
 */
import {
  anyNumber,
  anything,
  type Arguments,
  callable,
  column,
  either,
  extended,
  fields,
  finite,
  flag,
  integerFrom,
  iterable,
  list,
  matrix,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  rangedNumbers,
  record,
  signal,
  text,
  tuple,
  upTo,
} from "../kinds.ts";
import { activationNames, architectureNames } from "../../../lib/networks/mod.ts";
import {
  activationKind,
  descentColumnsKind,
  driftStudyKind,
  fokkerPlanckKind,
  kernelConfigurationKind,
  kernelExponentsKind,
  kernelStudyKind,
  landscapeKind,
  linearFlowKind,
  linearizationStudyKind,
  markKind,
  observedRunKind,
  pathRatiosKind,
  realizationKind,
  regressionSettingsKind,
  residueStudyKind,
  runGroundsKind,
  sampledPowerLawKind,
  seedAtMarkKind,
  seedPathKind,
  seedPeakKind,
  sourcesKind,
  speedLimitConfigurationKind,
  speedLimitStudyKind,
  startKind,
  studyKind,
  wideLimitKind,
} from "./records.ts";

export const experimentsArguments: Arguments = {
  codeFingerprint: {
    module: maybe(text),
    options: maybe(options({ input: maybe(anything), sources: maybe(sourcesKind) })),
  },
  didYouMean: { word: text, names: list(text) },
  fieldsOf: { fields: record({}, anything) },
  networkOf: {
    configuration: record({
      architecture: oneOf(...architectureNames),
      width: finite,
      depth: maybe(natural),
      activation: maybe(either(text, activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    }),
  },
  doubleWellRelaxation: {
    options: options({
      barrier: ranged,
      variance: ranged,
      beta: ranged,
      times: numbers,
      cells: maybe(natural),
      substeps: maybe(natural),
      wallBeta: maybe(ranged),
    }),
  },
  openChoices: { studies: list(speedLimitStudyKind) },
  drivenAlike: {
    natural: fokkerPlanckKind,
    options: options({ beta: positive, shares: maybe(numbers), substeps: maybe(natural) }),
  },
  ensembleInefficiency: {
    landscape: landscapeKind,
    options: options({
      beta: ranged,
      from: matrix,
      times: numbers,
      steps: natural,
      onProgress: maybe(callable),
      signal: maybe(signal),
    }),
  },
  descentBeside: {
    study: speedLimitStudyKind,
    options: options({
      learningRate: either(positive, callable),
      steps: natural,
      record: maybe(numbers),
      onProgress: maybe(callable),
      signal: maybe(signal),
      seed: natural,
    }),
  },
  commonEntries: {
    flow: seedPathKind,
    descent: descentColumnsKind,
    options: options({ learningRate: positive }),
  },
  entryNearEnd: {
    flow: seedPathKind,
    descent: descentColumnsKind,
    options: options({ learningRate: positive }),
  },
  exponentsOf: { studies: list(kernelStudyKind), name: maybe(text) },
  growthOf: { fit: record({ alpha: sampledPowerLawKind, start: sampledPowerLawKind }) },
  setsOfImages: { studies: list(kernelStudyKind) },
  networkName: { configuration: kernelConfigurationKind },
  kernelName: {
    given: fields({ configuration: kernelConfigurationKind }),
    options: maybe(options({ star: maybe(flag) })),
  },
  kernelFlows: { study: kernelStudyKind },
  powerLawForecast: {
    laws: options({
      alpha: record({ exponent: finite, amplitude: finite }),
      start: record({ exponent: finite, amplitude: finite }),
      modes: natural,
    }),
  },
  networkForecast: {
    fit: kernelExponentsKind,
    kernels: list(kernelStudyKind),
    options: options({
      at: ranged,
      measured: maybe(speedLimitStudyKind),
      linearized: maybe(callable),
    }),
  },
  measuredBeside: {
    given: fields({ configuration: kernelConfigurationKind }),
    studies: list(speedLimitStudyKind),
    options: options({ at: finite }),
  },
  inefficiencyRatio: {
    study: speedLimitStudyKind,
    other: speedLimitStudyKind,
    start: oneOf("cold", "warm"),
    options: maybe(options({ times: maybe(tuple(finite, finite)) })),
  },
  overRealizations: {
    study: speedLimitStudyKind,
    start: oneOf("cold", "warm"),
    column: oneOf("inefficiency", "tortuosity", "speedSpread", "loss"),
  },
  ratiosAt: { study: speedLimitStudyKind, options: maybe(options({ time: maybe(ranged) })) },
  cachedRun: {
    configuration: anything,
    compute: callable,
    options: maybe(options({ folder: maybe(text), module: maybe(text), data: maybe(text) })),
  },
  flowCheckpoint: {
    file: text,
    configuration: anything,
    options: maybe(options({ every: maybe(positive) })),
  },
  runKey: { configuration: anything, module: maybe(text), grounds: maybe(runGroundsKind) },
  growthExponent: { flow: linearFlowKind, window: options({ from: ranged, to: ranged }) },
  measuredGrowth: {
    laws: options({ alpha: ranged, delta: ranged, modes: natural }),
    window: options({ from: ranged, to: ranged }),
  },
  measuredLengths: {
    laws: options({ alpha: ranged, delta: ranged, modes: natural }),
    window: options({ from: ranged, to: ranged }),
  },
  powerLawFlow: { laws: options({ alpha: ranged, delta: ranged, modes: natural }) },
  dimensionRow: { settings: regressionSettingsKind, seeds: iterable },
  dissipationShare: {
    settings: regressionSettingsKind,
    options: options({ seeds: numbers, T: positive }),
  },
  noisyRow: { settings: regressionSettingsKind, seeds: numbers },
  overTeachers: { settings: regressionSettingsKind, seeds: numbers, of: callable },
  regressionByParticles: {
    settings: regressionSettingsKind,
    options: maybe(
      options({
        seed: maybe(natural),
        particles: maybe(integerFrom(100)),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  ridgePotential: { settings: regressionSettingsKind },
  stationaryRow: {
    settings: regressionSettingsKind,
    options: options({ seeds: numbers, late: positive }),
  },
  ratiosOf: {
    given: fields({ time: numbers, warmIndex: anyNumber }),
    realization: record({
      seed: natural,
      loss: numbers,
      lossDrop: maybe(numbers),
      displacementSquared: maybe(rangedNumbers),
      pathLength: maybe(numbers),
      testLoss: maybe(numbers),
      displacementSquaredFrom: maybe(record({}, numbers)),
      testAccuracy: numbers,
      lambdaMax: numbers,
      gradients: positive,
      seconds: positive,
      cold: maybe(pathRatiosKind),
      warm: maybe(pathRatiosKind),
    }),
    options: maybe(options({ from: maybe(finite) })),
  },
  lacksOfStored: {
    name: text,
    configuration: anything,
    options: maybe(options({ data: maybe(text) })),
  },
  storedResult: { name: text, options: maybe(options({ data: maybe(text) })) },
  storedResults: {
    folder: text,
    options: maybe(options({ data: maybe(text), onDamaged: maybe(callable) })),
  },
  storeResult: {
    name: text,
    result: anything,
    options: options({ command: text, folder: maybe(text) }),
  },
  kernelStudy: {
    configuration: anything,
    options: maybe(
      options({ cache: maybe(text), onProgress: maybe(callable), signal: maybe(signal) }),
    ),
  },
  studyNamed: { name: text },
  linearizationStudy: {
    study: speedLimitStudyKind,
    options: maybe(
      options({
        seeds: maybe(either(numbers, finite)),
        times: maybe(either(numbers, finite)),
        onProgress: maybe(callable),
        signal: maybe(signal),
        cache: maybe(text),
      }),
    ),
  },
  driftCurve: {
    study: driftStudyKind,
    quantity: oneOf(
      ...["change", "trace", "largest", "labels", "residue"],
      ...["shared1", "shared10", "shared50", "laziness"],
    ),
    options: maybe(options({ from: maybe(natural) })),
  },
  driftRatios: { study: driftStudyKind, flow: oneOf("own", "linear") },
  driftWithWidth: { studies: list(driftStudyKind) },
  exponentsAlong: { study: residueStudyKind },
  inefficiencyParts: { withStart: driftStudyKind, without: driftStudyKind },
  lazyRate: {
    studies: list(driftStudyKind),
    options: options({
      of: oneOf("outputs", "weights", "kernel"),
      from: maybe(positive),
      to: maybe(positive),
    }),
  },
  warmLook: { study: driftStudyKind, options: maybe(options({ threshold: maybe(ranged) })) },
  linearizationAt: {
    study: linearizationStudyKind,
    seed: natural,
    start: oneOf("cold", "warm"),
  },
  linearizedPath: {
    study: linearizationStudyKind,
    seed: natural,
    start: oneOf("cold", "warm"),
  },
  residueStudy: {
    study: speedLimitStudyKind,
    options: maybe(
      options({
        seeds: maybe(either(numbers, finite)),
        onProgress: maybe(callable),
        signal: maybe(signal),
        cache: maybe(text),
      }),
    ),
  },
  speedLimitStudy: {
    configuration: options({
      seeds: maybe(either(numbers, finite)),
      width: finite,
      n: natural,
      tolerance: maybe(upTo(0.2)),
      parametrization: maybe(oneOf("ntk", "standard")),
      architecture: maybe(oneOf(...architectureNames)),
      depth: maybe(finite),
      activation: maybe(oneOf(...activationNames)),
      weightStd: maybe(finite),
      biasStd: maybe(finite),
      horizon: maybe(positive),
      testImages: maybe(natural),
      entries: maybe(natural),
      threshold: maybe(upTo(0.9)),
    }),
    options: maybe(
      options({
        onProgress: maybe(callable),
        signal: maybe(signal),
        cache: maybe(text),
        onRealization: maybe(callable),
      }),
    ),
  },
  conduct: {
    study: studyKind,
    given: anything,
    options: maybe(
      options({
        onPart: maybe(callable),
        cache: maybe(text),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  factorText: { factor: fields({ middle: finite, low: finite, high: finite, seeds: finite }) },
  growthWithSize: {
    studies: list(speedLimitStudyKind),
    mark: markKind,
    options: maybe(options({ start: maybe(startKind) })),
  },
  growthsWithSize: {
    studies: list(speedLimitStudyKind),
    marks: list(markKind),
    options: maybe(options({ start: maybe(startKind) })),
  },
  seedFactor: {
    one: record({ seeds: list(seedAtMarkKind) }),
    other: record({ seeds: list(seedAtMarkKind) }),
  },
  atMark: {
    studies: either(speedLimitStudyKind, list(speedLimitStudyKind)),
    mark: markKind,
    options: maybe(options({ start: maybe(startKind) })),
  },
  atMarks: {
    studies: list(speedLimitStudyKind),
    marks: list(markKind),
    options: maybe(options({ start: maybe(startKind) })),
  },
  networkAndSize: { study: record({ configuration: speedLimitConfigurationKind }) },
  oneOfEach: {
    studies: list(speedLimitStudyKind),
    options: maybe(options({ prefer: maybe(oneOf("seeds", "horizon")) })),
  },
  seedMean: {
    values: numbers,
    options: maybe(options({ geometric: maybe(flag), least: maybe(positive) })),
  },
  seedMeanText: {
    value: maybe(record({
      mean: anyNumber,
      interval: maybe(tuple(anyNumber, anyNumber)),
      count: anyNumber,
    })),
    options: maybe(options({ of: maybe(natural), digits: maybe(natural) })),
  },
  markText: { mark: markKind },
  timeAtMark: {
    study: record({ time: column, configuration: record({ n: anyNumber }) }),
    realization: record({ loss: column, lambdaMax: column }),
    mark: markKind,
  },
  peakOf: {
    path: record({ time: column, inefficiency: column }),
    options: maybe(options({ threshold: maybe(positive) })),
  },
  peaksOf: {
    study: speedLimitStudyKind,
    options: maybe(options({ threshold: maybe(positive) })),
  },
  peakFactor: {
    one: record({ seeds: list(seedPeakKind) }),
    other: record({ seeds: list(seedPeakKind) }),
  },
  peakExponents: {
    list: list(record({ seeds: list(seedPeakKind), study: speedLimitStudyKind })),
  },
  agreement: {
    one: speedLimitStudyKind,
    other: speedLimitStudyKind,
    options: maybe(options({ until: maybe(extended) })),
  },
  recordedStudies: { options: maybe(options({ folder: maybe(text), twins: maybe(flag) })) },
  warmStartWithError: {
    study: record({
      time: column,
      realizations: list(realizationKind),
      configuration: speedLimitConfigurationKind,
    }),
    options: maybe(options({ threshold: maybe(finite), learningRate: maybe(positive) })),
  },
  ratioByStart: { study: speedLimitStudyKind, mark: markKind },
  inTransient: {
    growth: record({ sizes: list(record({ n: anyNumber, mostLeft: anyNumber })) }),
  },
  besideWideLimit: {
    studies: list(speedLimitStudyKind),
    flows: list(wideLimitKind),
    times: list(positive),
  },
  wideLimit: { study: kernelStudyKind },
  wideRegimes: {
    flow: wideLimitKind,
    options: maybe(options({ from: maybe(positive), to: maybe(positive) })),
  },
  lambdaMaxAtStart: { study: speedLimitStudyKind, seed: ranged },
  leastRatio: {
    studies: list(speedLimitStudyKind),
    options: maybe(options({ from: maybe(extended), to: maybe(extended) })),
  },
  lossesAt: { study: speedLimitStudyKind, place: oneOf("start", "end") },
  pathOfSeed: { study: speedLimitStudyKind, seed: natural, start: oneOf("cold", "warm") },
  shareOnFirst: {
    study: residueStudyKind,
    start: oneOf("cold", "warm"),
    options: maybe(options({ count: maybe(natural) })),
  },
  silentLoss: { n: natural },
  studiesWith: {
    studies: list(record({ configuration: record({ n: finite }) })),
    part: record({
      n: maybe(
        record({
          toString: callable,
          toFixed: callable,
          toExponential: callable,
          toPrecision: callable,
          valueOf: callable,
          toLocaleString: callable,
        }),
      ),
    }),
  },
  warmStartOf: {
    given: fields({ time: numbers, warmIndex: anyNumber }),
    options: maybe(options({ learningRate: maybe(positive) })),
  },
  workOf: { study: speedLimitStudyKind },
  warmStart: { runs: list(observedRunKind), threshold: maybe(ranged) },
};
