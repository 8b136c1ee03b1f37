// What is read or opened is what was pinned, and the next set-up mends what a run found damaged.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { acquire } from "../../lib/resources/acquire.ts";
import { buildOf, damagedInCache, locate, verifiedLibrary } from "../../lib/resources/locate.ts";
import { type FilePin, type LibraryName, wheelPin } from "../../lib/resources/pins.ts";
import { isStamped, stamp, wrongContent } from "../../lib/resources/verified.ts";
import { withEnvironment, withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("env", "read", "sys", "write");

const pinOf = (path: string, content: string): FilePin => ({
  path,
  bytes: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
});

function wrongAt(path: string, pin: FilePin): string | undefined {
  const file = openSync(path, "r");
  try {
    return wrongContent(file, pin);
  } finally {
    closeSync(file);
  }
}

test("a file is told from a damaged one of its size, however often it changes", () =>
  withFolder(async (folder) => {
    const [path, pin] = [join(folder, "data"), pinOf("data", "right")];
    for (const content of ["right", "wrong", "right", "Right"]) {
      await new Promise((later) => setTimeout(later, 20)); // another time of writing
      writeFileSync(path, content);
      for (let again = 0; again < 2; again++) {
        if (content === "right") assert.equal(wrongAt(path, pin), undefined);
        else assert.match(wrongAt(path, pin)!, /^data is damaged \(SHA-256 [0-9a-f]{64}, not /);
      }
    }
    writeFileSync(path, "cut");
    assert.equal(wrongAt(path, pin), "data has 3 bytes, not 5");
  }));

test("stamps hold for the files that they were made of, untouched", () =>
  withFolder(async (folder) => {
    const [path, files] = [join(folder, "data"), [pinOf("data", "right")]];
    writeFileSync(path, "right");
    assert.equal(isStamped(folder, files), false);
    stamp(folder, files);
    assert.equal(isStamped(folder, files), true);
    assert.equal(isStamped(folder, [pinOf("data", "other")]), false);
    await new Promise((later) => setTimeout(later, 20));
    writeFileSync(path, "wrong");
    assert.equal(isStamped(folder, files), false);
    writeFileSync(join(folder, "stamps.json"), "{");
    assert.equal(isStamped(folder, files), false);
    stamp(join(folder, "nowhere"), files); // what cannot be noted is verified again
  }));

test("the set-up mends what a run found damaged, though nothing else tells", () =>
  withFolder(async (cache) => {
    const files = [pinOf("data", "right")];
    let filled = 0;
    const fill = (folder: string) => {
      filled++;
      return Promise.resolve(writeFileSync(join(folder, "data"), "right"));
    };
    const setUp = () => acquire({ name: "demo", files, fill, tidy: () => {} }, { cache });
    const folder = await setUp();
    writeFileSync(join(folder, "data"), "wrong");
    stamp(folder, files); // a disk that forgets changes no time
    await setUp();
    assert.equal(filled, 1);
    const { message } = damagedInCache(folder, wrongAt(join(folder, "data"), files[0])!);
    assert.match(
      message,
      /demo\/data is damaged \(.*; run `deno task setup`, which makes it again/,
    );
    await setUp();
    assert.equal(filled, 2);
    assert.equal(readFileSync(join(folder, "data"), "utf8"), "right");
    await setUp();
    assert.equal(filled, 2);
  }));

/** A cache with links to a library's real files but for the first, which `make` puts there. */
async function withLibrary(
  library: LibraryName,
  make: (real: string, path: string) => void,
  work: (folder: string) => void,
): Promise<void> {
  await withFolder(async (SPEED_LIMITS_CACHE) => {
    const variables = { SPEED_LIMITS_OPENBLAS: undefined, SPEED_LIMITS_TENSORFLOW: undefined };
    const { members, package: name, version } = wheelPin(library);
    const folder = join(SPEED_LIMITS_CACHE, `${name}-${version}`);
    mkdirSync(folder);
    await withEnvironment(variables, async () => {
      const real = locate(library);
      for (const { path } of members.slice(1)) {
        symlinkSync(join(dirname(real), basename(path)), join(folder, basename(path)));
      }
      make(real, join(folder, basename(real)));
      writeFileSync(join(folder, "manifest.json"), "{}");
      await withEnvironment({ SPEED_LIMITS_CACHE }, () => Promise.resolve(work(folder)));
    });
  });
}

test("an OpenBLAS with one bit changed is not opened, and the set-up is told", () =>
  withLibrary("openblas", (real, path) => {
    const bytes = readFileSync(real);
    bytes[12_345_678] ^= 1;
    writeFileSync(path, bytes);
  }, (folder) => {
    stamp(folder, []); // nor would a stamp make it right
    const message = /libscipy_openblas\.\w+ is damaged .*; run `deno task setup`/;
    assert.throws(() => verifiedLibrary("openblas"), { name: "SetUpError", message });
    assert.equal(existsSync(join(folder, "manifest.json")), false);
  }));

test("a whole library is opened, and told by package and version", async () => {
  const pin = wheelPin("openblas");
  await withLibrary("openblas", copyFileSync, (folder) => {
    const path = join(folder, basename(pin.members[0].path));
    assert.equal(verifiedLibrary("openblas"), path);
    assert.equal(buildOf("openblas"), `${pin.package} ${pin.version}`);
  });
});

test("a library of one's own is told by its SHA-256", () =>
  withFolder(async (folder) => {
    const path = join(folder, "libopenblas.so");
    writeFileSync(path, "");
    await withEnvironment({ SPEED_LIMITS_OPENBLAS: path }, () => {
      assert.match(buildOf("openblas"), /^SHA-256 e3b0c44298fc1c14/);
      return Promise.resolve();
    });
  }));

test("TensorFlow is hashed where its stamps are not those of the set-up, and refused if damaged", async () => {
  await withLibrary("tensorflow", (real, path) => symlinkSync(real, path), (folder) => {
    verifiedLibrary("tensorflow");
    assert(existsSync(join(folder, "stamps.json")), "the next process need not hash it");
    verifiedLibrary("tensorflow");
  });
  await withLibrary("tensorflow", (_, path) => {
    writeFileSync(path, "");
    truncateSync(path, wheelPin("tensorflow").members[0].bytes); // zeros
  }, (folder) => {
    const message = /libtensorflow_cc\.\S+ is damaged .*; run `deno task setup`/;
    assert.throws(() => verifiedLibrary("tensorflow"), { name: "SetUpError", message });
    assert.equal(existsSync(join(folder, "manifest.json")), false);
  });
});
