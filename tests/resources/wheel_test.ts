import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../../lib/resources/files.ts";
import type { WheelPin } from "../../lib/resources/pins.ts";
import { keptMembers } from "../../lib/resources/locate.ts";
import { stamp } from "../../lib/resources/verified.ts";
import { acquireLibrary, acquireWheel } from "../../lib/resources/wheel.ts";
import { madeWheel, members, offline, pip, withEnvironment, withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("env", "read", "run", "write");

const NAME = "demo-1.0";

/** A made wheel in a folder where pip finds it, and an empty cache. */
function withWheel(work: (pin: WheelPin, cache: string, links: string) => Promise<void>) {
  return withFolder(async (folder) => {
    const [links, cache] = [join(folder, "links"), join(folder, "cache")];
    mkdirSync(links);
    const pin = await madeWheel(links);
    await withEnvironment(offline(links), () => work(pin, cache, links));
  });
}

/** What is in a cache but locks: nothing, where nothing half-made may be left. */
function contents(cache: string): string[] {
  const downloads = join(cache, "downloads");
  return [
    ...readdirSync(cache).filter((name) => !name.endsWith(".lock") && name !== "downloads"),
    ...(existsSync(downloads) ? readdirSync(downloads).map((name) => `downloads/${name}`) : []),
  ];
}

function assertWhole(folder: string): void {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  assert.deepEqual(readdirSync(folder).sort(), [
    "empty.so",
    "libdemo.so",
    "manifest.json",
    "stamps.json",
    "stored.txt",
  ]);
  assert.equal(text("libdemo.so"), members["demo/libdemo.so"]);
  assert.equal(text("stored.txt"), members["demo/stored.txt"]);
  assert.equal(text("empty.so"), "");
}

test("a wheel's members are fetched once, and the wheel is dropped", () =>
  withWheel(async (pin, cache, links) => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => void seen.push(progress);
    assertWhole(await acquireWheel(pin, { cache, pip, onProgress }));
    assert.deepEqual(contents(cache), [NAME]);
    const last = seen.filter(({ note }) => note === "unpacking").at(-1);
    assert.equal(last?.done, last?.total);
    assert.equal(last?.total, pin.members.reduce((sum, { bytes }) => sum + bytes, 0));

    await Deno.remove(links, { recursive: true }); // now it cannot be fetched again
    assertWhole(await acquireWheel(pin, { cache, pip }));
    assertWhole(await acquireWheel(pin, { cache, pip, verify: true }));
  }));

test("a wheel with another checksum is refused, and nothing is left of it", () =>
  withWheel(async (pin, cache) => {
    const wrong = { ...pin, wheel: { ...pin.wheel, sha256: "0".repeat(64) } };
    await assert.rejects(acquireWheel(wrong, { cache, pip }), {
      name: "SetUpError",
      message: /demo 1\.0 arrived with a wrong checksum and was thrown away\. Run the set-up again/,
    });
    assert.deepEqual(contents(cache), []);
  }));

test("a truncated wheel is refused, and nothing is left of it", () =>
  withWheel(async (pin, cache, links) => {
    const path = join(links, pin.wheel.path);
    writeFileSync(path, readFileSync(path).subarray(0, 700));
    await assert.rejects(acquireWheel(pin, { cache, pip }), { name: "SetUpError" });
    assert.deepEqual(contents(cache), []);
  }));

test("a member that the wheel lacks is named", () =>
  withWheel(async (pin, cache) => {
    const member = { path: "demo/gone.so", bytes: 1, sha256: "0".repeat(64) };
    const wrong = { ...pin, members: [...pin.members, member] };
    await assert.rejects(acquireWheel(wrong, { cache, pip }), /has no member demo\/gone\.so/);
    assert.equal(existsSync(join(cache, NAME)), false);
  }));

test("a member that is not the pinned one never gets into place", () =>
  withWheel(async (pin, cache) => {
    const [first, ...rest] = pin.members;
    const wrong = { ...pin, members: [{ ...first, sha256: "0".repeat(64) }, ...rest] };
    await assert.rejects(acquireWheel(wrong, { cache, pip }), {
      name: "SetUpError",
      message: /demo-1\.0 was not made as pinned: libdemo\.so is damaged/,
    });
    assert.equal(existsSync(join(cache, NAME)), false);
  }));

test("a cache folder that cannot be written is named, with what to do", () =>
  withWheel(async (pin, _cache, links) => {
    const file = join(links, "file");
    writeFileSync(file, "");
    for (const cache of [file, join(file, "below")]) {
      await assert.rejects(acquireWheel(pin, { cache, pip }), (error: Error) => {
        assert.equal(error.name, "SetUpError");
        assert.ok(error.message.startsWith(`${cache} cannot be written`), error.message);
        assert.match(error.message, /Set SPEED_LIMITS_CACHE to a folder that you can write to/);
        return true;
      });
    }
  }));

test("two at once: one fetches, the other waits and finds it", () =>
  withWheel(async (pin, cache) => {
    const notes = [new Set<string>(), new Set<string>()];
    const folders = await Promise.all(
      notes.map((seen) =>
        acquireWheel(pin, { cache, pip, onProgress: ({ note = "" }) => void seen.add(note) })
      ),
    );
    folders.forEach(assertWhole);
    assert.deepEqual(contents(cache), [NAME]);
    assert.equal(notes.filter((seen) => seen.has("unpacking")).length, 1);
    const waiting = notes.find((seen) => !seen.has("unpacking"))!;
    assert.deepEqual([...waiting].map((note) => note.replace(/\d+/, "N")), [
      "waiting for process N, which is at it too",
    ]);
  }));

test("after a killed try its leavings go and its whole download is used", () =>
  withWheel(async (pin, cache, links) => {
    const leavings = join(cache, `.partial-${NAME}-killed`, "made");
    mkdirSync(leavings, { recursive: true });
    writeFileSync(join(leavings, "libdemo.so"), "half");
    mkdirSync(join(cache, "downloads"));
    await Deno.rename(join(links, pin.wheel.path), join(cache, "downloads", pin.wheel.path));
    assertWhole(await acquireWheel(pin, { cache, pip }));
    assert.deepEqual(contents(cache), [NAME]);
  }));

test("a damaged download that was left is fetched again", () =>
  withWheel(async (pin, cache) => {
    mkdirSync(join(cache, "downloads"), { recursive: true });
    writeFileSync(join(cache, "downloads", pin.wheel.path), new Uint8Array(pin.wheel.bytes));
    assertWhole(await acquireWheel(pin, { cache, pip }));
  }));

test("a member that was cut or changed is made again", () =>
  withWheel(async (pin, cache) => {
    const folder = await acquireWheel(pin, { cache, pip });
    const library = join(folder, "libdemo.so");
    writeFileSync(library, "cut");
    assertWhole(await acquireWheel(pin, { cache, pip }));
    writeFileSync(library, readFileSync(library, "utf8").replace("library", "Library"));
    assertWhole(await acquireWheel(pin, { cache, pip }));
    // What is changed under the same stamps only a reading of it tells.
    writeFileSync(library, readFileSync(library, "utf8").replace("library", "Library"));
    stamp(folder, keptMembers(pin));
    await acquireWheel(pin, { cache, pip });
    assert.throws(() => assertWhole(folder));
    assertWhole(await acquireWheel(pin, { cache, pip, verify: true }));
  }));

test("files laid by hand are verified and kept", () =>
  withWheel(async (pin, cache, links) => {
    const folder = await acquireWheel(pin, { cache, pip });
    await Deno.remove(join(folder, "manifest.json"));
    await Deno.remove(links, { recursive: true });
    assertWhole(await acquireWheel(pin, { cache, pip }));
  }));

test("without a network the message says so", () =>
  withWheel(async (pin, cache) => {
    const nowhere = {
      PIP_NO_INDEX: undefined,
      PIP_FIND_LINKS: undefined,
      PIP_EXTRA_INDEX_URL: undefined,
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
    };
    await withEnvironment(nowhere, () =>
      assert.rejects(acquireWheel(pin, { cache, pip }), {
        name: "SetUpError",
        message: /demo 1\.0 could not be fetched: the package index cannot be reached/,
      }));
    assert.deepEqual(contents(cache), []);
  }));

test("a library of one's own is taken, or named where it is not there", () =>
  withFolder(async (folder) => {
    const path = join(folder, "libopenblas.so");
    await withEnvironment({ SPEED_LIMITS_OPENBLAS: path }, async () => {
      await assert.rejects(acquireLibrary("openblas"), {
        name: "SetUpError",
        message: `SPEED_LIMITS_OPENBLAS is ${path}; it must be a library's file: name one that ` +
          "is there, or unset SPEED_LIMITS_OPENBLAS to use what the set-up fetches",
      });
      writeFileSync(path, "");
      assert.equal(await acquireLibrary("openblas"), path);
    });
  }));
