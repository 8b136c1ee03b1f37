import assert from "node:assert/strict";
import {
  agreement,
  atMark,
  readRecording,
  recordedStudies,
  type SpeedLimitStudy,
  storedResult,
} from "../../../lib/mod.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read", "write");

const head =
  "time,loss,lossDrop,displacementSquared,pathLength,testLoss,testAccuracy,lambdaMax,gradients";
const about = {
  ...{ program: "p", channels: 8, n: 20, seed: 0, perturb: 0, horizon: 2, tolerance: 0.01 },
  ...{ testImages: 10, device: "d", wallSeconds: 1.4, gradients: 9.6 },
};

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  return folder;
}

/** θ' = −c θ from 1. */
const rows = (c: number, times: readonly number[]) =>
  [
    head,
    ...times.map((t) => {
      const e = Math.expm1(-c * t);
      return [t, (1 + e) ** 2 * c / 2, (1 - (1 + e) ** 2) * c / 2, e * e, -e, 5, 0.1, c, 3].join(
        ",",
      );
    }),
  ].join("\n") + "\n";

test("recordings of one width and n are one study, twins apart", async () => {
  const folder = await folderOf({
    "a.json": JSON.stringify({ ...about, seed: 1 }),
    "a.csv": rows(2, [0, 1, 2]),
    "b.json": JSON.stringify(about),
    "b.csv": rows(1, [0, 1, 2]),
    "c.json": JSON.stringify({ ...about, perturb: 1e-6 }),
    "c.csv": rows(3, [0, 1, 2]),
    "d.json": JSON.stringify({ ...about, n: 10 }),
    "d.csv": rows(1, [0, 1]),
  });
  const [small, large] = await recordedStudies({ folder });
  assert.deepEqual([small.study.configuration.n, large.study.configuration.n], [10, 20]);
  assert.deepEqual(large.study.realizations.map(({ seed }) => seed), [0, 1]);
  const [one, two] = large.study.realizations;
  assert(Math.abs(one.cold.inefficiency[2] - 1 / Math.tanh(1)) < 1e-9);
  assert(Math.abs(two.cold.inefficiency[1] - 1 / Math.tanh(1)) < 1e-9);
  assert.deepEqual([one.gradients, one.seconds, large.study.warmIndex], [10, 1, -1]);
  const [twin, ...none] = await recordedStudies({ folder, twins: true });
  assert.deepEqual([twin.study.realizations.length, none.length], [1, 0]);
  // The first is exact: ι(1) of c = 1 against c = 3.
  const { largest } = agreement(large.study, twin.study, { until: 1 })!;
  const half = (c: number) => c / 2 / Math.tanh(c / 2);
  assert(Math.abs(largest - (half(3) / half(1) - 1)) < 1e-9);
  assert.equal(agreement(large.study, twin.study, { until: 0.5 }), undefined);
});

test("networks are told apart; what ends at a loss goes as far as all of its seeds", async () => {
  const { channels: width, ...others } = about;
  const wide = { ...others, architecture: "fully-connected", width, lossLeft: 0.1, horizon: 200 };
  const folder = await folderOf({
    "fully_connected_8_n20_loss0.1_seed0.json": JSON.stringify(wide),
    "fully_connected_8_n20_loss0.1_seed0.csv": rows(1, [0, 1, 2, 3]),
    "fully_connected_8_n20_loss0.1_seed1.json": JSON.stringify({ ...wide, seed: 1 }),
    "fully_connected_8_n20_loss0.1_seed1.csv": rows(2, [0, 1, 2]),
    "myrtle_5_8_n20_seed0.json": JSON.stringify(about),
    "myrtle_5_8_n20_seed0.csv": rows(1, [0, 1, 2]),
    "myrtle_5_8_n20_tau3_seed0.json": JSON.stringify({ ...about, horizon: 3 }),
    "myrtle_5_8_n20_tau3_seed0.csv": rows(1, [0, 1, 3]),
    "x.json": JSON.stringify({ ...about, parametrization: "standard", weightStd: 0.57735 }),
    "x.csv": rows(5, [0, 1, 2]),
  });
  const [study, ...none] = await recordedStudies({ folder, architecture: "fully-connected" });
  const { configuration: { architecture, horizon }, time, realizations } = study.study;
  assert.deepEqual([architecture, horizon, none.length], ["fully-connected", 2, 0]);
  assert.deepEqual([time, realizations[0].loss.length], [[0, 1, 2], 3]);
  const [own] = await recordedStudies({ folder, architecture: "fully-connected", ends: "own" });
  const [long, short] = own.study.realizations;
  assert.deepEqual([own.study.time, own.study.configuration.horizon], [[0, 1, 2, 3], 3]);
  assert.deepEqual([long.loss.length, short.loss.length, short.cold.inefficiency.length], [
    4,
    3,
    3,
  ]);
  // A mark is reached by those whose own path comes to it.
  const seedsAt = (time: number) => atMark(own.study, { time }).seeds.map(({ seed }) => seed);
  assert.deepEqual([seedsAt(2), seedsAt(3)], [[0, 1], [0]]);
  assert.equal(atMark(own.study, { steps: 1.4 }).seeds.length, 2);
  assert.deepEqual(atMark(own.study, { steps: 2.9 }).seeds.map(({ seed }) => seed), []);
  const narrow = (await recordedStudies({ folder })).map(({ study }) => study.configuration);
  assert.deepEqual(narrow.map(({ horizon }) => horizon), [2, 3]);
  const [standard] = await recordedStudies({
    ...{ folder, parametrization: "standard", weightStd: 0.5773502691896258 },
  });
  assert.equal(standard.study.configuration.parametrization, "standard");
  assert.equal(standard.study.realizations[0].lambdaMax![0], 5);
  await assert.rejects(
    recordedStudies({ architecture: "resnet" as "myrtle-5" }),
    /architecture is/,
  );
});

test("a recording with displacements from possible starts has a warm path", async () => {
  const times = [0, 1, 2, 3, 4];
  const c = 0.5;
  const accurate = rows(c, times).split("\n").map((row) =>
    row.replace(/,0\.1,/, Number(row.split(",")[0]) >= 2 ? ",0.2," : ",0.1,")
  ).join("\n");
  const squares = (from: number) =>
    times.slice(from).map((t) => (Math.exp(-c * t) - Math.exp(-c * times[from])) ** 2);
  const read = async (displacementSquaredFrom?: Record<string, number[]>) => {
    const folder = await folderOf({
      "x.json": JSON.stringify({ ...about, horizon: 4, displacementSquaredFrom }),
      "x.csv": accurate,
    });
    return (await recordedStudies({ folder }))[0].study;
  };
  const study = await read({ 1: squares(1), 3: squares(3) });
  assert.equal(study.warmIndex, 3); // the first known from 2 on
  // ι of θ' = −c θ over a time t is (c t/2)/tanh(c t/2), from wherever it starts.
  const { inefficiency } = study.realizations[0].warm!;
  assert(Math.abs(inefficiency.at(-1)! - c / 2 / Math.tanh(c / 2)) < 1e-9);
  assert.equal((await read()).warmIndex, -1);
  // The rounding of weights in single precision at the origin, and what is none.
  const near = await read({ 1: squares(1), 3: [1e-16, ...squares(3).slice(1)] });
  assert.equal(near.realizations[0].warm!.inefficiency[0], 1);
  await assert.rejects(
    read({ 3: [0.001, ...squares(3).slice(1)] }),
    /begins with 0.001; it must be 0 at its origin/,
  );
  await assert.rejects(read({ 1: squares(2) }), /3 displacements from row 1; there must be 4/);
});

/** What is left out of a folder, told as on the console. */
async function leftOut(folder: string): Promise<string[]> {
  const told: string[] = [];
  const options = { folder, onDamaged: ({ message }: Error) => void told.push(message) };
  assert.deepEqual(await recordedStudies(options), []);
  return told;
}

test("a recording that cannot be read is named, with what is wrong, and left out", async () => {
  const read = async (text: string) =>
    (await leftOut(await folderOf({ "x.json": JSON.stringify(about), "x.csv": text }))).join();
  assert.match(
    await read("time,loss\n0,1\n"),
    /x\.json and its CSV .* there is no column lossDrop, but time, loss$/,
  );
  assert.match(await read(rows(1, [0, 1]).replace("0.1", "x")), /testAccuracy\[0\] is x/);
  assert.match(
    (await leftOut(await folderOf({ "x.json": JSON.stringify(about) }))).join(),
    /x\.csv/,
  );
  const folder = await folderOf({
    "a.json": JSON.stringify(about),
    "a.csv": rows(1, [0, 1]),
    "b.json": JSON.stringify({ ...about, seed: 1 }),
    "b.csv": rows(1, [0, 2]),
  });
  await assert.rejects(
    recordedStudies({ folder }),
    /seeds 0 and 1 at n = 20 were recorded at other/,
  );
  assert.deepEqual(await recordedStudies({ folder: "/no/such/folder" }), []);
});

test("an empty cell is no 0, a cut row and a second column are told", async () => {
  const read = async (change: (text: string) => string, told: object = about) =>
    (await leftOut(
      await folderOf({
        "x.json": JSON.stringify(told),
        "x.csv": change(rows(1, [0, 1, 2])),
      }),
    )).join();
  assert.match(await read((text) => text.replace(",0.1,", ",,")), /testAccuracy\[0\] is empty/);
  assert.match(await read((text) => text.replace(",0.1,", ", ,")), /testAccuracy\[0\] is /);
  assert.match(await read((text) => text.trim().slice(0, -6)), /row 3 has \d cells, .* line 9/);
  assert.match(
    await read((text) => text.replace("gradients", "testLoss")),
    /there are two columns testLoss/,
  );
  assert.match(await read((text) => text, { ...about, n: "20" }), /its JSON\.n is "20"/);
  assert.match(await read((text) => text, { ...about, horizon: null }), /horizon is null/);
});

test("a bit that is changed in data/peers is told, and the other recordings are shown", async () => {
  const folder = await Deno.makeTempDir();
  const all = [...Deno.readDirSync("data/peers")].map(({ name }) => name).sort();
  const [one, other] = all.filter((name) => /^myrtle_5_128_n500_seed[01]\.json$/.test(name))
    .map((name) => name.slice(0, -5));
  for (const name of ["SHA256SUMS", ...[one, other].flatMap((n) => [`${n}.csv`, `${n}.json`])]) {
    await Deno.copyFile(`data/peers/${name}`, `${folder}/${name}`);
  }
  const read = async () => {
    const told: string[] = [];
    const onDamaged = ({ message }: Error) => void told.push(message);
    const studies = await recordedStudies({ folder, onDamaged });
    return {
      told: told.join("\n"),
      seeds: studies.flatMap(({ study: s }) => s.configuration.seeds),
    };
  };
  assert.deepEqual(await read(), { told: "", seeds: [0, 1] });
  for (const ending of ["csv", "json"]) {
    const file = `${folder}/${one}.${ending}`;
    const bytes = await Deno.readFile(file);
    for (const place of [0.1, 0.5, 0.9]) {
      const changed = bytes.slice();
      changed[Math.floor(place * bytes.length)] ^= 1;
      await Deno.writeFile(file, changed);
      const { told, seeds } = await read();
      assert.match(
        told,
        new RegExp(`checksum of .*seed0\\.${ending} does not match; restore them`),
      );
      assert.deepEqual(seeds, [1]);
    }
    await Deno.writeFile(file, bytes);
  }
  await Deno.writeTextFile(`${folder}/other.json`, "{}");
  assert.match((await read()).told, /SHA256SUMS does not tell of other\.json/);
  // A list of checksums that is damaged lets none through that it does not tell of.
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, "sums");
  const { told, seeds } = await read();
  assert.match(told, /has the line "sums"; .*restore it with git/);
  assert.deepEqual(seeds, []);
});

test("what is read is what the reader of recordings reads", async () => {
  const { path } = await readRecording("data/peers/myrtle_5_128_n500_seed0.csv");
  const { study } = (await recordedStudies()).find(({ study: { configuration: c } }) =>
    c.width === 128 && c.n === 500
  )!;
  assert.deepEqual(Array.from(path.loss), study.realizations[0].loss);
  assert.deepEqual(Array.from(path.time), study.time);
});

test("two programs agree to 0.5 % up to τ = 0.2 at 128 channels, six seeds", async () => {
  const ours = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
  const { study } = (await recordedStudies()).find(({ study: { configuration: c } }) =>
    c.width === 128 && c.n === 500
  )!;
  const { largest, seeds } = agreement(ours!.result, study, { until: 0.2 })!;
  assert(largest < 0.005 && seeds === 6, `${largest}, ${seeds} seeds`);
});
