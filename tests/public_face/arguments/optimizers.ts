/**
 * What the public functions about optimizers and schedules take, of all rooms.
 *
 * @module
 */
import {
  anyNumber,
  type Arguments,
  column,
  either,
  like,
  list,
  maybe,
  oneOf,
  options,
  positive,
  record,
  text,
} from "../kinds.ts";

const walkKind = record({
  ...{ seed: anyNumber, end: text, step: column, loss: column, displacementSquared: column },
  ...{ stepSquaredSum: column, testLoss: column, ownDrop: column, ownSquare: column },
});
const optimizersStudyKind = record({
  configuration: record({}),
  optimizers: list(record({ optimizer: text, tried: list(record({})), walks: list(walkKind) })),
});
const flowKind = record({
  ...{ time: column, pathLength: column, lossDrop: column, testLoss: column, lambdaMax: column },
  ...{ gradientSquared: column, testGradientSquared: column, products: column },
});
const schedulesStudyKind = record({
  configuration: record({}),
  realizations: list(record({ seed: anyNumber, flow: flowKind, descents: list(record({})) })),
});
const markKind = like(
  { left: 0.5 },
  either(record({ left: positive }), record({ testLoss: positive })),
);
const ratio = oneOf("own", "discrete", "testShare");
const schedule = oneOf("constant", "cosine", "best", "unbounded", "stability");
const titled = maybe(options({ title: maybe(text) }));

export const optimizersArguments: Arguments = {
  bestScheduleGains: {
    studies: list(schedulesStudyKind),
    options: maybe(options({ over: maybe(oneOf("constant", "stability")) })),
  },
  commonTestLoss: { study: optimizersStudyKind },
  generalizationLimits: { study: schedulesStudyKind },
  generalizationNearLimit: {
    studies: list(optimizersStudyKind),
    flows: list(schedulesStudyKind),
  },
  generalizationPanel: { study: schedulesStudyKind, options: titled },
  generalizationRows: { studies: list(schedulesStudyKind) },
  judgeCases: { study: optimizersStudyKind },
  judgeRows: { studies: list(optimizersStudyKind) },
  metricRaisesTestLoss: { studies: list(optimizersStudyKind) },
  momentumClock: { studies: list(optimizersStudyKind) },
  momentumClocks: { study: optimizersStudyKind, optimizer: oneOf("heavy-ball", "nesterov") },
  optimizerRatioPanel: { study: optimizersStudyKind, ratio, options: titled },
  optimizerRows: { study: optimizersStudyKind, mark: markKind },
  optimizersAt: { study: optimizersStudyKind, mark: markKind },
  optimizersHeadline: { study: optimizersStudyKind },
  ownLimitsHold: { studies: list(optimizersStudyKind) },
  ratioJudges: { studies: list(optimizersStudyKind) },
  scheduleFlowRows: { studies: list(schedulesStudyKind) },
  scheduleGains: { study: schedulesStudyKind },
  schedulePanel: { study: schedulesStudyKind, options: titled },
  scheduleRows: { studies: list(schedulesStudyKind) },
  scheduleStepRows: { studies: list(schedulesStudyKind) },
  shareThatStepsHave: { studies: list(schedulesStudyKind) },
  sharpnessGains: { studies: list(schedulesStudyKind) },
  stepsAgainstRatioPanel: { study: optimizersStudyKind, ratio, options: titled },
  stepsOver: { study: schedulesStudyKind, schedule, other: schedule },
  tunedStepsAreFlows: { studies: list(optimizersStudyKind) },
  tuningRows: { study: optimizersStudyKind },
};
