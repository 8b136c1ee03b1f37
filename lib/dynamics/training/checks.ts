/**
 * Checks of what trainings are told: data, weights, test images and where the state is kept.
 *
 * @module
 */
import { checkTensor } from "../../networks/tensors.ts";
import {
  type Check,
  checkFunction,
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";

/** The images and targets, if they are tensors. @throws {TypeError} naming what is wrong of it */
export const checkTrainingSet = <T>(name: string, data: T): T =>
  checkRecord(
    name,
    data,
    { images: checkTensor, targets: checkTensor },
    "{ images, targets }, two tensors",
  );

/** The images and labels, if they are tensor and numbers. @throws {TypeError} likewise */
export const checkTestSet = <T>(name: string, test: T): T =>
  checkRecord(
    name,
    test,
    { images: checkTensor, labels: checkNumbers },
    "{ images, labels }, a tensor and numbers",
  );

/** A checkpoint, if it is one; `every` as its training takes it. */
export function checkpointWith(every: Check): Check {
  return maybe(
    must(
      checkRecord,
      { load: checkFunction, save: checkFunction, every: maybe(every) },
      "{ load, save, every? }, where the state is kept",
    ),
  );
}

/** What all trainings have among their options, as a check of options takes it. */
export const TRAINING_CHECKS = {
  parameters: maybe(checkList, checkTensor),
  seed: maybe(checkInteger, { least: 0 }),
  scale: maybe(checkPositive),
  record: maybe(checkNumbers),
  test: maybe(checkTestSet),
  checkpoint: checkpointWith(must(checkNumber, { least: 0 })),
  ...CONTROL_CHECKS,
} as const;
