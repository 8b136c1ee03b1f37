/**
 * Checks of the records that experiments make and are handed back, one a record: what is none is
 * told with the argument's name, before anything is read of it. What stands in a study's realizations
 * is told by those who read it.
 *
 * @module
 */
import {
  checkFunction,
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkPositive,
  checkRecord,
  checkText,
  must,
} from "../numerics/checks.ts";

/** A measured column: NaN and infinities may be in it. */
export const checkColumn = <T extends ArrayLike<number>>(name: string, values: T): T =>
  checkNumbers(name, values, { gaps: true });

/** A number of a result, which may be NaN or infinite. */
export const checkValue = (name: string, value: number): number =>
  checkNumber(name, value, { gaps: true });

/** An object whose fields are told of where they are read. */
export const checkObject = <T>(name: string, value: T): T => checkRecord(name, value, {});

/**
 * The study, if it is one.
 *
 * @throws {TypeError} naming the argument or its field, the value and what it must be
 * @throws {RangeError} if the entry of its warm start is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkStudy } from "./checks.ts";
 * const study = { configuration: { n: 20 }, time: [0, 1], warmIndex: -1, realizations: [] };
 * assert.equal(checkStudy("study", study), study);
 * assert.throws(() => checkStudy("study", null), /^TypeError: study is null; it must be a speed limit/);
 * assert.throws(() => checkStudy("study", {}), /study.configuration is undefined; it must be an object/);
 * ```
 */
export const checkStudy = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    time: checkColumn,
    warmIndex: must(checkInteger, { least: -1 }),
    realizations: must(checkList, checkObject),
  }, "a speed limit study");

/** The same of each study of a list. */
export const checkStudies = <T>(name: string, studies: T): T =>
  checkList(name, studies, checkStudy);

/** What `conduct` can conduct, if it is. */
export const checkConductible = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    ...{ name: checkText, computation: must(checkRecord, { compute: checkFunction }) },
    ...{ resolve: checkFunction, runs: checkFunction, gather: checkFunction },
  }, "a study, as those of `studies`");

/** The residues of a study, if they are. */
export const checkResidues = <T>(name: string, residues: T): T =>
  checkRecord(name, residues, {
    configuration: checkObject,
    realizations: must(checkList, checkObject),
  }, "a study of residues");

/** The linearizations of a study's networks, if they are. */
export const checkLinearization = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    time: checkColumn,
    warmIndex: must(checkInteger, { least: -1 }),
    realizations: must(checkList, must(checkRecord, { at: must(checkList, checkObject) })),
  }, "a study of linearizations");

/** T/T_SL and lengths along a path, if they are: of one seed, or of a descent. */
export const checkPath = <T>(name: string, path: T): T =>
  checkRecord(
    name,
    path,
    { time: checkColumn, inefficiency: checkColumn },
    "a path with its ratios",
  );

/** The study of a kernel, if it is one. */
export const checkKernel = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    eigenvalues: checkColumn,
    startSquares: checkColumn,
    labelSquares: checkColumn,
  }, "a study of a kernel");

/** A power law of a population in its window, if it is one. */
export const checkLaw = <T>(name: string, law: T): T =>
  checkRecord(name, law, {
    ...{ exponent: checkValue, amplitude: checkValue, uncorrected: checkValue },
    ...{ window: checkColumn, wide: checkColumn, windows: checkColumn },
    ...{ samples: checkValue, sets: checkValue, fits: must(checkList, checkObject) },
  }, "a power law, as fitSampledPowerLaw gives it");

/** The fields of a slope. */
const SLOPE = { mean: checkValue, interval: must(checkNumbers, { gaps: true, length: 2 }) };

/** Measured exponents of T/T_SL, a list of them, if they are. */
export const checkGrowths = <T>(name: string, growths: T): T =>
  checkList(
    name,
    growths,
    must(checkRecord, {
      ...{ alpha: checkValue, delta: checkValue, predicted: checkValue },
      ...SLOPE,
      slope: must(checkRecord, SLOPE),
    }, "a measured growth"),
  );

/** How l_γ/l_geo grows on spectra, a list of them, if they are. */
export const checkScaledLengths = <T>(name: string, lengths: T): T =>
  checkList(
    name,
    lengths,
    must(checkRecord, {
      ...{ alpha: checkValue, delta: checkValue },
      ...{ exponent: must(checkRecord, SLOPE), gain: must(checkRecord, SLOPE) },
    }, "lengths, as measuredLengths gives them"),
  );

/** The exponents of a network, if they are. */
export const checkExponents = <T>(name: string, fit: T): T =>
  checkRecord(name, fit, {
    ...{ name: checkText, network: checkText, configuration: checkObject },
    studies: must(checkList, checkKernel, 1),
    ...{ alpha: checkLaw, start: checkLaw, labels: checkLaw },
  }, "the exponents of a network, as exponentsOf gives them");

/** A mean with its standard error, if it is one. */
export const checkMean = <T>(name: string, mean: T): T =>
  checkRecord(name, mean, { mean: checkValue, standardError: checkValue });

/** A mean beside what a limit's law says, if it is. */
export const checkMeasuredAndLimit = <T>(name: string, row: T): T =>
  checkRecord(name, row, {
    ...{ samples: checkValue, dimension: checkValue, measured: checkMean, limit: checkValue },
  }, "a measured mean beside its limit");

/** The same of many dimensions, with that of the stationary law, if it is. */
export const checkDimensionRow = <T>(name: string, row: T): T =>
  checkRecord(name, checkMeasuredAndLimit(name, row), {
    stationary: must(checkRecord, { measured: checkMean, limit: checkValue }),
  }, "a row, as dimensionRow gives it");

const checkToldValue = must(checkRecord, { value: checkValue, interval: checkColumn });

/** What α and δ of networks predict, a list of it, if it is. */
export const checkForecasts = <T>(name: string, networks: T): T =>
  checkList(
    name,
    networks,
    must(checkRecord, {
      ...{ network: checkText, at: checkValue, powerLaw: checkToldValue, growth: checkToldValue },
      kernels: must(
        checkList,
        must(checkRecord, { name: checkText, averaged: checkValue, labels: checkValue }),
      ),
    }, "a forecast, as networkForecast gives it"),
  );

/** A factor over seeds with its interval, if it is one. */
export const checkFactor = <T>(name: string, factor: T): T =>
  checkRecord(name, factor, {
    ...{ middle: checkNumber, low: checkNumber, high: checkNumber },
    seeds: checkInteger,
  }, "a factor with its interval");

/** Descent beside the flow at one time, if it is. */
export const checkBeside = <T>(name: string, entry: T): T =>
  checkRecord(name, entry, {
    ...{ epoch: checkValue, descent: checkValue, flow: checkValue, difference: checkValue },
  }, "descent beside the flow");

/** From which start, if it is one. */
export const checkStart = (name: string, start: "cold" | "warm"): string =>
  checkOneOf(name, start, ["cold", "warm"]);

/** The seeds of a reading at a mark, if they are. */
const checkSeeds = <T>(name: string, seeds: T): T =>
  checkList(name, seeds, must(checkRecord, { seed: checkValue }));

const AT_MARK = { mark: checkObject, start: checkStart, study: checkStudy, seeds: checkSeeds };

/** What studies say at a mark, if it is. */
export const checkAtMark = <T>(name: string, at: T): T =>
  checkRecord(name, at, AT_MARK, "what atMark gives");

/** The seeds of a reading at a mark with their ratios, if they are. */
export const checkSeedRatios = <T>(name: string, at: T): T =>
  checkRecord(name, at, {
    seeds: must(checkList, must(checkRecord, { seed: checkValue, inefficiency: checkValue })),
  });

/** Growths with the size, a list of them, if they are. */
export const checkSizeGrowths = <T>(name: string, growths: T): T =>
  checkList(
    name,
    growths,
    must(checkRecord, {
      ...{ network: checkText, mark: checkObject, start: checkStart },
      factors: must(
        checkList,
        must(checkRecord, { n: checkValue, from: checkValue, factor: checkFactor }),
      ),
      sizes: must(checkList, must(checkRecord, { n: checkValue, mostLeft: checkValue })),
      notReached: checkColumn,
    }, "what growthWithSize gives"),
  );

/** The peaks of a study's paths, if they are. */
export const checkPeaks = <T>(name: string, peaks: T): T =>
  checkRecord(name, peaks, {
    ...{ study: checkStudy, seeds: checkSeeds, inside: checkValue, again: checkValue },
  }, "what peaksOf gives");

/** An infinitely wide network's flow, if it is. */
export const checkWide = <T>(name: string, flow: T): T =>
  checkRecord(name, flow, {
    ...{ study: checkKernel, lateRate: checkValue, at: checkFunction },
  }, "what wideLimit gives");

/** A finite network beside its limit, if it is. */
export const checkBesideWide = <T>(name: string, beside: T): T =>
  checkRecord(name, beside, {
    finite: must(checkRecord, {
      ...AT_MARK,
      ...{ inefficiency: checkObject, lossLeft: checkObject },
    }, "what atMark gives of seeds that come so far"),
    wide: must(checkRecord, { inefficiency: checkValue, lossLeft: checkValue }),
  }, "what besideWideLimit gives");

/** Two studies that differ in the initial scale, if they are. */
export const checkScalePair = <T>(name: string, pair: T): T =>
  checkRecord(name, pair, {
    ...{ large: checkStudy, small: checkStudy, layers: checkPositive, time: checkPositive },
  }, "a pair of scales");

/** A study of initial weights, if it is one. */
export const checkInitialWeights = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(
      checkList,
      must(checkRecord, { flows: must(checkList, checkObject), linearized: checkObject }),
    ),
  }, "a study of initial weights");

/** A study of discrete steps, if it is one. */
export const checkDiscreteSteps = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(
      checkList,
      must(checkRecord, { flow: checkObject, descents: must(checkList, checkObject) }),
    ),
  }, "a study of discrete steps");

/** The columns of a flow from some start, if they are. */
export const checkStartFlow = <T>(name: string, flow: T): T =>
  checkRecord(name, flow, {
    ...{ time: checkColumn, loss: checkColumn, lossDrop: checkColumn },
    ...{ displacementSquared: checkColumn },
  }, "a flow of a study of initial weights");

/** A study of the scope, if it is one. */
export const checkScope = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: must(checkRecord, { n: checkValue }),
    realizations: must(
      checkList,
      must(checkRecord, { time: checkColumn, lossDrop: checkColumn, linearized: checkObject }),
    ),
  }, "a study of the scope");
