import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { download } from "../../lib/resources/download.ts";
import { withLock } from "../../lib/resources/lock.ts";
import { fetchError, fileError } from "../../lib/resources/set_up_error.ts";
import { filesOfTar } from "../../lib/resources/tar.ts";
import { runTool } from "../../lib/resources/run_tool.ts";
import { extractMember } from "../../lib/resources/zip.ts";
import { madeWheel, withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

const text = "what is pinned";
const pin = {
  path: "file",
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex"),
};

test("a download that is cut off or wrong is thrown away; a right one is kept", () =>
  withFolder(async (cache) => {
    const fetch = (came: string) =>
      download(cache, pin, cache, (into) => {
        writeFileSync(join(into, "file"), came);
        return Promise.resolve();
      });
    await assert.rejects(fetch(text.slice(0, 5)), {
      name: "SetUpError",
      message: /the download of file was cut off: 5 of 14 bytes came\. Run the set-up again/,
    });
    await assert.rejects(fetch(text.toUpperCase()), /file arrived with a wrong checksum/);
    assert.deepEqual(readdirSync(cache), []);
    assert.equal(readFileSync(await fetch(text), "utf8"), text);
    const path = await download(cache, pin, cache, () => assert.fail("it is there"));
    assert.equal(path, join(cache, "downloads", "file"));
  }));

test("a cut zip archive and a cut tar archive are named", () =>
  withFolder(async (folder) => {
    const wheel = join(folder, (await madeWheel(folder)).wheel.path);
    const cut = join(folder, "cut.whl");
    writeFileSync(cut, readFileSync(wheel).subarray(0, 500));
    await assert.rejects(
      extractMember(cut, "demo/libdemo.so", join(folder, "x")),
      /cut\.whl is not/,
    );

    await Deno.mkdir(join(folder, "package"));
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    writeFileSync(join(folder, "package", "noise"), noise);
    writeFileSync(join(folder, "package", "text"), text);
    const archive = join(folder, "a.tgz");
    const long = `package/${"long".repeat(40)}`; // beyond the 100 bytes of the first tar
    writeFileSync(join(folder, long), text);
    const args = ["czf", archive, "package/noise", "package/text", long];
    assert.ok((await runTool(["tar"], args, { cwd: folder })).success);
    const found: Record<string, Uint8Array> = {};
    for await (const { name, data } of filesOfTar(archive, () => true)) found[name] = data;
    assert.deepEqual(Object.keys(found), ["package/noise", "package/text", long]);
    assert.deepEqual(found["package/noise"], noise);
    assert.equal(new TextDecoder().decode(found["package/text"]), text);

    writeFileSync(archive, readFileSync(archive).subarray(0, 30_000));
    await assert.rejects(
      Array.fromAsync(filesOfTar(archive, () => true)),
      /a\.tgz is not a whole tar archive: /,
    );
  }));

test("a lock is free again when its holder is killed", () =>
  withFolder(async (folder) => {
    const path = join(folder, "lock");
    const source = `import { withLock } from ${
      JSON.stringify(
        new URL("../../lib/resources/lock.ts", import.meta.url).href,
      )
    };
      await withLock(Deno.args[0], () => {
        console.log("held");
        return new Promise((_, reject) => setTimeout(reject, 60_000));
      });`;
    const script = join(folder, "hold.ts");
    writeFileSync(script, source);
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-config", "--no-lock", script, path],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    let waited = "";
    const order: string[] = [];
    const got = withLock(path, () => Promise.resolve(order.push("got")), (by) => waited = by);
    await new Promise((resolve) => setTimeout(resolve, 200));
    order.push("killed");
    holder.kill("SIGKILL");
    await got;
    assert.equal(waited, `process ${holder.pid}`);
    assert.deepEqual(order, ["killed", "got"]);
    await holder.status;
    await reader.cancel();
  }));

Deno.test("what tools and the disk say is told plainly, with what to do", () => {
  const told = (said: string) => fetchError("demo 1.0", "npm", said).message;
  assert.match(told("npm error code ENOTFOUND"), /cannot be reached.* run the set-up again/);
  assert.match(told("npm error code EINTEGRITY"), /wrong checksum/);
  assert.match(told("npm error code ENOSPC"), /the disk is full\. Free/);
  assert.match(told("npm error code ETARGET"), /does not have demo 1\.0/);
  assert.match(told("urllib3.exceptions.IncompleteRead: IncompleteRead(5 bytes)"), /was cut off/);
  assert.equal(told("one\ntwo"), "npm could not fetch demo 1.0. It said:\n  one\n  two");
  const failed = (code: string) => fileError(Object.assign(new Error(), { code }), "/c") as Error;
  assert.match(
    failed("ENOSPC").message,
    /^\/c cannot be written: the disk it lies on is full\. Free/,
  );
  assert.match(
    failed("EACCES").message,
    /^\/c cannot be written: you may not write there\. Set SPEED/,
  );
  assert.equal(failed("EBADF").name, "Error"); // a mistake of ours stays one, with its stack
});
