import assert from "node:assert/strict";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { reportText } from "../../../lib/companion/cli/measure.ts";
import { speedLimitReport } from "../../../lib/recordings/mod.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

async function task(...args: string[]) {
  return await taskIn(projectFolder, ...args);
}

async function taskIn(called: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P", "lib/companion/cli/main.ts", "measure", ...args],
    cwd: projectFolder,
    env: { NO_COLOR: "1", INIT_CWD: called },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), said: text(stderr) };
}

test("deno task measure: from a recorded run to its speed limit", async (t) => {
  const folder = await Deno.makeTempDir();
  const times = Array.from({ length: 51 }, (_, i) => i / 25);
  // θ' = −θ from 1: T/T_SL = (T/2) coth(T/2), a straight path
  const rows = times.map((t) => {
    const moved = -Math.expm1(-t);
    return [t, Math.exp(-2 * t) / 2, moved, moved].join(",");
  });
  const file = `${folder}/run.csv`;
  await Deno.writeTextFile(file, ["time,loss,displacement,path_length", ...rows].join("\n"));

  await t.step("a table, and files where asked", async () => {
    const { code, out, said } = await task(file, "--output", `${folder}/out`);
    assert.equal(code, 0, said);
    const last = out.split("\n").findLast((line) => /^\s*2\s/.test(line))!.trim().split(/\s+/);
    assert.equal(last[5], (1 / Math.tanh(1)).toPrecision(4));
    assert.match(out, /ΔL Δt\/δs² = 1 in the median/);
    assert.doesNotMatch(out, /Note:/);
    const written = await Deno.readTextFile(`${folder}/out/speed_limit.csv`);
    assert.equal(written.trim().split("\n").length, 52);
    assert.match(written, /^time,lossDrop,displacementSquared,pathLength,speedLimit,inefficiency/);
    assert.equal((await Deno.readFile(`${folder}/out/speed_limit.png`))[1], "P".charCodeAt(0));
    const names = [...Deno.readDirSync(`${folder}/out`)].map(({ name }) => name);
    assert.equal(names.length, 2, `${names}`);
  });
  await t.step("what is wrong is one message and a status", async () => {
    const fails = async (status: number, message: RegExp, ...args: string[]) => {
      const { code, said } = await task(...args);
      assert.equal(code, status, said);
      assert.match(said, message);
      assert.doesNotMatch(said, /\n\s+at /, "no trace");
    };
    await fails(2, /there are 0 files; give one/);
    await fails(2, /--from x: it must be the number of an entry/, file, "--from", "x");
    await fails(1, /another start needs snapshots/, file, "--from", "3");
    await fails(1, /none\.csv/, `${folder}/none.csv`);
    await Deno.writeTextFile(
      `${folder}/bad.csv`,
      "time,loss,displacement,path\n0,1,0,0\n1,oops,1,1\n",
    );
    await fails(1, /row 2 \(line 3\) of bad.csv: loss is "oops"/, `${folder}/bad.csv`);
    await fails(2, /name of a file is empty/, "");
    await fails(2, /--output "": it must be the name of a folder/, file, "--output", "");
    await fails(2, /nothing can be written there/, file, "--output", file);
    assert.equal((await task("--help")).code, 0);
  });
  await t.step("wrong use is told with what may have been meant", async () => {
    const said = async (...args: string[]) => {
      const { code, said } = await task(...args);
      assert.equal(code, 2, said);
      return said;
    };
    assert.match(
      await said(file, "--wieghts", "w.npy"),
      /there is no --wieghts \(did you mean --weights\?\); there are .*--from/,
    );
    assert.match(
      await said("w.npy", file),
      /2 files; give one.* weights go behind --weights: \S+run\.csv --weights w\.npy/,
    );
  });
  await t.step(
    "a file is sought where the task was called, and its name is only a name",
    async () => {
      const name = "<img src=x>\x1b[31m\x01$x$.csv";
      await Deno.copyFile(file, `${folder}/${name}`);
      const { code, out, said } = await taskIn(folder, name, "--output", "named");
      assert.equal(code, 0, said);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(out + said, /[\x01\x1b]/);
      assert.ok((await Deno.stat(`${folder}/named/speed_limit.png`)).size > 0);
    },
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a table has no gap without its reason", () => {
  const read = { file: "run.csv", entries: 4, every: 1, passedOver: [] };
  const path = { time: [0, 1, 2, 3], displacementSquared: [0, 1, 0, 4], pathLength: [0, 1, 2, 4] };
  const text = (loss: number[]) => reportText(speedLimitReport({ ...path, loss }), read);
  const some = text([3, 4, 2, 1]);
  const cells = some.split("\n").slice(3, 6).map((row) => row.trim().split(/ {2,}/));
  assert.deepEqual(cells[0].slice(4), ["ΔL ≤ 0", "ΔL ≤ 0", "1", "ΔL ≤ 0"]);
  assert.deepEqual(cells[1].slice(5), ["l_geo = 0", "l_geo = 0", "l_geo = 0"]);
  assert.match(some, /^At the end T\/T_SL = 1\.5 = speed spread/m);
  const risen = text([3, 4, 5, 6]);
  assert.match(risen, /^At the end T\/T_SL has no value, because ΔL ≤ 0\.$/m);
  assert.match(risen, /^ΔL Δt\/δs² has no value: /m);
  assert.doesNotMatch(some + risen, /–|NaN|Infinity/);
});
