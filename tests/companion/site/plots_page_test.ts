import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { plotHtml } from "../../../lib/companion/site/plot_html.ts";
import { serveFolder } from "../../../lib/companion/site/serve.ts";
import { figure, line, panels, withSlider } from "../../../lib/mod.ts";
import { DARK, INK } from "../../../lib/figures/look.ts";
import { type Browser, type Page, watchedPage, withChromium } from "../chromium.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

const ASSETS = new URL("../../../lib/companion/site/assets/", import.meta.url);

const slid = withSlider(
  [1, 2, 4].map((rate) => ({
    value: rate,
    figure: figure([line([0, 1, 2], [0, rate, 2 * rate])], { x: "time τ", y: "T/T_{SL}" }),
  })),
  { label: "rate λ_{0}", start: 1 },
);
const six = panels(
  Array.from({ length: 6 }, (_, i) => ({
    ...{ marks: line([1, 10], [1, 2]), x: "n", log: "x" },
    ...(i === 5 ? { inset: { marks: line([1, 2], [2, 1]) } } : {}),
  })),
);

/** A page of figures as the site has them, without the site around. */
async function withPage(work: (browser: Browser, url: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "speed-limits-plots-" });
  const picture = { path: "none.svg", width: 700, height: 420 };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="420"/>';
  const figures = [slid, six].map((one) => plotHtml(one, picture, "a figure")).join("");
  try {
    await Deno.mkdir(`${folder}/_static`);
    await Deno.mkdir(`${folder}/vendor`);
    for (const name of ["plots.js", "start.js", "site.css"]) {
      await Deno.copyFile(new URL(name, ASSETS), `${folder}/_static/${name}`);
    }
    const plotly = fileURLToPath(import.meta.resolve("plotly.js-dist-min/plotly.min.js"));
    await Deno.copyFile(plotly, `${folder}/vendor/plotly.min.js`);
    await Deno.writeTextFile(`${folder}/none.svg`, svg);
    await Deno.writeTextFile(
      `${folder}/index.html`,
      `<!doctype html><html lang="en"><head><title>figures</title>` +
        `<link rel="icon" href="none.svg"><link rel="stylesheet" href="_static/site.css">` +
        `<script src="_static/start.js"></script><script src="_static/plots.js"></script>` +
        `</head><body>${figures}</body></html>`,
    );
    const { url, close } = await serveFolder(folder, 0);
    try {
      await withChromium((browser) => work(browser, url));
    } finally {
      await close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function opened(browser: Browser, url: string, width: number, theme: string): Promise<Page> {
  const { page, errors } = await watchedPage(browser, { width });
  await page.evaluateOnNewDocument((theme) => {
    localStorage.setItem("mode", theme);
    localStorage.setItem("theme", theme);
  }, theme);
  await page.goto(`${url}index.html`, { waitUntil: "load" });
  await page.waitForFunction("document.querySelectorAll('figure.plot[data-drawn]').length === 2");
  assert.deepEqual(errors, []);
  return page;
}

test("the keyboard moves a slider, which says where it stands; the dark is printed in the light", async () => {
  await withPage(async (browser, url) => {
    const page = await opened(browser, url, 800, "light");
    const told = () =>
      page.evaluate(() => {
        const at = document.activeElement!;
        const plot = document.querySelector(".plot-drawn") as HTMLElement & {
          data: { visible: boolean }[];
        };
        const named = (name: string) => at.getAttribute(name);
        return {
          role: named("role"),
          label: named("aria-label"),
          now: named("aria-valuenow"),
          text: named("aria-valuetext"),
          seen: plot.data.map(({ visible }) => visible),
        };
      });
    const press = async (key: "Tab" | "ArrowRight" | "ArrowLeft" | "Home" | "End" | "a") => {
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
      return await told();
    };
    let at = await told();
    for (let i = 0; i < 20 && at.role !== "slider"; i++) at = await press("Tab");
    const same = { role: "slider", label: "rate λ0" };
    assert.deepEqual(at, { ...same, now: "1", text: "2", seen: [false, true, false] });
    const right = { ...same, now: "2", text: "4", seen: [false, false, true] };
    assert.deepEqual(await press("ArrowRight"), right);
    assert.deepEqual(await press("ArrowRight"), right, "no further than its end");
    assert.deepEqual(await press("a"), right);
    const left = { ...same, now: "0", text: "1", seen: [true, false, false] };
    assert.deepEqual(await press("Home"), left);
    assert.equal((await press("End")).now, "2");
    assert.equal((await press("ArrowLeft")).now, "1");

    // Printed from the dark, figures are those of a light page, as wide as a sheet; then dark again.
    const dark = await opened(browser, url, 1000, "dark");
    const look = () =>
      dark.evaluate(() =>
        [...document.querySelectorAll(".plot-drawn")].map((plot) => ({
          ink: getComputedStyle(plot.querySelector(".xtick text")!).fill,
          width: plot.querySelector("svg")!.getBoundingClientRect().width,
        }))
      );
    const rgb = (color: string) =>
      `rgb(${[1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)).join(", ")})`;
    const before = await look();
    assert.deepEqual(before.map(({ ink }) => ink), [DARK, DARK].map((of) => rgb(of[INK])));
    assert.deepEqual(before.map(({ width }) => width), [700, 860]);
    // The page's own listeners have run by then, and the sheets are not yet laid out.
    await dark.evaluate(() =>
      addEventListener("beforeprint", () => {
        const texts = [...document.querySelectorAll<SVGElement>(".xtick text")];
        const widths = [...document.querySelectorAll(".plot-drawn .main-svg")]
          .map((svg) => svg.getBoundingClientRect().width);
        document.body.dataset.printed = JSON.stringify({
          theme: document.documentElement.dataset.theme,
          inks: [...new Set(texts.map((text) => getComputedStyle(text).fill))],
          widest: Math.max(...widths),
        });
      })
    );
    await dark.pdf();
    const printed = JSON.parse(
      await dark.evaluate(() => document.body.dataset.printed ?? "null"),
    );
    assert.deepEqual(printed, { theme: "light", inks: [rgb(INK)], widest: 700 });
    await dark.waitForFunction(
      "[...document.querySelectorAll('figure.plot')].every((it) => it.dataset.drawn === 'dark')",
    );
    assert.deepEqual(await look(), before);
  });
});
