/**
 * What the terminal is told of a sweep: its runs with their costs, and how far it is.
 *
 * @module
 */
import { hoursOn, type Plan, type PlannedRun } from "../sweep/plan.ts";
import type { Sureness } from "../sweep/costs.ts";
import type { RunState } from "../sweep/run_files.ts";

/** Cores that a sum is told for: this kind of machine, a large one, a part of a cluster. */
const CORES = [2, 64, 640];

/** What the words of an estimate mean. */
const MEANING: Readonly<Record<Sureness, string>> = {
  measured: "as measured, on two quiet cores of a Xeon: within a factor of 2",
  scaled: "scaled from what was measured: within a factor of 3",
  guessed: "guessed: perhaps ten times as much",
};

/**
 * The runs of a plan, and sums over those that are not there yet.
 *
 * @param states of the runs' files
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { planLines } from "./sweep_text.ts";
 * const run = { input: {}, note: "a, seed 0", kind: 0, coreSeconds: 7200, sureness: "scaled" } as const;
 * const kinds = [{ threads: 2, memory: 2048, minutes: 240 }];
 * const plan = { study: "kernels", runs: { ab: run }, kinds, configurations: {}, twice: 0 };
 * const lines = planLines(plan, new Map([["ab", "none"]]));
 * assert.match(lines[0], /^ab {2}a, seed 0 {2}60 min {2}2\.0 GiB {2}scaled$/);
 * assert.match(lines.join("\n"), /2\.0 core-hours: 60 min on 2 cores, 60 min on 64, 60 min on 640/);
 * ```
 */
export function planLines(plan: Plan, states: ReadonlyMap<string, RunState>): string[] {
  const all = Object.entries(plan.runs);
  const longest = Math.max(...all.map(([, { note }]) => note.length));
  const lines = all.map(([key, run]) => {
    const { threads, memory } = plan.kinds[run.kind];
    const state = states.get(key) ?? "none";
    return [
      ...[key, run.note.padEnd(longest), timeText(run.coreSeconds / threads)],
      ...[`${(memory / 1024).toFixed(1)} GiB`, state === "none" ? run.sureness : STATE[state]],
    ].join("  ");
  });
  return [...lines, "", ...sumLines(plan, states)];
}

const STATE: Readonly<Record<Exclude<RunState, "none">, string>> = {
  done: "there already",
  checkpoint: "has a checkpoint",
  damaged: "damaged, to be made again",
};

/** How many runs, configurations, files; what is left to do, and how sure that is. */
function sumLines(plan: Plan, states: ReadonlyMap<string, RunState>): string[] {
  const left = Object.entries(plan.runs).filter(([key]) => states.get(key) !== "done")
    .map(([, run]) => run);
  const runs = Object.keys(plan.runs).length;
  const results = Object.keys(plan.configurations).length;
  return [
    `${counted(runs, "run")} of ${plan.study} in ${counted(results, "result")}` +
    (plan.twice > 0 ? `; ${plan.twice} asked for twice, computed once` : "") +
    (left.length < runs ? `; ${runs - left.length} are there` : ""),
    ...(left.length > 0 ? [leftLine(left, plan), ...surenessLines(left)] : []),
  ];
}

function leftLine(left: readonly PlannedRun[], { kinds }: Plan): string {
  const hours = left.reduce((sum, { coreSeconds }) => sum + coreSeconds, 0) / 3600;
  const each = CORES.map((cores, i) =>
    `${timeText(3600 * hoursOn(cores, left, kinds))} on ${cores}${i === 0 ? " cores" : ""}`
  );
  const memory = Math.max(...left.map(({ kind }) => kinds[kind].memory));
  return `${hours.toPrecision(2)} core-hours: ${each.join(", ")}; ` +
    `up to ${(memory / 1024).toFixed(1)} GiB a run`;
}

function surenessLines(left: readonly PlannedRun[]): string[] {
  return (Object.keys(MEANING) as Sureness[]).flatMap((word) => {
    const count = left.filter(({ sureness }) => sureness === word).length;
    return count > 0 ? [`${counted(count, "run")} ${MEANING[word]}`] : [];
  });
}

/**
 * How far a sweep is, by its files.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { statesText } from "./sweep_text.ts";
 * const states = new Map([["a", "done"], ["b", "none"], ["c", "done"]] as const);
 * assert.equal(statesText(states), "3 runs: 2 done, 1 to do");
 * ```
 */
export function statesText(states: ReadonlyMap<string, RunState>): string {
  const words = {
    done: "done",
    checkpoint: "with a checkpoint",
    damaged: "damaged",
    none: "to do",
  } as const;
  const parts = (Object.keys(words) as RunState[]).flatMap((state) => {
    const count = [...states.values()].filter((one) => one === state).length;
    return count > 0 ? [`${count} ${words[state]}`] : [];
  });
  return `${counted(states.size, "run")}: ${parts.join(", ")}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Seconds as minutes or hours, two digits. */
function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400
    ? `${Math.round(seconds / 60)} min`
    : `${(seconds / 3600).toFixed(seconds < 36_000 ? 1 : 0)} h`;
}
