import assert from "node:assert/strict";
import {
  constant,
  evenTimes,
  interruption,
  type OdeOptions,
  type OdePoint,
  type OdeTerm,
  proportional,
  solveOde,
  type Solver,
  startState,
  type StepCurve,
  StepFailure,
  type TakenStep,
  unfold,
  wait,
} from "../../../lib/numerics/ode/mod.ts";
import { dormandPrince } from "../../../lib/dynamics/training/solvers/dormand_prince.ts";
import { euler } from "../../../lib/dynamics/training/solvers/euler.ts";
import { rungeKutta4 } from "../../../lib/dynamics/training/solvers/runge_kutta_4.ts";
import { rungeKuttaChebyshev } from "../../../lib/dynamics/training/solvers/runge_kutta_chebyshev.ts";

/** y' = −t y, from 1: e^(−t²/2). */
const fading = { evaluate: (y: Float64Array, t: number) => ({ velocity: y.map((v) => -t * v) }) };

async function endOf(
  term: OdeTerm,
  solver: Solver<OdeTerm>,
  { horizon = 1, firstStep, lookedUp, ...options }:
    & Partial<OdeOptions<OdeTerm, OdePoint, StepCurve>>
    & Pick<Parameters<typeof startState>[0], "firstStep" | "lookedUp"> = {},
) {
  const position = Float64Array.of(1);
  const point = await term.evaluate(position, 0);
  const steps: TakenStep[] = [];
  const state = await unfold(
    solveOde(term, startState({ position, point, firstStep, lookedUp }, solver.controller), {
      solver,
      horizon,
      recorder: { take: (step) => void steps.push(step) },
      ...options,
    }),
  );
  return { state, steps };
}

/** By how much an error falls where steps are halved, as a power of 2. */
async function orderOf(make: (step: number) => Solver<OdeTerm>, step: number) {
  const errors = [];
  for (const h of [step, step / 2]) {
    const { state } = await endOf(fading, make(h), {
      lookedUp: { value: 1, vector: Float64Array.of(1) },
    });
    errors.push(Math.abs(state.position[0] - Math.exp(-1 / 2)));
  }
  return Math.log2(errors[0] / errors[1]);
}

Deno.test("each method has its order, on a right-hand side that changes in time", async () => {
  const fixed = (solver: Solver<OdeTerm>, step: number) => ({
    ...solver,
    controller: constant(step),
  });
  const orders = {
    euler: await orderOf((step) => euler({ step }), 1 / 64),
    rk4: await orderOf((step) => rungeKutta4({ step }), 1 / 8),
    rkc: await orderOf((step) => fixed(rungeKuttaChebyshev(), step), 1 / 64),
    dp: await orderOf((step) => fixed(dormandPrince(), step), 1 / 16),
  };
  assert(Math.abs(orders.euler - 1) < 0.1, `${orders.euler}`);
  assert(Math.abs(orders.rk4 - 4) < 0.4, `${orders.rk4}`);
  assert(Math.abs(orders.rkc - 2) < 0.2, `${orders.rkc}`);
  assert(Math.abs(orders.dp - 5) < 0.4, `${orders.dp}`);
});

Deno.test("Dormand–Prince keeps its tolerance; steps end at the stops, and at the horizon", async () => {
  for (const tolerance of [1e-4, 1e-7, 1e-10]) {
    const { state } = await endOf(fading, dormandPrince({ tolerance }), {
      horizon: 2,
      firstStep: 0.1,
    });
    const error = Math.abs(state.position[0] / Math.exp(-2) - 1);
    assert(error < 20 * tolerance, `${error} at ${tolerance}`);
  }
  const stops = evenTimes(2, 7);
  const { steps } = await endOf(fading, dormandPrince({ tolerance: 0.01 }), {
    ...{ horizon: 2, stops, firstStep: 0.1 },
  });
  const ends = steps.map(({ after }) => after.time);
  assert(stops.every((stop) => ends.includes(stop)));
  assert(steps.at(-1)!.last && ends.at(-1) === 2);
});

Deno.test("an integration that never waits gives its result at once", () => {
  const position = Float64Array.of(1);
  const solver = dormandPrince();
  const start = startState(
    { position, point: fading.evaluate(position, 0), firstStep: 0.1 },
    solver.controller,
  );
  const end = unfold(solveOde(fading, start, { solver, horizon: 1, recorder: { take() {} } }));
  assert(!(end instanceof Promise) && end.time === 1);
});

Deno.test("what a promise is rejected with can be caught within a computation, or comes out", async () => {
  const failing = () => Promise.reject(new Error("no value"));
  function* caught() {
    try {
      yield* wait<number>(failing());
    } catch {
      return yield* wait(Promise.resolve(7));
    }
    return 0;
  }
  assert.equal(await unfold(caught()), 7);
  await assert.rejects(async () => await unfold(wait(failing())), /no value/);
});

Deno.test("a refused attempt hands its memory to the next from the same start, and to no other", async () => {
  const seen: [time: number, memory: unknown][] = [];
  const solver: Solver<OdeTerm> = {
    name: "short steps",
    controller: proportional({ order: 1, safety: 2, least: 0.5, most: 4 }),
    attempt(term, { time, position, point, memory }, h) {
      seen.push([time, memory]);
      const tries = (memory as number | undefined ?? 0) + 1;
      const increment = point.velocity.map((v) => h * v);
      const end = term.evaluate(position.map((y, i) => y + increment[i]), time + h) as OdePoint;
      return { increment, end, error: h > 0.1 ? 2 : 0.5, memory: tries };
    },
  };
  const { state } = await endOf(fading, solver, { horizon: 0.5, firstStep: 1 });
  const firsts = seen.filter(([, memory]) => memory === undefined);
  assert.equal(firsts.length, state.step);
  assert.equal(seen.length, state.step + state.rejected);
  assert.deepEqual(seen.slice(0, 5), [
    ...[0, 1, 2, 3].map((tries) => [0, tries || undefined]),
    [0.0625, undefined],
  ]);
});

Deno.test("no step that stands, a step too short, too many attempts: each is a StepFailure", async () => {
  const never: Solver<OdeTerm> = {
    ...dormandPrince<OdePoint>(),
    attempt: (_term, { position }) => ({ increment: position, error: 2 }),
  };
  const failure = (options: Parameters<typeof endOf>[2]) =>
    endOf(fading, never, options).then(() => undefined, (error) => error as StepFailure);
  for (
    const [why, options] of [
      ["attempts", { attempts: 5 }],
      ["shortest", { attempts: Infinity, shortest: 1e-3 }],
      ["most", { attempts: Infinity, most: 9 }],
    ] as const
  ) {
    const error = await failure({ ...options, firstStep: 1 });
    assert(error instanceof StepFailure && error.why === why, `${error}`);
    assert.equal(error.state.time, 0);
  }
});

Deno.test("a signal ends an integration in the midst of a step; the state is that before it", async () => {
  const controller = new AbortController();
  const stop = interruption(controller.signal);
  let evaluations = 0;
  const heeding = {
    evaluate(y: Float64Array, t: number) {
      if (++evaluations === 40) controller.abort();
      stop.heed();
      return fading.evaluate(y, t);
    },
  };
  const after: boolean[] = [];
  const { state, steps } = await endOf(heeding, dormandPrince({ tolerance: 1e-9 }), {
    ...{ horizon: 50, firstStep: 0.1 },
    interruption: stop,
    after: (_: unknown, stopped: boolean) => void after.push(stopped),
  });
  assert.equal(evaluations, 40);
  assert.equal(state, steps.at(-1)!.after);
  assert.deepEqual(after, [...steps.map(() => false), true]);
});

Deno.test("what a look-up of λ_max holds is disposed of when its position is left, and at the end", async () => {
  let [held, most] = [0, 0];
  const term: OdeTerm = {
    ...fading,
    largestEigenvalue: () => {
      most = Math.max(most, ++held);
      return { value: 10, vector: Float64Array.of(1), dispose: () => void held-- };
    },
  };
  const position = Float64Array.of(1);
  const lookedUp = await term.largestEigenvalue!(position);
  const solver = { ...euler(), lambdaEvery: 1 };
  const point = await term.evaluate(position, 0);
  const start = startState({ position, point, lookedUp }, solver.controller);
  await unfold(solveOde(term, start, { solver, horizon: 0.1, recorder: { take() {} } }));
  assert.equal(held, 0);
  assert(most <= 2, `${most} held at a time`);
});
