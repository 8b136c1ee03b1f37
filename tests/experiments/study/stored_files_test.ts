// What is stored comes back as it was written, or not at all; and nothing lesser takes its place.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { storedResult, storedResults, storeResult, studies } from "../../../lib/experiments/mod.ts";
import { nameFrom } from "../../../lib/experiments/study/file_name.ts";
import {
  parseStored,
  readStoredFile,
  storedNames,
} from "../../../lib/experiments/study/stored_files.ts";
import { storeStudy } from "../../../lib/companion/cli/store_study.ts";
import { configurationTyped } from "../../../lib/companion/cli/study_flags.ts";
import { withFolder } from "../../resources/made_wheel.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

const command = "by hand";

test("a bit that is changed anywhere in a stored file is told", () =>
  withFolder(async (data) => {
    const result = { loss: [1.25, 0.5, 1e-9], warm: true, note: "a ü", none: null };
    const file = await storeResult("some/one", result, { command, folder: data });
    const bytes = readFileSync(file);
    const whole = await storedResult("some/one", { data });
    assert(whole?.checked);
    assert.deepEqual(whole.result, result);
    const expected = { made: whole.made, result, checked: true };
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(bytes);
        changed[at] ^= 1 << bit;
        let found: unknown;
        try {
          found = parseStored(new TextDecoder().decode(changed));
        } catch {
          refused++;
          continue;
        }
        // 1E-9 is 1e-9, and a blank for the last line's end is none: as it was, or not at all.
        assert.deepEqual(found, expected, `byte ${at}, bit ${bit}`);
      }
    }
    assert(refused >= 8 * bytes.length - 8, `${refused} of ${8 * bytes.length}`);
    bytes[bytes.length / 2 | 0] ^= 1;
    writeFileSync(file, bytes);
    await assert.rejects(
      storedResult("some/one", { data }),
      /one\.json cannot be read: .*; restore it with git, or delete it/s,
    );
  }));

test("every result under data/ has its checksum", async () => {
  let count = 0;
  for (const { folder } of Object.values(studies)) {
    for (const name of await storedNames(folder)) {
      assert.ok((await readStoredFile(`${folder}/${name}`))!.checked, `${folder}/${name}`);
      count++;
    }
  }
  assert.ok(count > 100, `only ${count} results`);
});

test("a file's layout is no part of its checksum, and one of an older form has none", () =>
  withFolder(async (data) => {
    const file = await storeResult("some/one", { loss: [1, 2] }, { command, folder: data });
    const stored = JSON.parse(readFileSync(file, "utf8"));
    assert.match(stored.made.data, /^cifar-10 [0-9a-f]{16}$/);
    assert.match(stored.made.backend, /^(openblas|ml-matrix)/);
    writeFileSync(file, JSON.stringify(stored, null, 2));
    assert.equal((await storedResult("some/one", { data }))!.checked, true);
    const { made, result } = stored;
    writeFileSync(file, JSON.stringify({ made, result }));
    const older = await storedResult("some/one", { data });
    assert.equal(older!.checked, false);
    assert.deepEqual(older!.result, { loss: [1, 2] });
  }));

test("a file that cannot be read is named and left out; who asks for it is told", () =>
  withFolder(async (data) => {
    for (const name of ["a", "b", "c"]) {
      await storeResult(`speed_limit/${name}`, { realizations: [], warmIndex: -1 }, {
        ...{ command, folder: data },
      });
    }
    const file = join(data, "speed_limit", "b.json");
    const text = readFileSync(file, "utf8");
    const damages = [text.slice(0, 40), "", text.replace("-1", "-2"), '{"made":{"command":"x"}}'];
    // Of an older form, and no study.
    damages.push('{"made":{"command":"x","code":"","date":""},"result":{}}');
    for (const damage of damages) {
      writeFileSync(file, damage);
      const told: string[] = [];
      const onDamaged = ({ message }: Error) => void told.push(message);
      const found = await storedResults("speed_limit", { data, onDamaged });
      assert.deepEqual(found.map(({ name }) => name), ["a", "c"], damage);
      assert.equal(told.length, 1);
      assert.match(told[0], /speed_limit.b\.json cannot be read: .*; restore it with git/);
      await assert.rejects(storedResult("speed_limit/b", { data }), /b\.json cannot be read/);
    }
    writeFileSync(file, text.slice(0, 40));
    const again = storeResult("speed_limit/b", {}, { command, folder: data });
    await assert.rejects(again, /b\.json cannot be read/);
    assert.equal(readFileSync(file, "utf8"), text.slice(0, 40), "it may be mended yet");
    assert.equal(await storedResult("speed_limit/d", { data }), undefined);
  }));

test("the console is told of a damaged file", () =>
  withFolder(async (data) => {
    await storeResult("some/a", 1, { command, folder: data });
    writeFileSync(join(data, "some", "b.json"), "{");
    const { warn } = console;
    const told: unknown[] = [];
    console.warn = (...words: unknown[]) => void told.push(words.join(" "));
    try {
      assert.equal((await storedResults("some", { data })).length, 1);
    } finally {
      console.warn = warn;
    }
    assert.match(String(told), /^left out: .*b\.json cannot be read/);
  }));

test("names that lead to another place are refused, and nothing is written", () =>
  withFolder(async (folder) => {
    const data = join(folder, "a", "data");
    const names = ["../../../x", "x", "", "some/", "/some/x", "some/../x", "../some/x", "some/a/b"];
    names.push(
      "some\\..\\x",
      "some/..\\x",
      "some/.x",
      "some/x\0",
      "some/x\n",
      "some/ x",
      "..",
      "./x",
    );
    names.push(`some/${"x".repeat(300)}`, "/etc/x", "C:/x", "some/x:y", "some/%2e%2e");
    for (const name of [...names, 5 as unknown as string, undefined as unknown as string]) {
      const shown = typeof name === "string" ? JSON.stringify(name) : String(name);
      const refused = (error: Error) =>
        error.name === "RangeError" && error.message.startsWith(`name is ${shown}; it must be a`);
      await assert.rejects(storeResult(name, {}, { command, folder: data }), refused, shown);
      await assert.rejects(storedResult(name, { data }), refused, shown);
    }
    for (const name of [Object.create(null), new Map(), 5n, Symbol("x")]) {
      await assert.rejects(
        storeResult(name, {}, { command, folder: data }),
        /^RangeError: name is /,
      );
    }
    await assert.rejects(storedResults("../../peers", { data }), /name is/);
    assert(!existsSync(data));
    assert.deepEqual(readdirSync(folder), []);
  }));

test("what is coarser, shorter or of fewer never replaces what is stored", () =>
  withFolder(async (data) => {
    const name = "speed_limit/one";
    const kept = { tolerance: 0.01, horizon: 0.2, entries: 48, testImages: 2000, seeds: [0, 1, 2] };
    const store = (change: Partial<typeof kept>) =>
      storeResult(name, { configuration: { ...kept, ...change }, realizations: [] }, {
        ...{ command, folder: data },
      });
    await store({});
    const before = readFileSync(join(data, `${name}.json`), "utf8");
    const lesser: [Partial<typeof kept>, RegExp][] = [
      [{ tolerance: 0.2 }, /tolerance is 0\.2, and 0\.01 is stored/],
      [{ horizon: 0.1 }, /horizon is 0\.1, and 0\.2 is stored/],
      [{ entries: 47 }, /entries is 47, and 48 is stored/],
      [{ testImages: 100 }, /testImages is 100, and 2000 is stored/],
      [{ seeds: [0, 2, 3, 4] }, /seeds lacks 1, which is stored/],
      [{ tolerance: 0.001, seeds: [0] }, /seeds lacks 1, 2, which is stored/],
    ];
    for (const [change, message] of lesser) {
      await assert.rejects(store(change), (error: Error) => {
        assert.equal(error.name, "RangeError");
        assert.match(error.message, /^speed_limit\/one stays as it is: /);
        assert.match(error.message, message);
        return true;
      });
    }
    assert.equal(readFileSync(join(data, `${name}.json`), "utf8"), before);
    await store({ tolerance: 0.001, horizon: 0.3, entries: 50, seeds: [2, 1, 0, 5] });
    await assert.rejects(store({}), /stays as it is/);
  }));

test("a study that asks for less than is stored is not run", () =>
  withFolder(async (data) => {
    const typed = {
      ...{ architecture: "fully-connected", width: 8, n: 20, seeds: 1, horizon: 0.01 },
      ...{ testImages: 20, entries: 4, tolerance: 0.1 },
    };
    const options = { data, cache: data };
    const study = studies["speed-limit"];
    const [, place] = /^stored as (.*)$/.exec((await storeStudy(study, typed, options)).at(-1)!)!;
    // As a file was named before the tolerance was a part of names.
    const result = (await storedResult<{ configuration: object }>(place, { data }))!.result;
    const finer = { ...result, configuration: { ...result.configuration, tolerance: 0.001 } };
    await storeResult(place, finer, { command, folder: data });
    assert.deepEqual(await storeStudy(study, typed, options), [
      "what is stored stays: tolerance is 0.1, and 0.001 is stored",
    ]);
  }));

Deno.test("names of files are of parsed values: as a number is written makes no difference", async () => {
  const study = studies["speed-limit"];
  const nameOf = async (...args: string[]) =>
    study.fileName(await study.resolve(configurationTyped(study, args) as never));
  const all = (flag: string, spellings: string[]) =>
    Promise.all(
      spellings.map((text) =>
        nameOf(
          `${flag}=${text}`,
          ...(flag === "--width" ? ["--n", "500"] : ["--width=16", "--n=500"]),
        )
      ),
    );
  assert.deepEqual(
    [...new Set(await all("--width", ["20", "20.0", "2e1", "+20", "020", "0x14"]))],
    ["myrtle_5_20_n500"],
  );
  assert.deepEqual(
    [...new Set(await all("--tolerance", ["0.02", ".02", "2e-2", "0.020"]))],
    ["myrtle_5_16_n500_tol0.02"],
  );
  assert.equal(nameFrom([1e-21]) === nameFrom([1e21]), false);
});
