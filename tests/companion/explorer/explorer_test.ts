import assert from "node:assert/strict";
import plotly from "plotly.js-basic-dist-min/plotly-basic.min.js" with { type: "text" };
import { explorerPage } from "../../../lib/companion/explorer/build_explorer.ts";
import { readSpectrum } from "../../../lib/companion/explorer/spectrum.ts";
import { linearFlow, powerLawSpectrum } from "../../../lib/mod.ts";
import { type Page, type View, type WatchedPage, watchedPage, withChromium } from "../chromium.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';

const read = (text: string, options = {}) => readSpectrum(new Blob([text]).stream(), options);

Deno.test("a spectrum is read in any order and form, largest eigenvalue first", async () => {
  const { eigenvalues, squares } = await read("Residue,Eigenvalue\n1,2\n-3,8\n0,-1e-12\n");
  assert.deepEqual([...eigenvalues], [8, 2, -1e-12]);
  assert.deepEqual([...squares!], [9, 1, 0]);
  const unnamed = await read("4\t9\n5\t16\n", { second: "residueSquared" });
  assert.deepEqual([...unnamed.squares!], [16, 9]);
  assert.equal((await read("1\n2\n3\n")).squares, undefined);
});

Deno.test("a spectrum that is none is refused with row, column and value", async () => {
  await assert.rejects(() => read("a,b\n1,2\n"), /none of the columns eigenvalue/);
  await assert.rejects(() => read("residue\n1\n"), /no column eigenvalue/);
  await assert.rejects(() => read("1,2\nnan,1\n"), /row 2 .*eigenvalue is "nan"/);
  await assert.rejects(() => read("5,2\n-1,1\n"), /row 2 .*eigenvalue is -1, far below 0/);
  await assert.rejects(() => read("0,2\n0,1\n"), /largest eigenvalue .* is 0/);
  await assert.rejects(() => read("2,0\n1,0\n"), /nothing moves/);
  await assert.rejects(
    () => read("eigenvalue,squares\n2,-1\n"),
    /row 1 .*squared residue is -1, below 0/,
  );
  await assert.rejects(() => read("5, 4, 3\n"), /3 numbers in its first row and .*line of its own/);
  await assert.rejects(() => read("1e300\n1\n"), /row 1 .*eigenvalue is 1e\+300; it must be below/);
  await assert.rejects(() => read("1,1\n".repeat(200_001)), /more than 200000 rows/);
});

Deno.test("the address of plotly must be a file of the site", async () => {
  for (const plotly of ["https://example.org/p.js", "//x/p.js", 'a" onload="b']) {
    await assert.rejects(() => explorerPage({ plotly }), /plotly is/);
  }
});

const finding = (page: Page, name: string) =>
  page.$$eval("#findings tr", (rows, name) => {
    const row = [...rows].find((row) => row.querySelector("th")!.textContent!.startsWith(name));
    return row?.querySelector("td")?.textContent ?? "";
  }, name);

const status = (page: Page, pattern: RegExp) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.getElementById("status")!.textContent!),
    { timeout: 120_000 },
    pattern.source,
  );

const fitted = (page: Page) =>
  page.waitForFunction(
    () => /R²|no fit/.test(document.getElementById("findings")!.textContent!),
    { timeout: 120_000 },
  );

test("the page runs the flow live, in Chromium", async (t) => {
  const folder = await Deno.makeTempDir();
  const { html, files } = await explorerPage({ plotly: "plotly.min.js" });
  // The page without the site's frame, which site_test.ts looks at.
  const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">${VIEWPORT}` +
    `<title>Explorer</title><link rel="icon" href="data:,"></head><body>${html}</body></html>`;
  for (const [name, text] of Object.entries({ ...files, "explorer.html": page })) {
    await Deno.writeTextFile(`${folder}/${name}`, text as string);
  }
  await Deno.writeTextFile(`${folder}/plotly.min.js`, plotly as unknown as string);
  const types: Record<string, string> = {
    ...{ html: "text/html", js: "text/javascript", css: "text/css" },
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    const name = new URL(url).pathname.slice(1);
    const body = await Deno.readFile(`${folder}/${name}`).catch(() => undefined);
    if (!body) return new Response("not here", { status: 404 });
    const type = types[name.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
  });
  const address = `http://127.0.0.1:${server.addr.port}/explorer.html`;

  await withChromium(async (browser) => {
    const opened = async (view: View, work: (watched: WatchedPage) => Promise<void>) => {
      const watched = await watchedPage(browser, view);
      await watched.page.goto(address);
      await status(watched.page, /Power laws/);
      await fitted(watched.page);
      await work(watched);
      assert.deepEqual(watched.errors, []);
      assert.deepEqual(watched.outside, []);
      await watched.page.close();
    };
    const use = async (page: Page, text: string) => {
      await page.$eval("#text", (box, text) => (box as HTMLTextAreaElement).value = text, text);
      await page.click("#use");
    };

    await t.step(
      "power laws by slider, and the reader's own numbers",
      () =>
        opened({}, async ({ page }) => {
          assert.equal(await page.$$eval("figure .main-svg", (all) => all.length >= 3), true);
          assert.match(await finding(page, "α"), /^1\.5\d* \[/);
          await page.$eval("#delta", (slider) => {
            (slider as HTMLInputElement).value = "2";
            slider.dispatchEvent(new Event("input"));
          });
          await page.waitForFunction(
            () => /grows as T\^0\.6/.test(document.getElementById("findings")!.textContent!),
            { timeout: 120_000 },
          );
          const { eigenvalues, residue } = powerLawSpectrum({ alpha: 1, delta: 0.5, modes: 200 });
          await use(page, [...eigenvalues].map((value, k) => `${value}, ${residue[k]}`).join("\n"));
          await status(page, /the pasted text: 200 modes/);
          const T = 10 / eigenvalues[199];
          const exact = linearFlow({ eigenvalues, residue }).at(T).inefficiency;
          const digits = (x: number) => String(Number(x.toPrecision(4)));
          const said = await finding(page, "T/T_SL, exact");
          assert.ok(said.endsWith(`${digits(exact)} at T = ${digits(T)}`), said);
        }),
    );

    await t.step(
      "another theme while the fits are awaited does not end them",
      () =>
        opened({}, async ({ page }) => {
          await page.evaluate(() => {
            new MutationObserver(() => document.documentElement.dataset.theme = "dark")
              .observe(document.getElementById("status")!, { childList: true });
            const slider = document.getElementById("alpha") as HTMLInputElement;
            slider.value = "2";
            slider.dispatchEvent(new Event("input"));
          });
          await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
          await fitted(page);
          assert.match(await finding(page, "α"), /^(2\.0|1\.99)\d* \[/);
        }),
    );

    await t.step(
      "what is wrong is said, and hostile text stays text",
      () =>
        opened({}, async ({ page }) => {
          const says = async (text: string, pattern: RegExp) => {
            await use(page, text);
            await status(page, pattern);
            assert.equal(await page.$eval("#status", (p) => p.classList.contains("bad")), true);
          };
          await says("eigenvalue,residue\n1,NaN\n", /row 1 .*residue is "NaN"/);
          await says("1,1\n-5,1\n", /far below 0|eigenvalue is -5/);
          await says('<img src=x onerror="document.title=1">,2\n1,2\n', /its first line is/);
          await says("1,<script>document.title=1</script>\n", /its first line|residue is/);
          assert.equal(await page.$$eval("#status img, #status script", (all) => all.length), 0);
          assert.notEqual(await page.title(), "1");
          await says("", /box is empty/);
          await page.evaluate(() => {
            const dataTransfer = new DataTransfer();
            for (const name of ["a", "b"]) {
              dataTransfer.items.add(new File(["3\n2\n"], `<i>${name}.csv`));
            }
            document.dispatchEvent(new DragEvent("drop", { dataTransfer }));
          });
          await status(page, /<i>a\.csv \(the first of 2 files\): 2 modes/);
          const kept = await page.evaluate(() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.setData("text/plain", "3");
            const event = new DragEvent("drop", { dataTransfer, cancelable: true });
            return document.dispatchEvent(event); // false: the box would not get the text
          });
          assert.equal(kept, true);
        }),
    );

    await t.step(
      "an endless file is left after 200 000 rows, and the page goes on",
      () =>
        opened({}, async ({ page }) => {
          const file = `${folder}/<b>huge.csv`;
          await Deno.writeTextFile(file, "0.5,0.25\n".repeat(8e6));
          const input = await page.$("#file");
          const start = performance.now();
          await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
          await status(page, /<b>huge.csv has more than 200000 rows/);
          console.log(`72 MB refused after ${((performance.now() - start) / 1000).toFixed(1)} s`);
          await use(page, "3,1\n2,1\n1,1\n");
          await status(page, /the pasted text: 3 modes/);
        }),
    );

    await t.step("dark, and on a telephone", async () => {
      await opened({}, async ({ page }) => {
        const ink = () => page.$eval("#ratio .xtick text", (text) => getComputedStyle(text).fill);
        const light = await ink();
        await page.evaluate("document.documentElement.dataset.theme = 'dark'");
        await page.waitForFunction(
          (light) => getComputedStyle(document.querySelector("#ratio .xtick text")!).fill !== light,
          { timeout: 60_000 },
          light,
        );
        assert.equal(await ink(), "rgb(214, 218, 224)"); // as DARK of look.ts has it
        await keep(page, "dark");
      });
      await opened({ width: 390, height: 844, mobile: true }, async ({ page }) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 390, `the page is ${wide} px wide`);
        await keep(page, "phone");
      });
      await opened({}, ({ page }) => keep(page, "light"));
    });
  });
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
});

/** Keeps a picture of the page where one is asked for, to be looked at. */
async function keep(page: Page, name: string) {
  const folder = Deno.env.get("SPEED_LIMITS_SCREENSHOTS");
  if (!folder) return;
  await page.screenshot({ path: `${folder}/explorer_${name}.png`, fullPage: true });
}
