import assert from "node:assert/strict";
import { zipSync } from "fflate";
import {
  descend,
  fullyConnected,
  inefficiency,
  type PathColumns,
  readRecording,
  speedLimitReport,
} from "../../lib/mod.ts";
import { npyBytes } from "./made_npy.ts";
import { KEPT_RUNS, needs } from "../permissions.ts";

const { test } = needs("read", "write");
const kept = needs(...KEPT_RUNS);

async function inFolder(work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A descent of the library's own, with every weight on the way. */
async function ownRun() {
  const network = fullyConnected({ widths: [2, 8, 1] });
  const data = {
    images: { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) },
    targets: { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) },
  };
  const steps = 12, options = { learningRate: 0.01, seed: 3 };
  const { trajectory } = await descend(network, data, { ...options, steps });
  const weights: Float32Array[] = [];
  for (let step = 0; step <= steps; step++) {
    const { parameters } = await descend(network, data, { ...options, steps: step });
    weights.push(Float32Array.from(parameters.flatMap(({ data }) => [...data])));
  }
  return { trajectory, weights };
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number, what: string) => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) {
    const off = Math.abs(a[i] - b[i]) / Math.max(Math.abs(b[i]), 1e-3);
    assert.ok(off <= tolerance, `${what}[${i}] is ${a[i]}, not ${b[i]}`);
  }
};

const csvOf = (columns: Record<string, ArrayLike<number>>) => {
  const names = Object.keys(columns);
  const rows = Array.from(columns[names[0]], (_, i) => names.map((n) => columns[n][i]).join(","));
  return [names.join(","), ...rows, ""].join("\n");
};

kept.test("the library's own descent comes back from every form of file", async () => {
  const { trajectory, weights } = await ownRun();
  const { time, loss, displacementSquared, pathLength } = trajectory;
  const displacement = displacementSquared.map(Math.sqrt);
  const expected = inefficiency({ time, loss, displacementSquared, pathLength });
  const n = time.length;
  const table = Float64Array.from(
    [...time].flatMap((_, i) => [time[i], loss[i], displacement[i], pathLength[i]]),
  );
  await inFolder(async (folder) => {
    const same = async (
      name: string,
      bytes: string | Uint8Array,
      options = {},
      tolerance = 1e-9,
    ) => {
      const file = `${folder}/${name}`;
      await Deno.writeFile(
        file,
        typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
      );
      const { path, entries, every } = await readRecording(file, options);
      assert.deepEqual([entries, every], [n, 1]);
      const { columns } = speedLimitReport(path);
      for (const key of ["inefficiency", "tortuosity", "speedLimit"] as const) {
        close(columns[key], expected[key], tolerance, `${name}: ${key}`);
      }
      return path as PathColumns & { halvedLength?: number };
    };
    await same("named.csv", csvOf({ path_length: pathLength, loss, t: time, displacement }));
    await same("squared.csv", csvOf({ time, loss, displacementSquared, pathLength }));
    await same("plain.npy", npyBytes([n, 4], table));
    const fields =
      "[('time', '<f8'), ('loss', '<f8'), ('displacement', '<f8'), ('path_length', '<f8')]";
    await same("fields.npy", npyBytes([n], table, { descr: fields }));
    await same(
      "columns.npz",
      zipSync({
        "time.npy": npyBytes([n], time),
        "loss.npy": npyBytes([n], loss),
        "displacement.npy": npyBytes([n], displacement),
        "path_length.npy": npyBytes([n], pathLength),
        "more.npy": npyBytes([3, 3], new Float64Array(9)),
      }, { level: 6 }),
    );

    // From float32 weights: their rounding is all that may differ.
    const count = weights[0].length;
    const all = Float32Array.from(weights.flatMap((w) => [...w]));
    const rounding = 3e-4;
    const arrays = { "time.npy": npyBytes([n], time), "loss.npy": npyBytes([n], loss) };
    const whole = { ...arrays, "weights.npy": npyBytes([n, count], all) };
    const path = await same("weights.npz", zipSync(whole), {}, rounding);
    assert.ok(path.halvedLength! > 0.99 && path.halvedLength! <= 1, `${path.halvedLength}`);
    await Deno.writeFile(`${folder}/weights.npy`, npyBytes([n, count], all));
    const timeAndLoss = csvOf({ time, loss });
    await same("a.csv", timeAndLoss, { weights: `${folder}/weights.npy` }, rounding);
    await Deno.mkdir(`${folder}/snapshots`);
    for (const [i, w] of weights.entries()) {
      await Deno.writeFile(`${folder}/snapshots/step${i}.npy`, npyBytes([count / 3, 3], w));
    }
    await same("b.csv", timeAndLoss, { weights: `${folder}/snapshots` }, rounding);
  });
});

test("a recording that will not do is refused with entry, column and value", async () => {
  await inFolder(async (folder) => {
    const fails = async (
      name: string,
      bytes: string | Uint8Array,
      message: RegExp,
      weights?: Uint8Array,
    ) => {
      const file = `${folder}/${name}`;
      await Deno.writeFile(
        file,
        typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
      );
      if (weights) await Deno.writeFile(`${folder}/w.npy`, weights);
      const options = weights ? { weights: `${folder}/w.npy` } : {};
      await assert.rejects(() => readRecording(file, options), message, name);
    };
    const header = "time,loss,displacement,pathLength\n";
    await fails("empty.csv", "", /empty.csv is empty/);
    await fails("short.csv", `${header}0,1,0,0\n`, /1 entry; a path needs a start and an end/);
    await fails(
      "lacks.csv",
      "time,loss\n0,1\n1,0\n",
      /lacks displacement, pathLength; .*--weights/s,
    );
    await fails(
      "falls.csv",
      `${header}0,3,0,0\n2,2,1,1\n1,1,1,1\n`,
      /row 3 .*time is 1, not above 2/,
    );
    await fails("nan.csv", `${header}0,3,0,0\n1,nan,1,1\n`, /row 2 .*loss is "nan"/);
    await fails("start.csv", `${header}0,3,1,1\n1,2,2,2\n`, /displacement is 1 in the first entry/);
    await fails(
      "long.csv",
      `${header}0,3,0,0\n1,2,2,1\n`,
      /displacement is 2, more than the path.* 1;/,
    );
    await fails("back.csv", `${header}0,3,0,0\n1,2,1,2\n2,2,1,1.5\n`, /pathLength is 1.5, below 2/);
    await fails("minus.csv", `${header}0,3,0,0\n1,2,-1,2\n`, /displacement is -1; it must be 0 or/);
    await fails("model.pt", "PK", /\.pt file, which is not read here; .*parameters_to_vector/);
    await fails("text.npy", "hello, world", /is no .npy file/);
    await fails("text.npz", "hello, world", /is no whole .npz file/);
    await fails(
      "cut.npy",
      npyBytes([2, 4], new Float64Array(8)).slice(0, -8),
      /was not written to its end/,
    );
    const nine = new Float64Array(9);
    await fails("fortran.npy", npyBytes([3, 3], nine, { fortran: true }), /ascontiguousarray/);
    await fails(
      "objects.npy",
      npyBytes([9], nine, { descr: "'|O'" }),
      /dtype "\|O", Python objects/,
    );
    await fails("complex.npy", npyBytes([4], nine, { descr: "'<c16'" }), /complex numbers/);
    await fails("shape.npy", npyBytes([2.5, 4], nine), /shape \(2\.5, 4\), which is none/);
    await fails("minus.npy", npyBytes([-5, 4], nine), /shape \(-5, 4\), which is none/);
    await fails("hollow.npy", npyBytes([1e9, 0], nine), /no numbers in it/);
    await fails(
      "odd.npy",
      npyBytes([2], nine, { descr: "'<constructor'" }),
      /dtype "<constructor"/,
    );
    await fails(
      "twice.npy",
      npyBytes([2], nine, { descr: "[('t', '<f8'), ('time', '<f8')]" }),
      /two columns for time/,
    );
    await fails(
      "both.csv",
      "time,loss,displacement,displacementSquared,pathLength\n0,3,0,0,0\n1,2,1,4,2\n",
      /row 2 .*displacementSquared is 4, and displacement is 1, whose square is 1; they must agree/,
    );
    await fails("wide.csv", "0,3,0,0,7\n1,2,1,1,7\n", /wide.csv has 5 numbers in its first row/);
    await fails(
      "longer.csv",
      `${header}0,3,0,0\n1,2,1,1,9\n`,
      /row 2 .* has 5 cells, the first row 4: "9" is of no column/,
    );
    await fails("wide.npy", npyBytes([2, 5], new Float64Array(10)), /shape \(2, 5\); columns are/);
    await fails(
      "tail.npy",
      npyBytes([2, 4], Float64Array.of(0, 3, 0, 0, 1, 2, 1, 1, 5)),
      /tail.npy has \d+ bytes; an array of shape \(2, 4\) ends after \d+: the 8 beyond are of no/,
    );
    await fails("far.csv", `${header}0,3,0,0\n1,2,1e200,1e200\n`, /1e\+200; its square exceeds/);
    await fails("cube.npy", npyBytes([1, 3, 3], nine), /shape \(1, 3, 3\); columns are/);

    const two = "time,loss\n0,1\n1,0.5\n";
    const three = Float32Array.of(1, 2, 3, 4, 5, NaN);
    await fails("a.csv", two, /3 snapshots; .*a.csv has 2 times/, npyBytes([3, 2], three));
    await fails("b.csv", two, /snapshot 1: parameter 2 is NaN/, npyBytes([2, 3], three));
    const ragged = zipSync({
      "time.npy": npyBytes([2], Float64Array.of(0, 1)),
      "loss.npy": npyBytes([3], Float64Array.of(3, 2, 1)),
    });
    await fails("ragged.npz", ragged, /loss of ragged.npz has 3 values; time has 2/);
    await Deno.mkdir(`${folder}/w`);
    await Deno.writeFile(`${folder}/w/1.npy`, npyBytes([2], Float32Array.of(1, 2)));
    await Deno.writeFile(`${folder}/w/2.npy`, npyBytes([3], Float32Array.of(1, 2, 3)));
    await assert.rejects(
      () => readRecording(`${folder}/a.csv`, { weights: `${folder}/w` }),
      /snapshot 1 has 3 parameters; those before have 2/,
    );
    await assert.rejects(
      () => readRecording(`${folder}/absent.csv`),
      /there is no file .*absent\.csv; it was sought in/,
    );
    await assert.rejects(
      () => readRecording(`${folder}/w`),
      /w is a folder; .* give these 2 \.npy files/,
    );

    // Declared, not written: 3 GB of zeros, which a small archive may hold.
    const bomb = zipSync({ "time.npy": npyBytes([2], Float64Array.of(0, 1)) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const directory = view.getUint32(bomb.length - 6, true);
    view.setUint32(directory + 24, 3e9, true);
    await fails("bomb.npz", bomb, /has 3\.0 GB; an \.npz may have 2/);
  });
});

test("a long array is thinned out in bounded memory, each row checked", async () => {
  await inFolder(async (folder) => {
    const rows = 1000;
    const made = Float64Array.from({ length: 4 * rows }, (_, i) => {
      const row = Math.floor(i / 4);
      return i % 4 === 1 ? rows - row : row;
    });
    const file = `${folder}/long.npy`;
    await Deno.writeFile(file, npyBytes([rows, 4], made));
    const { path, entries, every } = await readRecording(file, { most: 100 });
    assert.deepEqual([entries, every, path.time.length], [rows, 16, 64]);
    assert.equal(path.time[1], 16);
    assert.equal(path.time[63], rows - 1);
    made[4 * 777] = 0; // a row that is not kept
    await Deno.writeFile(file, npyBytes([rows, 4], made));
    await assert.rejects(() => readRecording(file, { most: 100 }), /entry 777 .*time is 0, not/);
  });
});

test("what else an archive holds is left alone", async () => {
  await inFolder(async (folder) => {
    const bytes = zipSync({
      "time.npy": npyBytes([2], Float64Array.of(0, 1)),
      "loss.npy": npyBytes([2], Float64Array.of(2, 1)),
      "weights.npy": npyBytes([2, 1], Float64Array.of(0, 1)),
      "config.npy": npyBytes([], new Uint8Array(8), { descr: "'|O'" }),
      "README.txt": new TextEncoder().encode("hello"),
    });
    await Deno.writeFile(`${folder}/run.npz`, bytes);
    const { path } = await readRecording(`${folder}/run.npz`);
    assert.equal(path.displacementSquared[1], 1);
  });
});

test("half floats and integers are read, big-endian too", async () => {
  await inFolder(async (folder) => {
    const two = Uint8Array.of(0, 0x3c, 0, 0xc0, 0, 0x34, 0xff, 0x7b); // 1, -2 / 0.25, 65504
    await Deno.writeFile(`${folder}/w.npy`, npyBytes([2, 2], two, { descr: "'<f2'" }));
    await Deno.writeTextFile(`${folder}/t.csv`, "time,loss\n0,2\n1,1\n");
    const { path } = await readRecording(`${folder}/t.csv`, { weights: `${folder}/w.npy` });
    assert.equal(path.displacementSquared[1], 0.75 ** 2 + 65506 ** 2);
    const big = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 2);
    await Deno.writeFile(`${folder}/w.npy`, npyBytes([2, 1], big, { descr: "'>i4'" }));
    const read = await readRecording(`${folder}/t.csv`, { weights: `${folder}/w.npy` });
    assert.equal(read.path.displacementSquared[1], 1);
  });
});

test("columns of other things are told of, not read", async () => {
  await inFolder(async (folder) => {
    const file = `${folder}/run.csv`;
    await Deno.writeTextFile(
      file,
      "epoch,time,loss,displacement,path,lr\n0,0,3,0,0,1\n1,1,2,1,1,1\n",
    );
    assert.deepEqual((await readRecording(file)).passedOver, ["epoch", "lr"]);
  });
});

test("a file that is handed over gives what its name gives, without a file system", () =>
  inFolder(async (folder) => {
    const rows = [[0, 3], [1, 2], [2.5, 1]];
    const contents = {
      "run.csv": new TextEncoder().encode("time,loss\n" + rows.map((row) => row.join()).join("\n")),
      "run.npy": npyBytes([3, 4], Float64Array.from([0, 3, 0, 0, 1, 2, 1, 1, 2.5, 1, 2, 3])),
      "weights.npy": npyBytes([3, 2], Float32Array.of(0, 0, 3, 0, 3, 4)),
    };
    const files: Record<string, File> = {};
    for (const [name, bytes] of Object.entries(contents)) {
      await Deno.writeFile(`${folder}/${name}`, bytes);
      files[name] = new File([bytes], name);
    }
    const told: number[] = [];
    const handed = await readRecording(files["run.csv"], {
      weights: files["weights.npy"],
      onProgress: ({ done }) => void told.push(done),
    });
    assert.deepEqual(Array.from(handed.path.pathLength), [0, 3, 7]);
    assert(told.length > 0);
    const named = { weights: `${folder}/weights.npy` };
    assert.deepEqual(handed, await readRecording(`${folder}/run.csv`, named));
    assert.deepEqual(
      (await readRecording(files["run.npy"])).path,
      (await readRecording(`${folder}/run.npy`)).path,
    );
    await assert.rejects(
      () => readRecording(new File([], "run.npz")),
      /run\.npz is an \.npz, which is read by its name alone/,
    );
  }));
