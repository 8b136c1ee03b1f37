import assert from "node:assert/strict";
import { watchedPage, withChromium } from "./chromium.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

function serve(body: string): { url: string; stop(): Promise<void> } {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    const headers = { "content-type": "text/html" };
    return pathname === "/" ? new Response(body, { headers }) : new Response("", { status: 404 });
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, stop: () => server.shutdown() };
}

test("a watched page tells of errors, of what is missing, and of requests to elsewhere", async () => {
  const site = serve(`<!DOCTYPE html><link rel="icon" href="data:,"><h1>Hello</h1>
    <img src="missing.png"><img src="https://example.org/a.png">
    <script>console.error("told"); setTimeout(() => { throw new Error("thrown") });</script>`);
  try {
    await withChromium(async (browser) => {
      const { page, errors, outside } = await watchedPage(browser, { width: 390, dark: true });
      await page.goto(site.url, { waitUntil: "networkidle0" });
      assert.equal(await page.$eval("h1", (heading) => heading.textContent), "Hello");
      assert.equal(await page.evaluate(() => innerWidth), 390);
      assert.ok(await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches));
      assert.deepEqual(outside, ["https://example.org/a.png"]);
      for (const error of [/^told$/, /thrown/, /^404 .*missing\.png$/, /ERR_NAME_NOT_RESOLVED/]) {
        assert.ok(errors.some((said) => error.test(said)), `${error} in ${errors.join("\n")}`);
      }
    });
  } finally {
    await site.stop();
  }
});

test("a Chromium that is named and does not run is told of", async () => {
  const program = new URL("./chromium_program.ts", import.meta.url).href;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `import { chromiumProgram } from "${program}"; await chromiumProgram();`],
    env: { SPEED_LIMITS_CHROMIUM: "/nowhere/chromium", NO_COLOR: "1" },
  }).output();
  assert.ok(!success);
  assert.match(new TextDecoder().decode(stderr), /SPEED_LIMITS_CHROMIUM is \/nowhere\/chromium/);
});
