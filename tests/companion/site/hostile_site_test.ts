import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Notebook } from "../../../lib/notebook/notebook_file.ts";
import { buildSite, type Site } from "../../../lib/companion/site/build_site.ts";
import { serveFolder } from "../../../lib/companion/site/serve.ts";
import type { SitePage } from "../../../lib/companion/site/site_page.ts";
import { type Browser, withChromium } from "../chromium.ts";
import { filePayloads, markdownPayloads, markupPayloads } from "./hostile_payloads.ts";
import {
  type Case,
  casesOf,
  display,
  type Found,
  notebooksOf,
  PLACES,
  touchAll,
} from "./hostile_site.ts";
import {
  code,
  inProject,
  markdown,
  notebookOf,
  writeNotebooks,
} from "../notebooks/made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Calls are told apart by their numbers: those of cells, of pages, of titles, of figures. */
const OF_PAGES = 10_000, OF_ORDERS = 20_000, OF_FIGURES = 30_000;

function assertNothing({ ran, strange, outside }: Found, what: (number: number) => string): void {
  assert.deepEqual([...ran].map(what), [], "ran");
  assert.deepEqual(strange, [], "is in the page");
  assert.deepEqual(outside, [], "asks other machines for something");
}

// Each text in each place, many to a page.
const marked = casesOf(markupPayloads, Object.keys(PLACES), 1);
const allCases = [
  ...marked,
  ...casesOf(markdownPayloads, ["markdown", "table", "prose"], marked.length + 1),
];
const PER_PAGE = 120;

// Pages that are bad through and through, one text each.
const allPayloads = (hit: string) => [...markupPayloads(hit), ...markdownPayloads(hit)];
const badPages: readonly SitePage[] = allPayloads("").map((_, i) => ({
  ...{ name: `page_${i}`, title: `Page ${i}`, html: allPayloads(`hit(${OF_PAGES + i})`)[i] },
})).filter((_, i) => i % 6 === 0);

/** Prose and outputs that ask for a file of this machine, as seen from `site-work/sources`. */
function filesNotebook(): Notebook {
  const texts = ["../../secret.txt", "/../../secret.txt"].flatMap(filePayloads);
  const cells = texts.flatMap((text) => [
    ...[PLACES.markdown(text), PLACES.prose(text), PLACES.stream(text)],
    { ...markdown(text), cell_type: "raw", metadata: { format: "text/restructuredtext" } },
  ]);
  const attached = {
    ...markdown("![a](attachment:a.txt)"),
    attachments: { "a.txt": { "text/plain": "the secret" } },
  };
  return notebookOf(markdown("# Files"), ...cells, attached);
}

/** Titles, tags and metadata that would give orders. */
function orderNotebooks(): Record<string, Notebook> {
  const image = (number: number) => `<img src=x onerror=hit(${OF_ORDERS + number})>`;
  const script = (number: number) => `</script><script>hit(${OF_ORDERS + number})</script>`;
  const code1 = {
    ...code("1; // </script><script>hit(20001)</script>", script(2), `x" onclick="hit(20003)`),
    id: `x" onclick="hit(20004)`,
    outputs: [{
      ...{ output_type: "display_data", data: { "text/plain": image(5), "image/png": PNG } },
      metadata: { "image/png": { alt: `" onerror="hit(20006)`, width: `1" onerror="hit(20007)` } },
    }],
  };
  const figured = display({ "text/plain": "a" }, { mystnb: { figure: { caption: image(8) } } });
  const prompts = { code_prompt_show: image(9), figure: { caption: `{raw}\`x\` ${image(10)}` } };
  const first = {
    ...notebookOf(
      markdown(`# Title \\${image(11)} ${image(12)} \`${image(13)}\` zebra`),
      markdown(`## zebra &lt;img src=x onerror=hit(20014)&gt;`),
      markdown(`(x" onclick="hit(20015))=\n### Target`),
      code1,
      { ...figured, metadata: { mystnb: prompts, tags: ["hide-input"] } },
      { ...markdown(image(16)), cell_type: "raw", metadata: { format: "text/html" } },
      { ...markdown("text"), metadata: { mystnb: { markdown_format: "commonmark" } } },
    ),
    metadata: {
      kernelspec: { name: "x'; hit(20017); '", display_name: script(18), language: "x" },
      language_info: { name: "x'; hit(20019); '", pygments_lexer: script(20) },
      myst: { html_meta: { [`x" content="`]: script(21) }, substitutions: { a: image(22) } },
      mystnb: { execution_mode: "force", render_markdown_format: "commonmark" },
      widgets: {
        "application/vnd.jupyter.widget-state+json": { state: { a: script(23) } },
      },
      html_meta: { refresh: "0;url=javascript:hit(20024)" },
    },
  };
  const second = notebookOf(markdown(`# Second ${image(25)} & "zebra" 'a'`));
  return { "901_orders": first, "902_second": second };
}

/** Texts where plotly would take them for markup, by the number that they call. */
const figureTexts = (number: number) => [
  ...markupPayloads(`hit(${number})`).filter((_, i) => i % 8 === 0),
  `<a href="javascript:hit(${number})">link</a>`,
  `<a href="java\nscript:hit(${number})" target="x" popup="width=1">link</a>`,
  `<a href="x" style="background:url(javascript:hit(${number}))" onclick="hit(${number})">b</a>`,
  `<span style="color:red" onmouseover="hit(${number})">text</span>`,
  `<sup onclick="hit(${number})">text</sup>`,
  `$\\href{javascript:hit(${number})}{link}$`,
  `$\\text{<img src=x onerror=hit(${number})>}$`,
  `%{x:<img src=x onerror=hit(${number})>}`,
];
const FIGURES = figureTexts(0).length;

function figuresNotebook(): Notebook {
  const figures = Array.from({ length: FIGURES }, (_, i) => {
    const text = figureTexts(OF_FIGURES + i)[i];
    return {
      data: [{
        ...{ type: "scatter", x: [1, 2], y: [1, 2], name: text, showlegend: true, text: [text] },
        ...{ mode: "markers+text", hovertext: [text], hovertemplate: text, customdata: [text] },
        ...{ uid: text, legendgroup: text, ids: [text], marker: { color: text } },
      }],
      layout: {
        ...{ width: 400, height: 300, title: { text }, showlegend: true, hovermode: "x unified" },
        margin: { l: 64, r: 24, t: 60, b: 54 },
        xaxis: { title: { text }, ticktext: [text], tickvals: [1], ticksuffix: text },
        yaxis: { title: { text }, tickformat: text },
        annotations: [{ x: 1, y: 1, text, hovertext: text, showarrow: false, captureevents: true }],
        images: [{ source: `javascript:hit(${OF_FIGURES + i})`, x: 0, y: 0, sizex: 1, sizey: 1 }],
        updatemenus: [{ buttons: [{ label: text, method: "relayout", args: [{ title: text }] }] }],
        sliders: [{ steps: [{ label: text, method: "skip" }], currentvalue: { prefix: text } }],
      },
      config: { modeBarButtonsToAdd: [{ name: text, click: text }], plotlyServerURL: text },
    };
  });
  const cells = figures.map((figure) =>
    display({
      ...{ "application/vnd.plotly.v1+json": figure, "image/png": PNG, "text/plain": "a" },
    })
  );
  return notebookOf(markdown("# Figures $x$"), ...cells);
}

test("a site of hostile notebooks and pages", (t) => isHarmless(t, 6));

long("2 min: all of its texts")(
  "a site of all hostile notebooks and pages",
  (t) => isHarmless(t, 1),
);

/** Builds a site of every so many of the texts, and touches all that is on it. */
async function isHarmless(t: Deno.TestContext, every: number) {
  const cases = allCases.filter((_, i) => i % every === 0);
  await inProject(async (folder) => {
    await Deno.writeTextFile(`${folder}/secret.txt`, "the secret, a=1\n");
    await Deno.writeTextFile(`${folder}/secret.txt.png`, "the secret, a=1\n");
    const notebooks = {
      ...notebooksOf(cases, PER_PAGE),
      "900_files": filesNotebook(),
      ...orderNotebooks(),
      "903_figures": figuresNotebook(),
    };
    const site = await buildSite({
      notebooks: await writeNotebooks(folder, notebooks),
      ...{ output: `${folder}/site`, pages: badPages, reference: false },
    });
    const { url, close } = await serveFolder(site.folder, 0);
    try {
      await withChromium(async (browser) => {
        for (const [name, part] of Object.entries(parts)) {
          await t.step(name, () => part({ site, url, browser, cases }));
        }
      });
    } finally {
      await close();
    }
  });
}

interface Opened {
  readonly site: Site;
  readonly url: string;
  readonly browser: Browser;
  readonly cases: readonly Case[];
}

const addressesOf = ({ site, url }: Opened, wanted: RegExp) =>
  site.pages.filter((name) => wanted.test(name)).map((name) => `${url}${name}.html`);

const parts: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  async "text in outputs and prose runs nothing, even without the page's policy"(opened) {
    assert.ok(markupPayloads("").length >= 106);
    const { cases } = opened;
    const addresses = addressesOf(opened, /_hostile$/);
    assert.equal(addresses.length, Math.ceil(cases.length / PER_PAGE));
    const found = await touchAll(opened.browser, addresses, { policy: false });
    assertNothing(found, (number) => allCases[number - 1].what);
    // No text took what comes after it out of the page.
    const first = await Deno.readTextFile(`${opened.site.folder}/001_hostile.html`);
    assert.equal(
      first.match(/<div class="cell docutils container">/g)?.length,
      Math.min(PER_PAGE, cases.length),
    );
  },

  async "under its policy a page runs nothing that stands in it"(opened) {
    const { browser, site, url } = opened;
    const addresses = addressesOf(opened, /^page_/);
    const what = (ran: ReadonlySet<number>) =>
      [...ran].map((number) => allPayloads("")[number - OF_PAGES]);
    const bare = await touchAll(browser, addresses, { policy: false });
    assert.ok(bare.ran.size > 10, `the reader saw only ${bare.ran.size} run without the policy`);
    console.log(`of ${badPages.length}, ${bare.ran.size} run without the policy`);
    const { ran } = await touchAll(browser, addresses, { policy: true });
    assert.deepEqual(what(ran), []);
    const files = addresses.map((address) =>
      address.replace(url, `${pathToFileURL(site.folder).href}/`)
    );
    const opened2 = await touchAll(browser, files, { policy: true });
    assert.deepEqual(what(opened2.ran), []);
  },

  async "no text takes a file of this machine into the site"({ site: { folder } }) {
    const taken: string[] = [];
    for (const path of await readdir(folder, { recursive: true })) {
      if (/^_static|^vendor|^_sources/.test(path)) continue;
      const text = await Deno.readTextFile(`${folder}/${path}`).catch(() => "");
      if (/the secret/.test(text)) taken.push(path);
      if (/^_(downloads|images)/.test(path)) taken.push(path);
    }
    assert.deepEqual(taken, []);
  },

  async "titles, tags and metadata give no orders"(opened) {
    const { browser, site, url } = opened;
    const addresses = [...addressesOf(opened, /^90[12]_/), `${url}search.html?q=zebra`];
    const found = await touchAll(browser, addresses, { policy: false });
    assertNothing(found, String);
    const { ran, errors } = await touchAll(browser, addresses, { policy: true });
    const refused = errors.filter((error) => /Content Security Policy/.test(error));
    assert.deepEqual([[...ran], refused], [[], []]);
    const html = await Deno.readTextFile(`${site.folder}/901_orders.html`);
    assert.doesNotMatch(html, /text\/x-thebe|widget-state|execution_mode/);
  },

  async "text in figures runs nothing"(opened) {
    const { browser } = opened;
    const addresses = addressesOf(opened, /^903_/);
    const found = await touchAll(browser, addresses, { policy: false, draw: true });
    assert.equal(found.drawn, FIGURES, found.errors.join());
    const outside = found.outside.filter((address) => !address.startsWith("javascript:"));
    assertNothing({ ...found, outside }, (number) => figureTexts(number)[number - OF_FIGURES]);
    const held = await touchAll(browser, addresses, { policy: true, draw: true });
    assert.deepEqual([...held.ran], []);
  },
};

test("a notebook whose name would be markup is refused", async () => {
  for (const name of ["01_<img src=x onerror=hit(1)>", "01_x'; hit(1); '", '01_"a', "01_a\n- b"]) {
    await inProject(async (folder) => {
      const notebooks = await writeNotebooks(folder, { [name]: notebookOf(markdown("# A")) });
      await assert.rejects(
        () => buildSite({ notebooks, output: `${folder}/site`, pages: [], reference: false }),
        /^RangeError: the notebook's name is 01_.*it must be letters/s,
      );
    });
  }
});
