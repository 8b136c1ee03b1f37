import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRecord, writeRecord } from "../../lib/experiments/record_file.ts";
import { cachedRun, flowCheckpoint, type Plain, runKey } from "../../lib/experiments/run_cache.ts";

const folderOf = () => Deno.makeTempDirSync({ prefix: "run cache " });
const run = (result: unknown, whole = true) => () => Promise.resolve({ result, whole });

Deno.test("a run is computed once, and another configuration is another run", async () => {
  const folder = folderOf();
  let computed = 0;
  const compute = () => (computed++, run({ loss: Float64Array.of(1, 2) })());
  const first = await cachedRun({ n: 1, seed: 0 }, compute, { folder });
  const again = await cachedRun({ seed: 0, n: 1 }, compute, { folder });
  assert.deepEqual(again, first);
  assert.equal(computed, 1);
  await cachedRun({ n: 2, seed: 0 }, compute, { folder });
  assert.equal(computed, 2);
});

Deno.test("what was stopped early is not kept as a result", async () => {
  const folder = folderOf();
  await cachedRun({ n: 1 }, run("part", false), { folder });
  assert.equal(await cachedRun({ n: 1 }, run("whole"), { folder }), "whole");
});

Deno.test("a damaged file is named, wherever the damage is, with what to do", async () => {
  const folder = folderOf();
  await cachedRun({ n: 1 }, run(new Float64Array(100)), { folder });
  const [name] = readdirSync(folder);
  const file = join(folder, name);
  const bytes = readFileSync(file);
  for (const at of [0, 30, 60, bytes.length - 1]) {
    const damaged = Buffer.from(bytes);
    damaged[at] ^= 1;
    writeFileSync(file, damaged);
    await assert.rejects(cachedRun({ n: 1 }, run(0), { folder }), /is damaged.*delete it/);
  }
  writeFileSync(file, bytes.subarray(0, 40));
  await assert.rejects(readRecord(file), /is damaged/);
});

Deno.test("a checkpoint of another configuration is refused", async () => {
  const file = join(folderOf(), "run.checkpoint");
  await writeRecord(file, { configuration: { n: 1 }, state: {} });
  await assert.rejects(
    flowCheckpoint(file, { n: 2 }).load(),
    /belongs to another configuration, \{"n":1\}/,
  );
  assert.deepEqual(await flowCheckpoint(file, { n: 1 }).load(), {});
  assert.equal(await flowCheckpoint(`${file}2`, { n: 1 }).load(), undefined);
});

Deno.test("a write that fails leaves what was there and no partial file", async () => {
  const folder = folderOf();
  const file = join(folder, "record");
  await writeRecord(file, "before");
  await assert.rejects(writeRecord(join(file, "below a file"), "x"), /cannot be written/);
  assert.equal(await readRecord(file), "before");
  assert.deepEqual(readdirSync(folder), ["record"]);
});

Deno.test("numbers that JSON cannot hold make no key", () => {
  const key = (value: Plain) => () => runKey({ horizon: value });
  assert.throws(key(Infinity), /holds Infinity/);
  assert.throws(key(NaN), /holds NaN/);
});
