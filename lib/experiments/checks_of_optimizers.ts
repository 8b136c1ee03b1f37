/**
 * Checks of the studies of optimizers and schedules, as `checks.ts` has them of the others.
 *
 * @module
 */
import { checkList, checkRecord, checkText, must } from "../numerics/checks.ts";
import { checkColumn, checkObject, checkValue } from "./checks.ts";

const WALK = {
  ...{ seed: checkValue, end: checkText, step: checkColumn, loss: checkColumn },
  ...{ displacementSquared: checkColumn, stepSquaredSum: checkColumn, testLoss: checkColumn },
  ...{ ownDrop: checkColumn, ownSquare: checkColumn },
} as const;

/** The study of optimizers, if it is one. */
export const checkOptimizers = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    optimizers: must(
      checkList,
      must(checkRecord, {
        ...{ optimizer: checkText, tried: must(checkList, checkObject) },
        walks: must(checkList, must(checkRecord, WALK)),
      }),
    ),
  }, "a study of optimizers");

const FLOW = {
  ...{ time: checkColumn, pathLength: checkColumn, lossDrop: checkColumn, testLoss: checkColumn },
  ...{ lambdaMax: checkColumn, gradientSquared: checkColumn, products: checkColumn },
  testGradientSquared: checkColumn,
} as const;

/** The study of schedules, if it is one. */
export const checkSchedules = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(
      checkList,
      must(checkRecord, {
        ...{ seed: checkValue, flow: must(checkRecord, FLOW) },
        descents: must(checkList, checkObject),
      }),
    ),
  }, "a study of schedules");
