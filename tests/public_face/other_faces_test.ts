// The rooms that deno.json exports and lib/mod.ts does not: engine and set-up.
import assert from "node:assert/strict";
import * as resources from "../../lib/resources/mod.ts";
import * as engine from "../../lib/tensorflow/mod.ts";
import * as face from "../../lib/mod.ts";
import { engineArguments } from "./arguments/engine.ts";
import { amiss, argumentsWith, type Wrong, wrongCalls } from "./wrong_calls.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

type AnyFunction = (...args: unknown[]) => unknown;

const others: Readonly<Record<string, unknown>> = { ...resources, ...engine };
const functions = Object.entries(others)
  .filter(([name, value]) =>
    typeof value === "function" && value !== resources.SetUpError && !Object.hasOwn(face, name)
  ).map(([name]) => name);

const tf = await made(engine.tensorflow);

Deno.test("every room that deno.json exports is on the face, or told of here", async () => {
  assert.deepEqual(Object.keys(engineArguments).sort(), functions.toSorted());
  const { default: { exports } } = await import("../../deno.json", { with: { type: "json" } });
  for (const path of Object.values(exports)) {
    const room: Record<string, unknown> = await import(`../../${path.slice(2)}`);
    for (const name of Object.keys(room)) {
      assert.ok(Object.hasOwn(face, name) || Object.hasOwn(others, name), `${path}: ${name}`);
    }
  }
});

test("engine and set-up refuse every wrong call by the argument's name", async () => {
  assert.ok(tf);
  const failures: string[] = [];
  let calls = 0;
  for (const name of functions) {
    const kinds = engineArguments[name];
    const wrong = (one: Wrong) =>
      amiss(others[name] as AnyFunction, argumentsWith(kinds, one), one);
    for (const one of wrongCalls(kinds)) {
      calls++;
      const what = await wrong(one);
      if (what) failures.push(`${name}: ${one.path.join(".")} ← ${one.how}: ${what}`);
    }
  }
  assert.deepEqual(failures, []);
  assert.ok(calls > 200, `only ${calls} wrong calls`);
});

test("a list stands for an int32 vector only if int32 holds its numbers", () => {
  const { execute } = engine;
  assert.deepEqual([...execute("Neg", [[1, -2]]).dataSync()], [-1, 2]);
  for (const bad of [NaN, 1.5, 2 ** 31, Infinity, "1", null]) {
    assert.throws(() => execute("Neg", [[1, bad as number]]), /inputs\[0\]\[1\] is .*an integer/);
  }
});
