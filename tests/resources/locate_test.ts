import assert from "node:assert/strict";
import { join } from "node:path";
import { locate, locateCifar10 } from "../../lib/resources/locate.ts";
import { wheelPin, wheelPins } from "../../lib/resources/pins.ts";
import { withEnvironment, withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("env", "read", "write");

test("what is not set up says so, with the command that sets it up", () =>
  withFolder((SPEED_LIMITS_CACHE) =>
    withEnvironment({
      SPEED_LIMITS_CACHE,
      SPEED_LIMITS_TENSORFLOW: undefined,
      SPEED_LIMITS_OPENBLAS: undefined,
      SPEED_LIMITS_CIFAR10: undefined,
    }, () => {
      const message = /is not set up: run `deno task setup` \(.* is missing\)/;
      assert.throws(() => locate("tensorflow"), { name: "SetUpError", message });
      assert.throws(() => locate("openblas"), { name: "SetUpError", message });
      assert.throws(() => locateCifar10(), { name: "SetUpError", message });
      return Promise.resolve();
    })
  ));

test("a library that is there in part is not set up", () =>
  withFolder(async (SPEED_LIMITS_CACHE) => {
    const pin = wheelPin("openblas");
    const folder = join(SPEED_LIMITS_CACHE, `${pin.package}-${pin.version}`);
    await Deno.mkdir(folder);
    await Deno.writeTextFile(join(folder, "libscipy_openblas.so"), "cut");
    await withEnvironment({ SPEED_LIMITS_CACHE, SPEED_LIMITS_OPENBLAS: undefined }, () => {
      assert.throws(() => locate("openblas"), /libscipy_openblas\.\w+ (has 3 bytes|is missing)/);
      return Promise.resolve();
    });
  }));

Deno.test("a platform without a wheel is named, with those that have one and the way out", () => {
  assert.throws(() => wheelPin("tensorflow", "darwin-x86_64"), {
    name: "SetUpError",
    message:
      /for darwin-x86_64, only for linux-x86_64, linux-aarch64, darwin-aarch64\. Set SPEED_LI/,
  });
  assert.throws(() => wheelPin("openblas", "linux-musl-x86_64"), { name: "SetUpError" });
});

Deno.test("in Node, which calls no native library, that is said", () => {
  const { Deno: deno } = globalThis;
  Reflect.deleteProperty(globalThis, "Deno");
  try {
    assert.throws(() => wheelPin("tensorflow"), /^SetUpError: native libraries, .* need Deno/);
  } finally {
    Object.assign(globalThis, { Deno: deno });
  }
});

Deno.test("every pin is complete", () => {
  for (const pin of Object.values(wheelPins).flatMap((byPlatform) => Object.values(byPlatform))) {
    for (const { path, bytes, sha256 } of [pin.wheel, ...pin.members]) {
      assert.match(sha256, /^[0-9a-f]{64}$/, path);
      assert.ok(bytes > 1e6, path);
    }
    assert.ok(pin.wheel.path.includes(pin.version) && pin.wheel.path.endsWith(".whl"));
  }
});
