/**
 * The one integrator: it takes steps with a solver, lets a controller judge them, and hands those
 * that stand to a recorder.
 *
 * @module
 */
import {
  checkFunction,
  checkInstance,
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../checks.ts";
import { added } from "../vectors.ts";
import { checkController, type StepController } from "./controller.ts";
import { type Interruption, interruption as interruptionBy } from "./interruption.ts";
import { type Maybe, type Steps, wait } from "./maybe.ts";
import type { LookUpStart, Solver, StepAttempt, StepCurve } from "./solver.ts";
import type { LargestEigenvalue, OdePoint, OdeTerm } from "./term.ts";

/** Where an integration is, as plain values: all that it goes on from. */
export interface OdeState<P extends OdePoint = OdePoint> {
  readonly time: number;
  /** Steps that stand, so far. */
  readonly step: number;
  /** The next step's size. */
  readonly h: number;
  readonly position: Float64Array;
  readonly point: P;
  /** NaN where the term has none. */
  readonly lambdaMax: number;
  readonly lambdaVector?: Float64Array;
  /** Attempts that did not stand, so far. */
  readonly rejected: number;
}

/** A step that stands. */
export interface TakenStep<P extends OdePoint = OdePoint, C extends StepCurve = StepCurve> {
  readonly before: OdeState<P>;
  readonly after: OdeState<P>;
  /** Its size. */
  readonly h: number;
  readonly attempt: StepAttempt<P, C> & { readonly end: P };
  /** Whether it ends at the horizon. */
  readonly last: boolean;
}

/** Keeps what is to be kept of steps, one after another. */
export interface StepRecorder<P extends OdePoint = OdePoint, C extends StepCurve = StepCurve> {
  take(step: TakenStep<P, C>): Maybe<void>;
}

/** What an integration is told. */
export interface OdeOptions<T extends OdeTerm<P>, P extends OdePoint, C extends StepCurve> {
  readonly solver: Solver<T, P, C>;
  /** By default the solver's own. */
  readonly controller?: StepController;
  readonly horizon: number;
  /** Increasing times at which a step ends, beside the horizon. */
  readonly stops?: ArrayLike<number>;
  readonly recorder: StepRecorder<P, C>;
  /** What a step's end must be beside accurate, such as lower than its start. */
  readonly admits?: (start: P, end: P) => boolean;
  /** Called after every step, recorded; the integration ends early where it says so. */
  readonly until?: (state: OdeState<P>) => boolean;
  /** Called and awaited after every step; `stopped` where the integration ends early with it. */
  readonly after?: (state: OdeState<P>, stopped: boolean) => Maybe<void>;
  /** Ends the integration, in the midst of a step where the term heeds it. */
  readonly interruption?: Interruption;
  /** Attempts at one step before {@link StepFailure} is thrown. */
  readonly attempts?: number;
  /** The shortest step that is tried before it is thrown. */
  readonly shortest?: number;
  /** Attempts in all before it is thrown. */
  readonly most?: number;
}

/** No step was short enough, or too many were. */
export class StepFailure<P extends OdePoint = OdePoint> extends Error {
  constructor(
    /** Where the step starts. */
    readonly state: OdeState<P>,
    /** The last attempt, and its size. */
    readonly attempt: StepAttempt<P>,
    readonly h: number,
    readonly why: "attempts" | "shortest" | "most",
  ) {
    super(`no step from time ${state.time} stands, the last one tried is ${h}`);
  }
}

/**
 * Integrates y' = F(y, t) from a state to the horizon, or as far as it comes.
 *
 * @returns by `unfold`: at once where term, solver and recorder never wait
 * @throws {StepFailure} if no step is short enough; what was taken before is recorded
 * @throws {TypeError} at the call, if an argument is of another kind, or an option is unknown
 * @throws {RangeError} at the call, if a number is out of its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { constant } from "./controller.ts";
 * import { unfold } from "./maybe.ts";
 * import { solveOde, startState } from "./solve_ode.ts";
 *
 * // y' = −y by Euler's method.
 * const term = { evaluate: (y: Float64Array) => ({ velocity: y.map((v) => -v) }) };
 * const solver = {
 *   name: "euler",
 *   controller: constant(0.001),
 *   attempt: (_: typeof term, { position, point: { velocity } }: {
 *     position: Float64Array;
 *     point: { velocity: Float64Array };
 *   }, h: number) => {
 *     const increment = velocity.map((v) => h * v);
 *     return { increment, end: term.evaluate(position.map((y, i) => y + increment[i])) };
 *   },
 * };
 * const position = Float64Array.of(1);
 * const start = { position, point: term.evaluate(position) };
 * const recorder = { take() {} };
 * const end = unfold(
 *   solveOde(term, startState(start, solver.controller), { solver, horizon: 1, recorder }),
 * );
 * assert(!(end instanceof Promise) && Math.abs(end.position[0] - Math.exp(-1)) < 2e-4);
 * ```
 */
export function solveOde<T extends OdeTerm<P>, P extends OdePoint, C extends StepCurve>(
  term: T,
  given: OdeState<P> & { readonly lookedUp?: LargestEigenvalue },
  options: OdeOptions<T, P, C>,
): Steps<OdeState<P>> {
  // Here and not below: a generator would find out only when it is asked for its first step.
  checkRecord("term", term, TERM_CHECKS, "a right-hand side");
  checkRecord("given", given, STATE_CHECKS);
  checkOptions("options", options, OPTION_CHECKS);
  return solving(term, given, options);
}

const ANY_NUMBER = must(checkNumber, { gaps: true });
const NATURAL = must(checkInteger, { least: 0 });
const CHECK_VECTOR = (name: string, vector: Float64Array) =>
  checkNumbers(name, checkInstance(name, vector, Float64Array));
const CHECK_POINT = must(checkRecord<OdePoint>, {
  velocity: must(checkInstance<Float64Array>, Float64Array),
});
const CHECK_EIGENVALUE = maybe(checkRecord<LargestEigenvalue>, {
  value: ANY_NUMBER,
  vector: must(checkInstance<Float64Array>, Float64Array),
});

const TERM_CHECKS = {
  evaluate: checkFunction,
  largestEigenvalue: maybe(checkFunction),
  finite: maybe(checkFunction),
} as const;

const STATE_CHECKS = {
  ...{ time: checkNumber, step: NATURAL, h: checkPositiveStep, rejected: NATURAL },
  ...{ position: CHECK_VECTOR, point: CHECK_POINT },
  ...{ lambdaMax: ANY_NUMBER, lookedUp: CHECK_EIGENVALUE },
  lambdaVector: maybe(checkInstance<Float64Array>, Float64Array),
} as const;

/** A step may be infinite: the horizon ends it. */
function checkPositiveStep(name: string, h: number) {
  return checkNumber(name, h, { above: 0, infinite: true });
}

const OPTION_CHECKS = {
  solver: must(checkRecord, {
    ...{ name: checkText, controller: checkController, attempt: checkFunction },
    lambdaEvery: maybe(checkInteger),
    lookUp: maybe(checkFunction),
  }, "a solver"),
  controller: maybe(checkController),
  horizon: checkPositive,
  stops: maybe(checkNumbers),
  recorder: must(checkRecord, { take: checkFunction }, "a recorder"),
  ...{ admits: maybe(checkFunction), until: maybe(checkFunction), after: maybe(checkFunction) },
  interruption: maybe(
    checkRecord,
    { heed: checkFunction, within: checkFunction },
    "an interruption, as interruption gives",
  ),
  attempts: maybe(checkNumber, { least: 1, infinite: true }),
  shortest: maybe(checkNumber, { least: 0 }),
  most: maybe(checkNumber, { least: 1, infinite: true }),
} as const;

function* solving<T extends OdeTerm<P>, P extends OdePoint, C extends StepCurve>(
  term: T,
  { lookedUp, ...start }: OdeState<P> & { readonly lookedUp?: LargestEigenvalue },
  options: OdeOptions<T, P, C>,
): Steps<OdeState<P>> {
  const { horizon, stops = [], recorder, until, after, most = Infinity } = options;
  const interruption = options.interruption ?? interruptionBy();
  let state: OdeState<P> = start;
  let stop = 0;
  while (stop < stops.length && !(stops[stop] > state.time)) stop++;
  try {
    while (state.time < horizon) {
      const next = stop < stops.length ? Math.min(stops[stop], horizon) : horizon;
      const taken = yield* interruption.within(takeStep(term, state, lookedUp, next, options));
      if (taken) {
        lookedUp?.dispose?.();
        lookedUp = taken.lookedUp;
        state = taken.after;
        if (state.time === next) stop++;
        yield* wait(recorder.take(taken));
        if (state.step + state.rejected > most && state.time < horizon) {
          throw new StepFailure(state, taken.attempt, taken.h, "most");
        }
      }
      const stopped = !taken || (interruption.signal?.aborted ?? false) ||
        (until?.(state) ?? false);
      if (after) yield* wait(after(state, stopped));
      if (stopped) break;
    }
    return state;
  } finally {
    lookedUp?.dispose?.();
  }
}

/**
 * The state from which an integration starts anew.
 *
 * @param start `firstStep` is needed where the term has no λ_max that the controller could go by
 * @throws {RangeError} if there is no first step, or a number is out of its range
 * @throws {TypeError} if an argument is of another kind, or an option is unknown
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { proportional } from "./controller.ts";
 * import { startState } from "./solve_ode.ts";
 * const controller = proportional({ order: 2, safety: 0.8, least: 0.2, most: 4 });
 * const start = { position: Float64Array.of(1), point: { velocity: Float64Array.of(-1) } };
 * assert.equal(startState({ ...start, firstStep: 0.1 }, controller).h, 0.1);
 * assert.throws(() => startState(start, controller), /the first step is NaN/);
 * ```
 */
export function startState<P extends OdePoint>(
  options: {
    readonly position: Float64Array;
    readonly point: P;
    readonly time?: number;
    readonly lookedUp?: LargestEigenvalue;
    readonly firstStep?: number;
  },
  controller: StepController,
): OdeState<P> & { readonly lookedUp?: LargestEigenvalue } {
  const { position, point, time = 0, lookedUp, firstStep } = checkOptions("options", options, {
    ...{ position: CHECK_VECTOR, point: CHECK_POINT },
    ...{ time: maybe(checkNumber), lookedUp: CHECK_EIGENVALUE },
    firstStep: maybe(checkPositiveStep),
  });
  checkController("controller", controller);
  const lambdaMax = lookedUp?.value ?? NaN;
  const h = firstStep ?? controller.first(lambdaMax);
  if (!(h > 0)) throw new RangeError(`the first step is ${h}; where there is no λ_max, give one`);
  return {
    ...{ time, step: 0, h, position, point },
    ...{ lambdaMax, lambdaVector: lookedUp?.vector, rejected: 0, lookedUp },
  };
}

/** One step that stands, from `state` to at most `limit`. */
function* takeStep<T extends OdeTerm<P>, P extends OdePoint, C extends StepCurve>(
  term: T,
  state: OdeState<P>,
  lookedUp: LargestEigenvalue | undefined,
  limit: number,
  { solver, controller = solver.controller, horizon, ...options }: OdeOptions<T, P, C>,
): Steps<TakenStep<P, C> & { readonly lookedUp?: LargestEigenvalue }> {
  const { admits = () => true, attempts = 30, shortest = 0, most = Infinity } = options;
  const { time, position, point } = state;
  let { rejected, lambdaMax, lambdaVector } = state;
  let h = Math.min(state.h, limit - time);
  const cut = h < state.h;
  let memory: unknown;
  for (let tries = 1;; tries++) {
    const start = { time, position, point, lambdaMax, lambdaVector, lookedUp, memory };
    const attempt = checkedAttempt(yield* wait(solver.attempt(term, start, h)), solver, position);
    const { end, error } = attempt;
    const finite = (!end || (term.finite?.(end) ?? true)) &&
      (error === undefined || Number.isFinite(error));
    if (end && finite && controller.accepts(error, h, lambdaMax) && admits(point, end)) {
      const reached = added(position, attempt.increment);
      let found: LargestEigenvalue | undefined;
      if ((state.step + 1) % (solver.lambdaEvery ?? Infinity) === 0) {
        const at = { position: reached, point: end, step: state.step + 1, from: lambdaVector, h };
        found = yield* lookUp(term, solver, at);
        if (found) ({ value: lambdaMax, vector: lambdaVector } = found);
      }
      const next = controller.next(h, error, lambdaMax);
      const arrived = h >= limit - time;
      const after = {
        time: arrived ? limit : time + h,
        step: state.step + 1,
        // A step that was cut short at a stop says nothing against a longer one.
        h: cut && error !== undefined ? Math.max(state.h, next) : next,
        ...{ position: reached, point: end, lambdaMax, lambdaVector, rejected },
      };
      const last = after.time === horizon;
      return { before: state, after, h, attempt: { ...attempt, end }, last, lookedUp: found };
    }
    const why = tries >= attempts
      ? "attempts"
      : h < shortest
      ? "shortest"
      : state.step + rejected >= most
      ? "most"
      : undefined;
    if (why) throw new StepFailure(state, attempt, h, why);
    rejected++;
    memory = attempt.memory;
    // What is known of λ_max is a bound from below: it was too low.
    if (!finite) lambdaMax *= 1.3;
    h = controller.shorter(h, finite ? error : NaN, lambdaMax);
  }
}

/** λ_max as the solver looks it up, or else the term; nothing where neither does. */
export function* lookUp<T extends OdeTerm<P>, P extends OdePoint>(
  term: T,
  solver: Solver<T, P>,
  at: LookUpStart<P>,
): Steps<LargestEigenvalue | undefined> {
  if (solver.lookUp) return yield* wait(solver.lookUp(term, at));
  return term.largestEigenvalue && (yield* wait(term.largestEigenvalue(at.position, at.from)));
}

/** A user's own solver may give what is no attempt. */
function checkedAttempt<A extends StepAttempt>(
  attempt: A,
  { name }: { readonly name: string },
  { length }: Float64Array,
): A {
  if (attempt?.increment instanceof Float64Array && attempt.increment.length === length) {
    return attempt;
  }
  throw new TypeError(
    `solver "${name}" made an attempt whose increment is no Float64Array of ${length} numbers`,
  );
}

/**
 * Times that divide the time to the horizon evenly, the horizon itself exactly: stops of equal steps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evenTimes } from "./solve_ode.ts";
 * assert.deepEqual([...evenTimes(0.1, 2)], [0.05, 0.1]);
 * ```
 */
export function evenTimes(horizon: number, count: number): Float64Array {
  checkPositive("horizon", horizon);
  checkInteger("count", count);
  const times = Float64Array.from({ length: count }, (_, i) => horizon * (i + 1) / count);
  times[count - 1] = horizon;
  return times;
}
