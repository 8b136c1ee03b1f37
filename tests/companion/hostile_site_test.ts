import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { buildSite, type Site, type SiteOptions } from "../../lib/companion/site/build_site.ts";
import { serveFolder } from "../../lib/companion/site/serve.ts";
import type { Notebook } from "../../lib/companion/notebook.ts";
import { type Browser, withChromium } from "./chromium.ts";
import { filePayloads, markdownPayloads, markupPayloads } from "./hostile_payloads.ts";
import { casesOf, display, type Found, notebooksOf, PLACES, touchAll } from "./hostile_site.ts";
import { code, inProject, markdown, notebookOf, writeNotebooks } from "./made_notebooks.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Builds a site of notebooks in a folder of its own, and serves it. */
async function hostileSite(
  notebooks: Readonly<Record<string, Notebook>>,
  work: (site: Site, url: string, browser: Browser, folder: string) => Promise<void>,
  options: SiteOptions = {},
): Promise<void> {
  await inProject(async (folder) => {
    await Deno.writeTextFile(`${folder}/secret.txt`, "the secret, a=1\n");
    await Deno.writeTextFile(`${folder}/secret.txt.png`, "the secret, a=1\n");
    const site = await buildSite({
      notebooks: await writeNotebooks(folder, notebooks),
      ...{ output: `${folder}/site`, pages: [], reference: false, ...options },
    });
    const { url, close } = await serveFolder(site.folder, 0);
    try {
      await withChromium((browser) => work(site, url, browser, folder));
    } finally {
      await close();
    }
  });
}

const pagesOf = ({ pages }: Site, url: string) => pages.map((name) => `${url}${name}.html`);

function assertNothing({ ran, strange, outside }: Found, what: (number: number) => string): void {
  assert.deepEqual([...ran].map(what), [], "ran");
  assert.deepEqual(strange, [], "is in the page");
  assert.deepEqual(outside, [], "asks other machines for something");
}

Deno.test("hostile text in outputs and prose runs nothing, even without the page's policy", async () => {
  const places = Object.keys(PLACES);
  const markup = casesOf(markupPayloads, places, 1);
  const marks = casesOf(markdownPayloads, ["markdown", "table", "prose"], markup.length + 1);
  const cases = [...markup, ...marks];
  assert.ok(markupPayloads("").length >= 106);
  const perPage = 40;
  await hostileSite(notebooksOf(cases, perPage), async (site, url, browser) => {
    const found = await touchAll(browser, pagesOf(site, url), { policy: false });
    assertNothing(found, (number) => cases[number - 1].what);
    // No text took what comes after it out of the page.
    const last = await Deno.readTextFile(`${site.folder}/001_hostile.html`);
    assert.equal(last.match(/<div class="cell docutils container">/g)?.length, perPage);
  });
});

Deno.test("under its policy a page runs nothing that stands in it", async () => {
  const all = (hit: string) => [...markupPayloads(hit), ...markdownPayloads(hit)];
  const pages = all("").map((_, i) => ({
    ...{ name: `page_${i + 1}`, title: `Page ${i + 1}`, html: all(`hit(${i + 1})`)[i] },
  })).filter((_, i) => i % 6 === 0);
  await hostileSite(
    { "01_plain": notebookOf(markdown("# Plain")) },
    async (site, url, browser) => {
      const addresses = pagesOf(site, url);
      const bare = await touchAll(browser, addresses, { policy: false });
      assert.ok(bare.ran.size > 10, `the reader saw only ${bare.ran.size} run without the policy`);
      console.log(`of ${pages.length}, ${bare.ran.size} run without the policy`);
      const { ran } = await touchAll(browser, addresses, { policy: true });
      assert.deepEqual([...ran].map((number) => all("")[number - 1]), []);
      const files = addresses.map((address) =>
        address.replace(url, `${pathToFileURL(site.folder).href}/`)
      );
      const opened = await touchAll(browser, files, { policy: true });
      assert.deepEqual([...opened.ran].map((number) => all("")[number - 1]), []);
    },
    { pages },
  );
});

Deno.test("no text takes a file of this machine into the site", async () => {
  // As seen from where jupyter-book reads, which is `site-work/sources`.
  const texts = ["../../secret.txt", "/../../secret.txt"].flatMap(filePayloads);
  const cells = texts.flatMap((text) => [
    ...[PLACES.markdown(text), PLACES.prose(text), PLACES.stream(text)],
    { ...markdown(text), cell_type: "raw", metadata: { format: "text/restructuredtext" } },
  ]);
  const attached = {
    ...markdown("![a](attachment:a.txt)"),
    attachments: { "a.txt": { "text/plain": "the secret" } },
  };
  const notebook = notebookOf(markdown("# Files"), ...cells, attached);
  await hostileSite({ "01_files": notebook }, async ({ folder }) => {
    const taken: string[] = [];
    for (const path of await readdir(folder, { recursive: true })) {
      if (/^_static|^vendor|^_sources/.test(path)) continue;
      const text = await Deno.readTextFile(`${folder}/${path}`).catch(() => "");
      if (/the secret/.test(text)) taken.push(path);
      if (/^_(downloads|images)/.test(path)) taken.push(path);
    }
    assert.deepEqual(taken, []);
  });
});

Deno.test("titles, tags and metadata give no orders", async () => {
  const image = (number: number) => `<img src=x onerror=hit(${number})>`;
  const script = (number: number) => `</script><script>hit(${number})</script>`;
  const code1 = {
    ...code("1; // </script><script>hit(1)</script>", script(2), `x" onclick="hit(3)`),
    id: `x" onclick="hit(4)`,
    outputs: [{
      ...{ output_type: "display_data", data: { "text/plain": image(5), "image/png": PNG } },
      metadata: { "image/png": { alt: `" onerror="hit(6)`, width: `1" onerror="hit(7)` } },
    }],
  };
  const figured = display({ "text/plain": "a" }, { mystnb: { figure: { caption: image(8) } } });
  const prompts = { code_prompt_show: image(9), figure: { caption: `{raw}\`x\` ${image(10)}` } };
  const notebook = {
    ...notebookOf(
      markdown(`# Title \\${image(11)} ${image(12)} \`${image(13)}\` zebra`),
      markdown(`## zebra &lt;img src=x onerror=hit(14)&gt;`),
      markdown(`(x" onclick="hit(15))=\n### Target`),
      code1,
      { ...figured, metadata: { mystnb: prompts, tags: ["hide-input"] } },
      { ...markdown(image(16)), cell_type: "raw", metadata: { format: "text/html" } },
      { ...markdown("text"), metadata: { mystnb: { markdown_format: "commonmark" } } },
    ),
    metadata: {
      kernelspec: { name: "x'; hit(17); '", display_name: script(18), language: "x" },
      language_info: { name: "x'; hit(19); '", pygments_lexer: script(20) },
      myst: { html_meta: { [`x" content="`]: script(21) }, substitutions: { a: image(22) } },
      mystnb: { execution_mode: "force", render_markdown_format: "commonmark" },
      widgets: {
        "application/vnd.jupyter.widget-state+json": { state: { a: script(23) } },
      },
      html_meta: { refresh: "0;url=javascript:hit(24)" },
    },
  };
  const second = notebookOf(markdown(`# Second ${image(25)} & "zebra" 'a'`));
  await hostileSite({ "01_orders": notebook, "02_second": second }, async (site, url, browser) => {
    const addresses = [...pagesOf(site, url), `${url}search.html?q=zebra`];
    const found = await touchAll(browser, addresses, { policy: false });
    assertNothing(found, String);
    const { ran, errors } = await touchAll(browser, addresses, { policy: true });
    const refused = errors.filter((error) => /Content Security Policy/.test(error));
    assert.deepEqual([[...ran], refused], [[], []]);
    const html = await Deno.readTextFile(`${site.folder}/01_orders.html`);
    assert.doesNotMatch(html, /text\/x-thebe|widget-state|execution_mode/);
  });
});

Deno.test("a notebook whose name would be markup is refused", async () => {
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

Deno.test("hostile text in figures runs nothing", async () => {
  const texts = (number: number) => [
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
  const count = texts(0).length;
  const figures = Array.from({ length: count }, (_, i) => {
    const text = texts(i + 1)[i];
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
        images: [{ source: `javascript:hit(${i + 1})`, x: 0, y: 0, sizex: 1, sizey: 1 }],
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
  await hostileSite(
    { "01_figures": notebookOf(markdown("# Figures $x$"), ...cells) },
    async (site, url, browser) => {
      const found = await touchAll(browser, pagesOf(site, url), { policy: false, draw: true });
      assert.equal(found.drawn, count, found.errors.join());
      const outside = found.outside.filter((address) => !address.startsWith("javascript:"));
      assertNothing({ ...found, outside }, (number) => texts(number)[number - 1]);
      const held = await touchAll(browser, pagesOf(site, url), { policy: true, draw: true });
      assert.deepEqual([...held.ran], []);
    },
  );
});
