import assert from "node:assert/strict";
import { storeStudy } from "../../../lib/companion/cli/store_study.ts";
import { configurationTyped } from "../../../lib/companion/cli/study_flags.ts";
import { kernelStudy, networkOf, studies, studyNamed } from "../../../lib/experiments/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const { kernels, residues, "speed-limit": speedLimit } = studies;

/** The name of the file that a command line stores. */
const nameOf = async (...args: string[]) =>
  speedLimit.fileName(await speedLimit.resolve(configurationTyped(speedLimit, args) as never));

Deno.test("however a number is written, the file's name is of its value", async () => {
  const names = new Set<string>();
  for (const width of [" 20 ", "20", "20.0", "2e1", "+20", "0x14"]) {
    names.add(await nameOf("--width", width, "--n", "100"));
  }
  assert.equal(names.size, 1, [...names].join(", "));
  assert.match([...names][0], /_20_n100/);
});

Deno.test("an empty value, a second word and a seed without weights are refused with their names", async () => {
  const refused = (args: string[], message: RegExp) =>
    assert.rejects(async () => await nameOf(...args), message);
  await refused(
    ["--width", "8", "--n", "9", "--weight-std", ""],
    /^UsageError: --weight-std "": it must be a finite number/,
  );
  await refused(["--width", " ", "--n", "9"], /--width " ": it must be an integer from 1/);
  await refused(["--width", "8", "--n", "9", "again"], /"again" stands alone/);
  for (
    const [flag, meant] of [["widht", "width"], ["weightStd", "weight-std"], [
      "archi",
      "architecture",
    ]]
  ) {
    await refused([`--${flag}`, "8"], new RegExp(`no --${flag} \\(did you mean --${meant}\\?\\)`));
  }
  await refused(["--n"], /^UsageError: --n needs a value$/);
  await refused(["--n", "-5"], /--n needs a value; one that begins with a dash is written --n=/);
  assert.throws(
    () => configurationTyped(residues, ["myrtle_5_8_n9", "myrtle_5_8_n10"]),
    /"myrtle_5_8_n10" stands alone/,
  );
  await assert.rejects(
    () => kernelStudy({ n: 20, seed: 3 }),
    /^RangeError: seed is 3; the infinite width has no initial weights/,
  );
});

test("a network that there is none of is no kernel's, no study's and no file's name", async () => {
  const data = await Deno.makeTempDir();
  try {
    for (const architecture of ["cnn", "../../../x", "__proto__", "", "Myrtle-5"]) {
      const told = new RegExp(`architecture is "${architecture}"; it must be "myrtle-5"`);
      const typed = { architecture, width: 8, n: 20 };
      for (const study of [kernels, speedLimit]) {
        assert.throws(() => configurationTyped(study, ["--architecture", architecture]), {
          ...{ name: "UsageError", message: /^--architecture .*: it must be "myrtle-5"/ },
        });
        await assert.rejects(() => storeStudy(study, typed, { data, cache: data }), told);
      }
      assert.throws(() => networkOf({ architecture: architecture as never, width: 8 }), told);
      await assert.rejects(async () => await kernelStudy({ architecture, n: 20 } as never), told);
    }
    assert.deepEqual([...Deno.readDirSync(data)], [], "nothing is written");
    assert.throws(() => studyNamed("../kernels"), /study is/);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});
