/**
 * Our side as a process: answers lines of JSON (`worker.ts` asks them).
 *
 * @module
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { linearAlgebra } from "../../../numerics/mod.ts";
import { buildOf } from "../../../resources/mod.ts";
import { writeAnswer, writeArrays } from "../arrays.ts";
import type { Call, Request, Versions } from "../worker.ts";
import { peakGigabytes } from "./memory.ts";
import type { Work } from "./work.ts";
import { WORKS } from "./works.ts";

let work: Work | undefined;
let result: unknown;

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
let worked = processorSeconds();

function prepared(): Work {
  if (!work) throw new Error("nothing is prepared");
  return work;
}

async function run(): Promise<Call> {
  const { run, told, yardstick, peak } = prepared();
  const [before, start] = [processorSeconds(), performance.now()];
  result = await run();
  const seconds = (performance.now() - start) / 1000;
  const taken = processorSeconds() - before;
  const stick = await yardstick?.();
  const now = processorSeconds();
  const since = now - worked;
  worked = now;
  return {
    ...{ seconds, processorSeconds: taken, worked: since, yardstick: stick },
    peak: peak?.(result) ?? await peakGigabytes(),
    told: told?.(result),
  };
}

function versions(): Versions {
  const { backend, build = "", threads } = linearAlgebra();
  return {
    deno: Deno.version.deno,
    tensorflow: buildOf("tensorflow"),
    [backend]: `${build}, threads ${threads}`,
  };
}

async function answer(request: Request): Promise<unknown> {
  switch (request.do) {
    case "hello":
      return versions();
    case "prepare": {
      const make = WORKS[request.work];
      if (!make) throw new RangeError(`there is no work ${request.work}`);
      work = await make(request.size);
      if (work.inputs) await writeArrays(request.folder, work.inputs);
      return {};
    }
    case "run":
      return await run();
    case "answer": {
      const numbers = await prepared().answer?.(result) ?? [];
      await writeAnswer(request.file, numbers);
      return { count: numbers.length };
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let said: unknown;
  try {
    said = await answer(JSON.parse(line));
  } catch (error) {
    said = { error: (error as Error).message };
  }
  console.log(JSON.stringify(said));
}
