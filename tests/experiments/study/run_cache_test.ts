import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readRecord, writeRecord } from "../../../lib/experiments/study/record_file.ts";
import {
  cachedRun,
  flowCheckpoint,
  type Plain,
  runKey,
} from "../../../lib/experiments/study/run_cache.ts";
import { runGrounds } from "../../../lib/experiments/study/run_grounds.ts";
import { withEnvironment } from "../../resources/made_wheel.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

const folderOf = () => Deno.makeTempDirSync({ prefix: "run cache " });
const run = (result: unknown, whole = true) => () => Promise.resolve({ result, whole });

test("a run is computed once, and another configuration is another run", async () => {
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

test("what was stopped early is not kept as a result", async () => {
  const folder = folderOf();
  await cachedRun({ n: 1 }, run("part", false), { folder });
  assert.equal(await cachedRun({ n: 1 }, run("whole"), { folder }), "whole");
});

test("a damaged file is named, wherever the damage is, with what to do", async () => {
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

test("a checkpoint of another configuration is refused", async () => {
  const file = join(folderOf(), "run.checkpoint");
  await writeRecord(file, { configuration: { n: 1 }, state: {} });
  await assert.rejects(
    flowCheckpoint(file, { n: 2 }).load(),
    /belongs to another configuration, \{"n":1\}/,
  );
  assert.deepEqual(await flowCheckpoint(file, { n: 1 }).load(), {});
  assert.equal(await flowCheckpoint(`${file}2`, { n: 1 }).load(), undefined);
});

test("a write that fails leaves what was there and no partial file", async () => {
  const folder = folderOf();
  const file = join(folder, "record");
  await writeRecord(file, "before");
  await assert.rejects(writeRecord(join(file, "below a file"), "x"), /cannot be written/);
  assert.equal(await readRecord(file), "before");
  assert.deepEqual(readdirSync(folder), ["record"]);
});

test("numbers that JSON cannot hold make no key", () => {
  const key = (value: Plain) => () => runKey({ horizon: value });
  assert.throws(key(Infinity), /holds Infinity/);
  assert.throws(key(NaN), /holds NaN/);
});

test("values that JSON would take for others make no key", () => {
  const holds = (value: unknown, what: string) =>
    assert.throws(() => runKey({ at: [{ value: value as Plain }] }), {
      name: "TypeError",
      message: new RegExp(`a configuration holds ${what} at at\\.0\\.value; it may hold texts`),
    });
  holds(Float64Array.of(1, 2), "a Float64Array");
  holds(new Date(0), "a Date");
  holds(new Map([["a", 1]]), "a Map");
  holds(new Set([1]), "a Set");
  holds(5n, "bigint");
  holds(() => 1, "function");
  holds(Symbol("a"), "symbol");
  assert.throws(() => runKey([undefined as unknown as Plain]), /holds undefined at 0/);
  assert.throws(() => runKey(new Array(1)), /holds undefined at 0/);
  assert.equal(runKey({ a: 1, b: undefined }), runKey({ a: 1 }));
});

test("a key holds the data's hash and the backend beside configuration and code", async () => {
  const own = runGrounds();
  const keys = [
    runKey({ n: 1 }, undefined, own),
    runKey({ n: 1 }, undefined, { ...own, data: "cifar-10 0123456789abcdef" }),
    runKey({ n: 1 }, undefined, { ...own, backend: "ml-matrix@6.15.1" }),
    runKey({ n: 1 }, import.meta.url, own),
    runKey({ n: 2 }, undefined, own),
  ];
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(runKey({ n: 1 }), keys[0]);

  const folder = folderOf();
  const mine = { folder, data: "mine 1" };
  await cachedRun({ n: 1 }, run("of CIFAR-10"), { folder });
  assert.equal(await cachedRun({ n: 1 }, run("of mine"), mine), "of mine");
  assert.equal(await cachedRun({ n: 1 }, run(0), { folder }), "of CIFAR-10");
});

test("a TensorFlow of one's own makes another key", async () => {
  const file = join(folderOf(), "libtensorflow_cc.so");
  writeFileSync(file, "");
  const own = { SPEED_LIMITS_TENSORFLOW: file };
  const { backend } = await withEnvironment(own, () => Promise.resolve(runGrounds()));
  assert.equal(
    backend.replace(/[0-9a-f]{56}$/, ""),
    `${runGrounds().backend}, tensorflow SHA-256 e3b0c442`,
  );
});

const program = fileURLToPath(import.meta.resolve("../programs/grounds.ts"));
const config = fileURLToPath(import.meta.resolve("../../../deno.json"));
test("another backend makes another key, and no data are read for one", async () => {
  const told = await Promise.all([["-P"], ["--allow-read", "--allow-env", "--allow-sys"]].map(
    async (permissions) => {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", `--config=${config}`, ...permissions, program],
        env: { SPEED_LIMITS_CIFAR10: "/nowhere" },
      }).output();
      assert(stdout.length > 0, new TextDecoder().decode(stderr));
      return JSON.parse(new TextDecoder().decode(stdout));
    },
  ));
  assert.match(told[0].backend, /^openblas scipy-openblas32 \d/);
  assert.match(told[1].backend, /^ml-matrix@\d+\.\d+\.\d+$/);
  assert.equal(told[0].data, told[1].data);
  assert.notEqual(told[0].key, told[1].key);
});
