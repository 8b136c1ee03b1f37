/**
 * What is kept of a gradient flow: the columns of its trajectory, its sums, and the weights at times
 * and events that were asked for.
 *
 * @module
 */
import type { OdeState, StepRecorder, TakenStep } from "../../numerics/ode/mod.ts";
import { added } from "../../numerics/vectors.ts";
import { flowCubic, type FlowCurve } from "./flow_curve.ts";
import type { FlowPoint } from "./flow_term.ts";
import type { EventEntry, FlowState, GradientFlowOptions } from "./gradient_flow_options.ts";
import { type Trajectory, trajectoryRecorder } from "./trajectory.ts";

/** What a checkpoint holds of the recorder. */
export type FlowRecord = Pick<
  FlowState,
  "lossDrop" | "pathLength" | "snapshots" | "events" | "recorder"
>;

/** The recorder of one flow. */
export interface FlowRecorder extends StepRecorder<FlowPoint, FlowCurve> {
  /** L(0) − L, summed over the steps. */
  readonly lossDrop: number;
  /** Enters a state that no step has entered: the start, or where the flow was stopped. */
  enter(state: OdeState<FlowPoint>): Promise<void>;
  /** Whether the last step's end is an entry. */
  readonly entered: boolean;
  trajectory(): Trajectory;
  /** Plain values to go on from; not copied. */
  state(): FlowRecord;
}

/** Bytes of displacements that are kept as origins of ‖θ_t − θ_s‖². */
const ORIGIN_BYTES = 2 ** 29;

/**
 * A recorder that begins anew, or goes on from what a checkpoint holds.
 *
 * @param observe what is seen at an entry, such as the accuracy on test images
 */
export function flowRecorder(
  parameterCount: number,
  { record, snapshots: times = [], events: asked = {}, observe, from }:
    & Pick<GradientFlowOptions, "record" | "snapshots" | "events">
    & {
      readonly observe: (displacement: Float64Array) => Promise<Readonly<Record<string, number>>>;
      readonly from?: FlowState;
    },
): FlowRecorder {
  const columns = trajectoryRecorder(parameterCount, {
    snapshotBytes: ORIGIN_BYTES,
    from: from?.recorder,
  });
  const snapshots: FlowState["snapshots"] = from?.snapshots ?? new Map();
  const events: FlowState["events"] = from?.events ?? new Map();
  let { lossDrop, pathLength } = from ?? { lossDrop: 0, pathLength: 0 };
  // A checkpoint's own end is an entry only if it was due.
  let entered = !from || from.recorder.entries.at(-1)?.time === from.time;

  const entry = async (
    displacement: Float64Array,
    values: { time: number; loss: number; lossDrop: number; pathLength: number; lambdaMax: number },
  ) => {
    const { lambdaMax, ...scalars } = values;
    const observed = { ...await observe(displacement), lambdaMax };
    columns.record({ ...scalars, stepSquaredSum: NaN, observed }, displacement);
    const { time, loss } = scalars;
    if (times.includes(time)) snapshots.set(time, displacement.slice());
    const seen: EventEntry = { testLoss: NaN, testAccuracy: NaN, time, loss, ...observed };
    for (const [name, holds] of Object.entries(asked)) {
      if (!events.has(name) && holds(seen)) {
        events.set(name, { time, displacement: displacement.slice() });
      }
    }
  };
  const enter = ({ time, position, point, lambdaMax }: OdeState<FlowPoint>) =>
    entry(position, { time, loss: point.loss, lossDrop, pathLength, lambdaMax });

  const take = async ({ before, after, h, attempt, last }: TakenStep<FlowPoint, FlowCurve>) => {
    const { increment, end } = attempt;
    const curve = attempt.curve ?? flowCubic(before.point, end, increment, h);
    for (const time of record ?? []) {
      if (!(time > before.time && time < after.time)) continue;
      const u = (time - before.time) / h;
      const drop = curve.lossDrop(u);
      await entry(added(before.position, await curve.increment(u)), {
        time,
        loss: before.point.loss - drop,
        lossDrop: lossDrop + drop,
        pathLength: pathLength + curve.pathLength(u),
        lambdaMax: (1 - u) * before.lambdaMax + u * after.lambdaMax,
      });
    }
    lossDrop += curve.lossDrop(1);
    pathLength += curve.pathLength(1);
    entered = !record || last || record.includes(after.time);
    if (entered) await enter(after);
  };
  return {
    take,
    enter,
    get lossDrop() {
      return lossDrop;
    },
    get entered() {
      return entered;
    },
    trajectory: () => columns.trajectory(),
    state: () => ({ lossDrop, pathLength, snapshots, events, recorder: columns.state() }),
  };
}
