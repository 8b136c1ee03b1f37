import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { readRecording } from "../../lib/recordings/mod.ts";
import { npyBytes } from "./made_npy.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

/** Files by name; a text, or an array's bytes. */
async function inFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/snapshots`);
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const numbers = (...values: number[]) => npyBytes([values.length], Float64Array.from(values));
/** θ = (0, 0, 0, 0, 0), then (1, 0, 0, 0, 0), then (2, …): three snapshots of five weights. */
const SNAPSHOTS = Float64Array.from({ length: 15 }, (_, i) => i % 5 === 0 ? i / 5 : 0);
const TABLE = "time,loss\n0,3\n1,2\n2,1.5\n";
const COLUMNS = [[0, 3, 0, 0], [1, 2, 1, 1], [2, 1.5, 2, 2]];

test("what a file lacks is told with what it has and how to make it", async () => {
  const lacks = async (name: string, content: string | Uint8Array, ...parts: string[]) => {
    await inFolder({ [name]: content }, async (folder) => {
      await assert.rejects(() => readRecording(`${folder}/${name}`), (error: Error) => {
        assert.ok(error instanceof RangeError, String(error));
        for (const part of parts) {
          assert.ok(error.message.includes(part), `${error.message}\nlacks: ${part}`);
        }
        return true;
      });
    });
  };
  await lacks(
    "steps.csv",
    "step,loss,displacement,pathLength\n0,3,0,0\n1,2,1,1\n",
    'steps.csv lacks time; it has loss, displacement, pathLength, and "step", which is not read',
    "  time  learning rate × steps, of plain gradient descent; here learning rate × step",
  );
  await lacks(
    "epochs.csv",
    "epoch,train_loss,val_loss\n0,3,3\n",
    'lacks time, displacement, pathLength; it has loss, and "epoch", "val_loss", which are not read',
    "here learning rate × steps in an epoch × epoch",
    "  displacement  ‖θ_t − θ_0‖",
    "instead of displacement and pathLength, snapshots of the weights",
    "--weights",
  );
  await lacks(
    "typed.csv",
    "tiem,loss,dispalcement,pathLenght\n0,3,0,0\n",
    '"tiem" (did you mean time?), "dispalcement" (did you mean displacement?)',
  );
  await lacks("pandas.csv", ",loss,displacement,pathLength\n0,3,0,0\n", "pandas.csv lacks time;");
  await lacks("loss.csv", "loss\n3\n2\n", "lacks time, displacement, pathLength; it has loss.");
  await lacks(
    "structure.npy",
    npyBytes([1], Float64Array.of(3, 0), { descr: "[('loss', '<f8'), ('step', '<f8')]" }),
    'lacks time, displacement, pathLength; it has loss, and "step", which is not read',
  );
  await lacks(
    "run.npz",
    zipSync({ "epoch.npy": numbers(0, 1, 2), "weights.npy": npyBytes([3, 5], SNAPSHOTS) }),
    'run.npz lacks time, loss; it has weights, and "epoch", which is not read',
    "np.savez(file, time=…, loss=…, weights=…)",
  );
  await lacks(
    "unnamed.npz",
    zipSync({ "arr_0.npy": numbers(0, 1), "arr_1.npy": numbers(3, 2) }),
    'it has "arr_0", "arr_1", which are not read',
  );
});

test("weights and columns that were taken for one another are told apart", async () => {
  const files = {
    "table.csv": TABLE,
    "whole.csv": "time,loss,displacement,pathLength\n" + COLUMNS.map((row) => `${row}\n`).join(""),
    "weights.npy": npyBytes([3, 5], SNAPSHOTS),
    "two.npy": npyBytes([3, 2], Float64Array.of(0, 0, -1, 0, -2, 0)),
    "four.npy": npyBytes([3, 4], Float64Array.of(0, 0, 0, 0, -1, 0, 0, 0, -2, 0, 0, 0)),
    "columns.npy": npyBytes([3, 4], Float64Array.from(COLUMNS.flat())),
    "lying.npy": npyBytes([4, 5], new Float64Array(20)),
    "named.npy": npyBytes([3], Float64Array.from(COLUMNS.flat().slice(0, 6)), {
      descr: "[('time', '<f8'), ('loss', '<f8')]",
    }),
    "weights.npz": zipSync({ "w.npy": npyBytes([3, 5], SNAPSHOTS) }),
    "model.npz": zipSync({ "fc.weight.npy": numbers(1), "fc.bias.npy": numbers(1) }),
    "model.pt": "PK",
    "run.json": "{}",
    "run.csv.gz": "\x1f",
    "snapshots/0.npy": numbers(0),
  };
  await inFolder(files, async (folder) => {
    const fails = async (message: RegExp, file: string, weights?: string) =>
      await assert.rejects(
        () =>
          readRecording(`${folder}/${file}`, weights ? { weights: `${folder}/${weights}` } : {}),
        message,
        `${file} ${weights}`,
      );
    await fails(
      /shape \(3, 5\); columns are .*; snapshots of weights go into .*--weights/,
      "weights.npy",
    );
    await fails(/shape \(4, 5\).* its rows may be the columns: save array\.T/, "lying.npy");
    await fails(/time is -1, not above 0 .*read as time, loss, .*--weights/, "four.npy");
    await fails(/two.npy lacks displacement, pathLength/, "two.npy");
    await fails(
      /exchange the two, table\.csv for the columns and weights\.npy/,
      "weights.npy",
      "table.csv",
    );
    await fails(/weights is .*whole\.csv, no \.npy file/, "table.csv", "whole.csv");
    await fails(/first two numbers of each .* are time and loss/, "table.csv", "columns.npy");
    await fails(/named\.npy has columns \(time, loss\)/, "table.csv", "named.npy");
    await fails(
      /has the arrays fc\.weight, fc\.bias; snapshots are one array/,
      "table.csv",
      "model.npz",
    );
    await fails(/\.pt file, which is not read here; save NumPy arrays/, "table.csv", "model.pt");
    await fails(/is a \.json file, .* save it as CSV/, "run.json");
    await fails(/is a \.gz file, .* unpack it first/, "run.csv.gz");
    await fails(/snapshots is a folder; .* give these 1 \.npy files to .*--weights/, "snapshots");
    await fails(/there is no file .*tabel\.csv \(did you mean table\.csv\?\)/, "tabel.csv");
    // And what is meant rightly is read: an archive of one array, whatever its name.
    for (const weights of ["weights.npy", "weights.npz"]) {
      const { path } = await readRecording(`${folder}/table.csv`, {
        weights: `${folder}/${weights}`,
      });
      assert.deepEqual(Array.from(path.displacementSquared), [0, 1, 4], weights);
    }
    assert.equal((await readRecording(`${folder}/columns.npy`)).path.pathLength[2], 2);
  });
});

Deno.test("of files that are handed over the same is told", async () => {
  const handed = (name: string, content: string | Uint8Array<ArrayBuffer>) =>
    new File([content], name);
  const table = handed("table.csv", TABLE);
  const weights = handed("weights.npy", npyBytes([3, 5], SNAPSHOTS));
  const fails = (message: RegExp, file: File, weights?: File) =>
    assert.rejects(() => readRecording(file, { weights }), message);
  await fails(/^RangeError: table\.csv lacks displacement, pathLength; it has time, loss\./, table);
  await fails(/^RangeError: weights\.npy has the shape \(3, 5\); columns are/, weights);
  await fails(/^TypeError: weights is table\.csv, .* exchange the two/, weights, table);
  await fails(
    /first two numbers of each .* are time and loss/,
    table,
    handed(
      "columns.npy",
      npyBytes([3, 4], Float64Array.from(COLUMNS.flat())),
    ),
  );
  await fails(/run\.json is a \.json file, .* save it as CSV/, handed("run.json", "{}"));
  const { path } = await readRecording(table, { weights });
  assert.deepEqual(Array.from(path.displacementSquared), [0, 1, 4]);
});
