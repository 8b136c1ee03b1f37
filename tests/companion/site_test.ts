import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { listNotebooks } from "../../lib/companion/conclusions.ts";
import { buildFolder, notebooksFolder } from "../../lib/companion/folders.ts";
import { joined, readNotebook } from "../../lib/companion/notebook.ts";
import { buildSite, type Site } from "../../lib/companion/site/build_site.ts";
import { finishSite } from "../../lib/companion/site/finish.ts";
import { serveFolder } from "../../lib/companion/site/serve.ts";
import { DARK, INK } from "../../lib/figures/look.ts";
import { type Browser, type Page, type View, watchedPage, withChromium } from "./chromium.ts";
import { code, inProject, markdown, notebookOf, writeNotebooks } from "./made_notebooks.ts";
import { checkReading } from "./site_reading.ts";

let built: Promise<Site> | undefined;

/** The site of the committed notebooks, built once for all tests. */
const site = () => built ??= buildSite({ output: `${buildFolder}/tmp/site` });

/** Looks at pages of the served site. */
async function looking<T>(work: (browser: Browser, url: string) => Promise<T>): Promise<T> {
  const { folder } = await site();
  const { url, close } = await serveFolder(folder, 0);
  try {
    return await withChromium((browser) => work(browser, url));
  } finally {
    await close();
  }
}

/** Scrolls from figure to figure and waits for each to be drawn; gives how many there are. */
async function drawAll(page: Page): Promise<number> {
  const count = await page.$$eval("figure.plot", (figures) => figures.length);
  for (let i = 0; i < count; i++) {
    await page.evaluate((i) => {
      document.querySelectorAll("figure.plot")[i].scrollIntoView({ block: "center" });
    }, i);
    const drawn = `document.querySelectorAll("figure.plot")[${i}].dataset.drawn`;
    await page.waitForFunction(drawn, { timeout: 60_000 });
  }
  return count;
}

const views: readonly (View & { readonly name: string })[] = [
  { name: "light" },
  { name: "dark", dark: true },
  { name: "telephone", width: 390, height: 844, mobile: true },
];

for (const view of views) {
  Deno.test(`every page is sound: ${view.name}`, async (t) => {
    const { pages, warnings } = await site();
    assert.deepEqual(warnings, []);
    const names = await listNotebooks(notebooksFolder);
    assert.deepEqual(pages.slice(0, names.length), names, "in the paper's order");
    await looking(async (browser, url) => {
      for (const name of [...pages, "search", "api/index"]) {
        await t.step(name, async () => {
          const { page, errors, outside } = await watchedPage(browser, view);
          await page.goto(`${url}${name}.html`, { waitUntil: "load" });
          const plots = await drawAll(page);
          await page.waitForNetworkIdle({ idleTime: 200, timeout: 60_000 });
          assert.deepEqual(outside, [], "asks other machines for something");
          assert.deepEqual(errors, [], "has errors in the console");
          if (!name.startsWith("api")) await checkPage(page, view);
          if (names.includes(name) && !/^00/.test(name)) assert.ok(plots > 0, "has no figure");
          await page.close();
        });
      }
    });
  });
}

async function checkPage(page: Page, { dark = false, mobile = false }: View): Promise<void> {
  const found = await page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    return {
      width: document.documentElement.scrollWidth,
      inner: innerWidth,
      ground: getComputedStyle(document.body).backgroundColor,
      silent: all("img").filter((image) => !image.getAttribute("alt")).length,
      plots: all("figure.plot").map((figure) => {
        const plot = figure.querySelector<HTMLElement>(".plot-drawn")!;
        const { left, right } = plot.querySelector("svg")!.getBoundingClientRect();
        const text = plot.querySelector(".xtick text, .ytick text, .xtitle, .gtitle, .cbaxis text");
        return {
          ...{ left, right, label: plot.getAttribute("aria-label") },
          pictureHidden: figure.querySelector("img")!.hidden,
          lines: plot.querySelectorAll(".scatterlayer path, .heatmaplayer image, .points path")
            .length,
          ink: text && getComputedStyle(text).fill,
          buttons: [...plot.querySelectorAll<HTMLElement>(".modebar-btn")]
            .map(({ dataset }) => dataset.title ?? ""),
        };
      }),
      formulas: all("mjx-container").length,
      badFormulas: all("mjx-merror, [data-mjx-error]").map(({ textContent }) => textContent),
      unset: all(".math.notranslate").filter((math) => !math.querySelector("mjx-container")).length,
    };
  });
  assert.equal(found.width, found.inner, "moves sideways");
  assert.equal(found.silent, 0, "has pictures without words");
  assert.deepEqual([found.badFormulas, found.unset], [[], 0], "has formulas that are not set");
  const [red] = found.ground.match(/\d+/g)!.map(Number);
  assert.ok(dark ? red < 60 : red > 240, `the ground is ${found.ground}`);
  for (const plot of found.plots) {
    assert.ok(plot.pictureHidden && plot.lines > 0, "a figure is not drawn");
    assert.ok(plot.label && plot.label.length > 10, `a figure's words are ${plot.label}`);
    assert.ok(plot.left >= 0 && plot.right <= found.inner + 0.5, "a figure is cut");
    assert.ok(plot.buttons.every((title) => !/share|cloud/i.test(title)), `${plot.buttons}`);
    assert.ok(mobile || plot.buttons.length > 0, "a figure has no buttons");
    if (plot.ink) assert.equal(plot.ink, rgb(dark ? DARK[INK] : INK));
  }
}

function rgb(color: string): string {
  return `rgb(${[1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)).join(", ")})`;
}

Deno.test("the navigation leads through all pages, code is folded where it is plumbing", async () => {
  const { pages } = await site();
  await looking(async (browser, url) => {
    const { page } = await watchedPage(browser);
    await page.goto(url, { waitUntil: "load" }); // leads to the first page
    await page.waitForSelector(".bd-docs-nav a");
    const links = await page.$$eval(
      ".bd-docs-nav a",
      (links) =>
        (links as HTMLAnchorElement[]).map(({ href }) => href.replace(/^.*\/|\.html.*$/g, "")),
    );
    assert.deepEqual(links.map((link) => link.replace(/^#$/, pages[0])), pages);
    assert.ok(page.url().endsWith(`${pages[0]}.html`));

    const notebook = pages.find((name) => name.startsWith("06_"))!;
    await page.goto(`${url}${notebook}.html`, { waitUntil: "load" });
    const cells = await page.$$eval("div.cell", (cells) =>
      cells.map((cell) => ({
        source: cell.querySelector("pre")!.textContent!,
        folded: cell.querySelector("details") !== null,
      })));
    const isFolded = (start: RegExp) => cells.find(({ source }) => start.test(source))?.folded;
    assert.equal(isFolded(/^import \{/), true);
    assert.equal(isFolded(/^let \w+ = /), false, "the parameters are open");
    const training = cells.filter(({ source }) => /runStud(y|ies)\("speed-limit"/.test(source));
    assert.ok(training.length > 0 && training.every(({ folded }) => !folded));
    await checkReading(browser, url);
  });
});

Deno.test("the library's page leads to the reference of every public name", async () => {
  const { folder } = await site();
  const html = await Deno.readTextFile(`${folder}/library.html`);
  const links = [...html.matchAll(/href="(api\/[^"]+)"/g)].map(([, link]) => link);
  const linked = new Set(links.map((link) => /~\/(\w+)\.html/.exec(link)?.[1]));
  for (const name of ["speedLimit", "linearFlow", "myrtle5", "Trajectory", "figure"]) {
    assert.ok(linked.has(name), `${name} is not there`);
  }
  const missing: string[] = [];
  for (const link of links) {
    await Deno.stat(`${folder}/${link}`).catch(() => missing.push(link));
  }
  assert.deepEqual(missing, []);
  for (const [page, back] of [["index", "../index.html"], ["~/speedLimit", "../../index.html"]]) {
    const html = await Deno.readTextFile(`${folder}/api/${page}.html`);
    assert.ok(html.includes(`href="${back}"`), `${page} does not lead back`);
    assert.doesNotMatch(html, /file:/, `${page} leads to this machine's files`);
  }
  const source = await Deno.readTextFile(`${folder}/api/source/bounds/speed_limit.ts.html`);
  assert.match(source, /export function speedLimit\(/);
});

Deno.test("the search finds words of notebooks, on this machine alone", async () => {
  await looking(async (browser, url) => {
    const { page, errors, outside } = await watchedPage(browser);
    await page.goto(`${url}search.html?q=tortuosity`, { waitUntil: "load" });
    await page.waitForSelector("#search-results li a");
    const found = await page.$$eval(
      "#search-results li a",
      (links) => (links as HTMLAnchorElement[]).map(({ href }) => href),
    );
    assert.ok(found.some((href) => /\/0\d_\w+\.html/.test(href)), found.join());
    assert.deepEqual([errors, outside], [[], []]);
  });
});

Deno.test("figures wait until they are seen, change with the theme, and stand as pictures without script", async () => {
  await looking(async (browser, url) => {
    const { page } = await watchedPage(browser);
    await page.goto(`${url}05_kernels_of_cifar10.html`, { waitUntil: "networkidle0" });
    const drawn = () =>
      page.$$eval(
        "figure.plot",
        (figures) => (figures as HTMLElement[]).map(({ dataset }) => dataset.drawn),
      );
    assert.equal((await drawn()).at(-1) ?? "not yet", "not yet", "the last figure is far below");
    await drawAll(page);
    assert.deepEqual(new Set(await drawn()), new Set(["light"]));
    await page.evaluate(() => document.documentElement.dataset.theme = "dark");
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>("figure.plot")]
        .every(({ dataset }) => dataset.drawn === "dark")
    );
    await page.close();

    const still = await watchedPage(browser, { scripts: false });
    await still.page.goto(`${url}05_kernels_of_cifar10.html`, { waitUntil: "networkidle0" });
    const html = await still.page.content();
    assert.doesNotMatch(html, /plot-drawn/);
    const size = await still.page.$("figure.plot img").then((image) => image!.boundingBox());
    assert.ok(size!.width > 500 && size!.height > 200);
  });
});

Deno.test("the site opens from its files, without a server", async () => {
  const { folder } = await site();
  await withChromium(async (browser) => {
    const { page, errors, outside } = await watchedPage(browser);
    const file = pathToFileURL(`${folder}/02_gradient_flow.html`).href;
    await page.goto(file, { waitUntil: "load" });
    assert.ok(await drawAll(page) > 0);
    await page.waitForSelector("mjx-container");
    assert.deepEqual([errors, outside], [[], []]);
  });
});

Deno.test("text that would be code is text", async () => {
  await inProject(async (folder) => {
    const bad = `<img src=x onerror="globalThis.ran = 1"><script>globalThis.ran = 1</script>`;
    const display = (data: Record<string, unknown>) => ({
      ...code("1;"),
      outputs: [{ output_type: "display_data", data, metadata: {} }],
    });
    const png =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const figure = {
      data: [{ type: "scatter", x: [1, 2], y: [1, 2], name: bad, showlegend: true }],
      layout: {
        ...{ width: 700, height: 420, margin: { l: 64, r: 24, t: 60, b: 54 } },
        ...{ title: { text: bad }, xaxis: { title: { text: bad } }, yaxis: {}, showlegend: true },
      },
    };
    const notebooks = await writeNotebooks(folder, {
      "01_hostile": notebookOf(
        markdown("# Hostile"),
        display({ "text/plain": bad }),
        display({ "text/markdown": `| a |\n| --- |\n| ${bad} |\n\n$a<b$`, "text/plain": bad }),
        display({ "text/markdown": `\`\`\`{raw} html\n${bad}\n\`\`\``, "text/plain": bad }),
        display({ "text/html": bad, "application/javascript": "ran = 1", "text/plain": "plain" }),
        display({
          "application/vnd.plotly.v1+json": figure,
          "image/png": png,
          "text/plain": `"> ${bad}`,
        }),
        display({ "image/png": png, "text/plain": `"> ${bad}` }),
      ),
    });
    const options = { notebooks, output: `${folder}/site`, pages: [], reference: false };
    assert.deepEqual((await buildSite(options)).pages, ["01_hostile"]);
    const { url, close } = await serveFolder(`${folder}/site`, 0);
    try {
      await withChromium(async (browser) => {
        const { page, outside } = await watchedPage(browser);
        await page.goto(`${url}01_hostile.html`, { waitUntil: "load" });
        assert.equal(await drawAll(page), 1);
        await page.waitForNetworkIdle({ idleTime: 200 });
        assert.equal(await page.evaluate("globalThis.ran"), undefined);
        const text = await page.$eval("main", (main) => (main as HTMLElement).innerText);
        assert.ok(text.split("onerror").length >= 4, "the text is shown as it is");
        assert.deepEqual(outside, []);
      });
    } finally {
      await close();
    }
  });
});

Deno.test("pages of notebooks that are gone go too, and the button gives the notebook as it is", async () => {
  await inProject(async (folder) => {
    const rendered = `${folder}/rendered`;
    await Deno.mkdir(`${rendered}/_sources`, { recursive: true });
    for (const name of ["01_there.html", "02_gone.html", "index.html", "_sources/02_gone.ipynb"]) {
      await Deno.writeTextFile(`${rendered}/${name}`, "made");
    }
    const notebooks = new Map([["01_there", notebookOf(code("1"))]]);
    await finishSite(rendered, `${folder}/site`, {
      ...{ notebooks, pages: ["01_there"], files: { "more/a.txt": "a" } },
    });
    const names = (at: string) => [...Deno.readDirSync(`${folder}/site/${at}`)].map((e) => e.name);
    assert.deepEqual(names("").filter((name) => /html/.test(name)).sort(), [
      "01_there.html",
      "index.html",
    ]);
    assert.deepEqual(names("_sources"), ["01_there.ipynb"]);
    assert.equal(await Deno.readTextFile(`${folder}/site/more/a.txt`), "a");
    const [cell] = (await readNotebook(`${folder}/site/_sources/01_there.ipynb`)).cells;
    assert.equal(joined(cell.source), "1");
  });
});

Deno.test("the server keeps to its folder, and tells of a port that is taken", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/site`);
  await Deno.writeTextFile(`${folder}/secret.txt`, "secret");
  await Deno.writeTextFile(`${folder}/site/index.html`, "<p>Hello");
  await Deno.writeTextFile(`${folder}/site/.hidden`, "secret");
  const { url, close } = await serveFolder(`${folder}/site`, 0);
  try {
    const port = Number(new URL(url).port);
    await assert.rejects(
      () => serveFolder(folder, port),
      new RegExp(`port ${port} is in use by another program: .* name another with --port`),
    );
    assert.throws(() => serveFolder(folder, 65536), /port is 65536; it must be/);
    const home = await fetch(url);
    assert.match(await home.text(), /Hello/);
    assert.match(home.headers.get("content-security-policy")!, /script-src 'self';/);
    const answer = async (start: string, host = "localhost:1") => {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const request = `${start} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      await connection.write(new TextEncoder().encode(request));
      return await new Response(connection.readable).text();
    };
    for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/.hidden"]) {
      const said = await answer(`GET ${path}`);
      assert.match(said, /^HTTP\/1.1 404/, path);
      assert.doesNotMatch(said, /secret$/);
    }
    assert.match(await answer("GET /"), /^HTTP\/1.1 200/);
    assert.match(await answer("GET /", "elsewhere.example"), /^HTTP\/1.1 403/);
    assert.match(await answer("POST /"), /^HTTP\/1.1 405/);
  } finally {
    await close();
    await Deno.remove(folder, { recursive: true });
  }
});
