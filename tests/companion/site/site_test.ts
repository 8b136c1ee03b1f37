import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import axe from "axe-core/axe.min.js" with { type: "text" };
import { collectConclusions, listNotebooks } from "../../../lib/notebook/conclusions.ts";
import { buildFolder, notebooksFolder } from "../../../lib/notebook/folders.ts";
import { joined, readNotebook } from "../../../lib/notebook/notebook_file.ts";
import { buildSite, type Site } from "../../../lib/companion/site/build_site.ts";
import { finishSite } from "../../../lib/companion/site/finish.ts";
import { serveFolder } from "../../../lib/companion/site/serve.ts";
import { DARK, INK } from "../../../lib/figures/look.ts";
import { type Browser, type Page, type View, watchedPage, withChromium } from "../chromium.ts";
import { code, inProject, notebookOf } from "../notebooks/made_notebooks.ts";
import { checkReading } from "./site_reading.ts";
import { checkSideways, checkStill } from "./still_reading.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

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

const DARKNESS = "document.documentElement.dataset.theme = 'dark'";
/** All figures are drawn in the dark, or for a page as narrow as it is. */
const allDark =
  `[...document.querySelectorAll("figure.plot")].every((x) => x.dataset.drawn === "dark")`;
const allFit = `[...document.querySelectorAll("figure.plot .plot-drawn svg")]
  .every((svg) => svg.getBoundingClientRect().width <= svg.closest("figure").clientWidth + 1)`;

/** A page of each kind. */
const SAMPLE = /^(index|02_.*|api_bounds|your_spectrum|search)$/;

test("a page of each kind is sound: light, dark, as narrow as a telephone, and to those who listen", (t) =>
  arePagesSound(t, (name) => SAMPLE.test(name)));

long("6 min: all others in Chromium")(
  "every other page is sound too",
  (t) => arePagesSound(t, (name) => !SAMPLE.test(name)),
);

async function arePagesSound(t: Deno.TestContext, isChosen: (name: string) => boolean) {
  const { pages, warnings } = await site();
  assert.deepEqual(warnings, []);
  const names = await listNotebooks(notebooksFolder);
  assert.deepEqual(pages.slice(0, names.length + 1), ["index", ...names], "in the paper's order");
  await looking(async (browser, url) => {
    const weights = new Map<string, number>();
    const all = [...pages, "search", "source/bounds/speed_limit.ts"];
    for (const name of all.filter(isChosen)) {
      await t.step(name, async () => {
        const { page, errors, outside } = await watchedPage(browser);
        const weight = await weighed(page);
        await page.goto(`${url}${name}.html`, { waitUntil: "load" });
        await page.waitForNetworkIdle({ idleTime: 300, timeout: 60_000 });
        weights.set(name, weight.decoded);
        const plots = await drawAll(page);
        await page.waitForNetworkIdle({ idleTime: 100, timeout: 60_000 });
        if (names.includes(name) && !/^00/.test(name)) assert.ok(plots > 0, "has no figure");
        await checkPage(page, {});
        if (name === "index") await checkHome(page, {});
        // Notebooks' pages are made alike, and those of the reference, and axe takes longer than all else:
        // some stand for all.
        if (!/^(api|\d\d)_/.test(name) || /^(api_bounds|api_notebook|00_|06|11|14|20)/.test(name)) {
          assert.deepEqual(await flaws(page), [], "has flaws for those who listen");
        }
        await page.evaluate(DARKNESS);
        // Colours that are on their way would be measured half-way.
        await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))");
        await page.waitForFunction(allDark, { timeout: 60_000 });
        await checkPage(page, { dark: true });
        if (name === "index") await checkHome(page, { dark: true });
        const contrast = /^(00|06|api_bounds|library|your|source)/.test(name);
        if (contrast) assert.deepEqual(await flaws(page, ["color-contrast"]), [], "in the dark");
        await page.setViewport({ width: 390, height: 844 });
        await page.waitForFunction(allFit, { timeout: 60_000 });
        await checkPage(page, { dark: true, width: 390 });
        assert.deepEqual(outside, [], "asks other machines for something");
        assert.deepEqual(errors, [], "has errors in the console");
        await page.close();
      });
    }
    const heavy = [...weights].filter(([name, bytes]) =>
      bytes > (names.includes(name) || /^(index|your_spectrum)$/.test(name) ? 2.5e6 : 1e6)
    );
    assert.deepEqual(heavy, [], "pages heavier than they may be");
  });
}

/** What a page loads from now on, in bytes as they are read. */
async function weighed(page: Page): Promise<{ readonly decoded: number }> {
  const weight = { decoded: 0 };
  const client = await page.createCDPSession();
  await client.send("Network.enable");
  client.on("Network.dataReceived", ({ dataLength }) => weight.decoded += dataLength);
  return weight;
}

/**
 * What axe finds serious or critical, of the rules named or of all. Set formulas, drawings and code
 * are taken out: each has thousands of elements and no more kinds of them than one page shows.
 */
async function flaws(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe as unknown as string);
  const options = {
    ...{ resultTypes: ["violations"], preload: false },
    ...(rules ? { runOnly: rules } : {}),
  };
  return await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const without = [[".katex"], [".plot-drawn svg"], ["pre > *"]];
    const { violations } = await axe.run({ exclude: without }, options);
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" | ")}`);
  }, options);
}

interface Axe {
  run(context: object, options: object): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}

async function checkPage(page: Page, { dark = false, width }: View): Promise<void> {
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
      badFormulas: all(".math-error, .katex-error").map(({ textContent }) => textContent),
      unset: all(".math.notranslate").filter((math) => !math.querySelector(".katex")).length,
      wideCode: all("div.highlight pre").filter((pre) => pre.scrollWidth > pre.clientWidth + 1)
        .length,
    };
  });
  assert.equal(found.width, found.inner, "moves sideways");
  assert.equal(found.wideCode, 0, "has code that moves sideways");
  assert.equal(found.silent, 0, "has pictures without words");
  assert.deepEqual([found.badFormulas, found.unset], [[], 0], "has formulas that are not set");
  const [red] = found.ground.match(/\d+/g)!.map(Number);
  assert.ok(dark ? red < 60 : red > 240, `the ground is ${found.ground}`);
  for (const plot of found.plots) {
    assert.ok(plot.pictureHidden && plot.lines > 0, "a figure is not drawn");
    assert.ok(plot.label && plot.label.length > 10, `a figure's words are ${plot.label}`);
    assert.ok(plot.left >= 0 && plot.right <= found.inner + 0.5, "a figure is cut");
    assert.ok(plot.buttons.every((title) => !/share|cloud/i.test(title)), `${plot.buttons}`);
    assert.ok(width || plot.buttons.length > 0, "a figure has no buttons");
    if (plot.ink) assert.equal(plot.ink, rgb(dark ? DARK[INK] : INK));
  }
}

/** The first page shows the theme's picture alone, and results before code. */
async function checkHome(page: Page, { dark = false }: View): Promise<void> {
  const found = await page.evaluate(() => {
    const images = [...document.querySelectorAll<HTMLImageElement>("figure.first img")];
    const seen = images.filter((image) => image.checkVisibility());
    seen[0]?.scrollIntoView();
    const heads = [...document.querySelectorAll("article h2")].map(({ textContent }) =>
      textContent
    );
    return { count: images.length, seen: seen.map(({ src }) => src), heads: heads.join() };
  });
  assert.equal(found.count, 2);
  assert.match(found.seen.join(), dark ? /^\S+_dark\.png$/ : /^\S+_light\.png$/);
  assert.match(found.heads, /^What we found.*Two commands/);
}

function rgb(color: string): string {
  return `rgb(${[1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)).join(", ")})`;
}

test("the library's page leads to the reference of every public name", async () => {
  const { folder } = await site();
  const html = await Deno.readTextFile(`${folder}/library.html`);
  const links = [...html.matchAll(/href="(api_\w+\.html)#api-(\w+)"/g)].map(([, page, name]) => ({
    page,
    name,
  }));
  const linked = new Set(links.map(({ name }) => name));
  for (
    const name of ["speedLimit", "linearFlow", "myrtle5", "Trajectory", "figure", "QUANTITIES"]
  ) {
    assert.ok(linked.has(name), `${name} is not there`);
  }
  assert.ok(linked.size > 600, `only ${linked.size} names`);
  const texts = new Map<string, string>();
  const missing: string[] = [];
  for (const { page, name } of links) {
    if (!texts.has(page)) texts.set(page, await Deno.readTextFile(`${folder}/${page}`));
    if (!texts.get(page)!.includes(`id="api-${name}"`)) missing.push(name);
  }
  assert.deepEqual(missing, []);
  const bounds = texts.get("api_bounds.html")!;
  assert.match(bounds, /<dt><code>w2Squared<\/code><\/dt><dd>W2²\(p_0, p_T\), in squared units/);
  assert.doesNotMatch([...texts.values()].join(""), /arg_\d|href="file:/);
  const [, line] = /href="source\/bounds\/speed_limit\.ts\.html#L(\d+)"/.exec(bounds)!;
  const source = await Deno.readTextFile(`${folder}/source/bounds/speed_limit.ts.html`);
  assert.ok(source.includes(`<span id="L${line}">export function speedLimit(`), `line ${line}`);
  assert.match(source, /href="\.\.\/\.\.\/library\.html"/, "leads back");
});

test("each claim of the contents is a card that leads to its cell", async () => {
  const { folder } = await site();
  const contents = await Deno.readTextFile(`${folder}/00_contents.html`);
  const claims = (await collectConclusions({ executed: "none" }))
    .flatMap(({ conclusion }) => conclusion?.claims ?? []);
  const cards = contents.match(/<li class="claim [a-z-]+" id="claim-\d+">/g) ?? [];
  assert.equal(cards.length, claims.length);
  const links = [...contents.matchAll(/href="(\w+\.html)#(cell-id=[\w-]+)"/g)];
  assert.equal(links.length, claims.length);
  for (const [link, page, id] of links) {
    assert.ok((await Deno.readTextFile(`${folder}/${page}`)).includes(`id="${id}"`), link);
  }
});

test("readers find their way: navigation, search, telephones, no scripts, no server", async (t) => {
  const { pages, folder } = await site();
  await looking(async (browser, url) => {
    for (const [name, way] of Object.entries(ways)) {
      await t.step(name, () => way({ browser, url, pages, folder }));
    }
  });
});

interface Reader {
  readonly browser: Browser;
  readonly url: string;
  readonly pages: readonly string[];
  readonly folder: string;
}

const ways: Readonly<Record<string, (reader: Reader) => Promise<void>>> = {
  async "the navigation leads through all pages, code is folded where it is plumbing"(reader) {
    const { browser, url, pages } = reader;
    const { page } = await watchedPage(browser);
    await page.goto(url, { waitUntil: "load" }); // is the first page
    await page.waitForSelector(".bd-docs-nav a");
    const links = await page.$$eval(
      ".bd-docs-nav a",
      (links) =>
        (links as HTMLAnchorElement[]).map(({ href }) => href.replace(/^.*\/|\.html.*$/g, "")),
    );
    assert.deepEqual(links.map((link) => link.replace(/^#$/, pages[0])), pages);
    const opened = await page.$eval("h1", ({ textContent }) => textContent);
    assert.match(opened ?? "", /^Speed Limits for Deep Learning: a companion/);

    const notebook = pages.find((name) => name.startsWith("06_"))!;
    await page.goto(`${url}${notebook}.html`, { waitUntil: "load" });
    const cells = await page.$$eval("div.cell", (cells) =>
      cells.map((cell) => ({
        source: cell.querySelector("pre")!.textContent!,
        folded: cell.querySelector("details") !== null,
      })));
    const isFolded = (start: RegExp) => cells.find(({ source }) => start.test(source))?.folded;
    const seen = await page.$$eval(
      ".theme-switch",
      (signs) => signs.filter((sign) => sign.getClientRects().length > 0).length,
    );
    assert.equal(seen, 1, "the button for light and dark has its sign");
    assert.equal(isFolded(/^import \{/), true);
    assert.equal(isFolded(/^let \w+ = /), false, "the parameters are open");
    const training = cells.filter(({ source }) => /runStud(y|ies)\("speed-limit"/.test(source));
    assert.ok(training.length > 0 && training.every(({ folded }) => !folded));
    await page.close();
  },

  async "on a telephone a wide table moves in its box, beside its names"({ browser, url }) {
    await checkSideways(browser, url);
  },

  async "formulas tell what their symbols mean, figures are to be had"({ browser, url }) {
    await checkReading(browser, url);
  },

  async "no table moves sideways, and formulas are set"({ browser, url, pages }) {
    await checkStill(browser, url, pages.filter((name) => !/^api_/.test(name)));
  },

  async "the search finds notebooks and the reference, on this machine alone"({ browser, url }) {
    const { page, errors, outside } = await watchedPage(browser);
    const found = async (words: string) => {
      await page.goto(`${url}search.html?q=${words}`, { waitUntil: "load" });
      await page.waitForSelector("#search-results li a");
      return await page.$$eval(
        "#search-results li a",
        (links) => (links as HTMLAnchorElement[]).map(({ href }) => href),
      );
    };
    const tortuosity = await found("tortuosity");
    assert.ok(tortuosity.some((href) => /\/0\d_\w+\.html/.test(href)), tortuosity.join());
    const name = await found("descentSpeedLimit");
    assert.ok(name.some((href) => /\/api_bounds\.html#descentspeedlimit/.test(href)), name.join());
    assert.deepEqual([errors, outside], [[], []]);
    await page.close();
  },

  async "figures wait until they are seen"({ browser, url }) {
    const { page } = await watchedPage(browser, { dark: true, ...TELEPHONE });
    await page.goto(`${url}05_kernels_of_cifar10.html`, { waitUntil: "networkidle0" });
    const drawn = () =>
      page.$$eval(
        "figure.plot",
        (figures) => (figures as HTMLElement[]).map(({ dataset }) => dataset.drawn),
      );
    assert.equal((await drawn()).at(-1) ?? "not yet", "not yet", "the last figure is far below");
    await drawAll(page);
    assert.deepEqual(new Set(await drawn()), new Set(["dark"]), "as the reader's system has it");
    await checkPage(page, { dark: true, width: TELEPHONE.width });
    await page.close();
  },

  async "without scripts there are pictures, all text, and a word"({ browser, url }) {
    const { page } = await watchedPage(browser, { scripts: false });
    await page.goto(`${url}05_kernels_of_cifar10.html`, { waitUntil: "networkidle0" });
    assert.doesNotMatch(await page.content(), /plot-drawn/);
    const size = await page.$("figure.plot img").then((image) => image!.boundingBox());
    assert.ok(size!.width > 500 && size!.height > 200);
    const words = async () => await page.$eval("main", (main) => (main as HTMLElement).innerText);
    assert.match(await words(), /No scripts run here/);
    for (
      const [name, word] of [["your_spectrum", /needs JavaScript/], [
        "search",
        /activate JavaScript/,
      ]]
    ) {
      await page.goto(`${url}${name}.html`, { waitUntil: "load" });
      assert.match(await words(), word as RegExp);
    }
    await page.close();
  },

  async "the site opens from its files"({ browser, folder }) {
    const { page, errors, outside } = await watchedPage(browser);
    const file = pathToFileURL(`${folder}/02_gradient_flow.html`).href;
    await page.goto(file, { waitUntil: "load" });
    assert.ok(await drawAll(page) > 0);
    await page.waitForSelector(".katex");
    assert.deepEqual([errors, outside], [[], []]);
    await page.close();
  },
};

const TELEPHONE = { width: 390, height: 844, mobile: true };

test("pages of notebooks that are gone go too, and the button gives the notebook as it is", async () => {
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

test("the server keeps to its folder, and tells of a port that is taken", async () => {
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
    await assert.rejects(() => serveFolder(folder, 65536), /port is 65536; it must be/);
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
