import assert from "node:assert/strict";
import { citationsIn } from "../../../lib/companion/site/citations.ts";
import {
  mentionsIn,
  PAPER_EQUATIONS,
  paperEquationOf,
} from "../../../lib/companion/site/equations.ts";
import { captionOf, captionOfWords } from "../../../lib/companion/site/figure_caption.ts";
import { edited, hasClass, walkHtml } from "../../../lib/companion/site/html_walk.ts";
import { notebookPage } from "../../../lib/companion/site/notebook_page.ts";
import { withReadingAids } from "../../../lib/companion/site/reading_aids.ts";
import { addressesOf, REFERENCES } from "../../../lib/companion/site/references.ts";
import { referencesPage } from "../../../lib/companion/site/references_page.ts";
import { symbolsIn } from "../../../lib/companion/site/symbols_used.ts";
import { atomsOf } from "../../../lib/companion/site/tex_atoms.ts";
import { notebooksFolder } from "../../../lib/notebook/folders.ts";
import { listNotebooks } from "../../../lib/notebook/conclusions.ts";
import { joined, readNotebook } from "../../../lib/notebook/notebook_file.ts";
import { figure, line, panels, QUANTITIES } from "../../../lib/mod.ts";
import { code, notebookOf } from "../notebooks/made_notebooks.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const math = (tex: string, tag = "span") => {
  const text = tex.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const [open, close] = tag === "div" ? ["\\[", "\\]"] : ["\\(", "\\)"];
  return `<${tag} class="math notranslate nohighlight">${open}${text}${close}</${tag}>`;
};
const article = (content: string) =>
  `<html><body><article class="bd-article"><section id="a">${content}</section></article>` +
  `<footer><div class="bd-footer-content__inner container">\n</div></footer></body></html>`;

Deno.test("references: anchors are distinct, identifiers have their form, addresses are of two hosts", () => {
  const keys = REFERENCES.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  for (const { key, arxiv, doi, use, year, cited = [] } of REFERENCES) {
    assert.match(key, /^[a-z0-9-]+$/);
    if (arxiv !== undefined) assert.match(arxiv, /^\d{4}\.\d{4,5}$/, key);
    if (doi !== undefined) assert.match(doi, /^10\.\d{4,5}\/\S+$/, key);
    assert.ok(year > 1900 && year < 2100 && use.length > 10, key);
    for (const words of cited) {
      assert.deepEqual(citationsIn(`See ${words}.`).map((one) => one.key), [key], words);
    }
  }
  // An arXiv number begins with year and month: none is of a later year than the work.
  for (const { key, arxiv, year } of REFERENCES) {
    if (arxiv) assert.ok(2000 + Number(arxiv.slice(0, 2)) <= year, key);
  }
  const hosts = REFERENCES.flatMap(addressesOf).map(({ address }) => new URL(address).host);
  assert.deepEqual([...new Set(hosts)].sort(), ["arxiv.org", "doi.org"]);
  const { markdown = "" } = referencesPage();
  for (const key of keys) assert.ok(markdown.includes(`(ref-${key})=`), key);
});

Deno.test("prose links to what it cites, once a page, and code, headings and links stay as they are", () => {
  const page = article(
    "<h2>Of Brenier</h2><p>Benamou and\nBrenier (2000) <code>Brenier</code>, Kramers, Kramers, " +
      '<a href="x.html">Brenier</a>, Kramersian</p>' +
      '<div class="cell_output"><p>Gelbrich</p></div><p>He&#8217;s scale</p>',
  );
  const site = new Map([["01_a", page], [
    "references",
    article('<p id="ref-kramers-1940">K.</p>'),
  ]]);
  const html = withReadingAids(site);
  const links = [
    ...html.get("01_a")!.matchAll(/<a class="citation"[^>]*href="([^"]*)">([^<]*)<\/a>/g),
  ]
    .map(([, href, text]) => [href.replace("references.html#ref-", ""), text]);
  assert.deepEqual(links, [
    ["benamou-brenier-2000", "Benamou and\nBrenier (2000)"],
    ["kramers-1940", "Kramers"],
    ["he-2015", "He&#8217;s scale"],
  ]);
  assert.match(
    html.get("references")!,
    /K\. <span class="backlinks">Here: <a href="01_a.html#cite-/,
  );
  // Without a page of references there is nothing to lead to.
  const alone = withReadingAids(new Map([["01_a", page]])).get("01_a")!;
  assert.doesNotMatch(alone, /references\.html/);
});

Deno.test("equations are numbered by notebook, in prose alone; only those that are known are the paper's", () => {
  const [limit, , eq8] = PAPER_EQUATIONS;
  const page = article(
    `<p>By Eq. 8 and Eq. 7</p>${math("T \\ge " + eq8.tex, "div")}` +
      `<div class="cell_output">${math("a = b", "div")}</div>${math("c = d", "div")}`,
  );
  const other = article(`<p>Eq. 8, Eqs. 10–12</p>${math(limit.tex, "div")}`);
  const site = withReadingAids(new Map([["04_a", page], ["05_b", other], ["library", other]]));
  const html = site.get("04_a")!;
  assert.deepEqual([...html.matchAll(/id="eq-[^"]*"/g)].map(([id]) => id), [
    'id="eq-04-1"',
    'id="eq-04-2"',
  ]);
  assert.match(
    html,
    /title="Permalink to equation 04\.1">\(04\.1\)<\/a><span class="equation-paper">Eq\. 8 of/,
  );
  assert.match(html, /\(04\.2\)<\/a><\/div>/);
  assert.match(html, /By <a class="equation-link" href="#eq-04-1">Eq\. 8<\/a> and Eq\. 7/);
  assert.match(site.get("05_b")!, /href="04_a\.html#eq-04-1">Eq\. 8<\/a>, Eqs\. 10–12/);
  assert.doesNotMatch(site.get("library")!, /eq-|symbols/);
  assert.equal(paperEquationOf("\\iota = (1+r)/(4(1-2^{-r}))"), undefined);
  assert.deepEqual(mentionsIn("Eq. 80, Eq. 6."), [{ from: 8, to: 13, key: "eq-6" }]);
});

test("the notebooks' own equations of the paper are found where they stand", async () => {
  const found: Record<string, string[]> = {};
  for (const name of await listNotebooks(notebooksFolder)) {
    const { cells } = await readNotebook(`${notebooksFolder}/${name}.ipynb`);
    const prose = cells.filter(({ cell_type }) => cell_type === "markdown");
    const displayed = prose.flatMap(({ source }) =>
      joined(source).match(/\$\$[\s\S]*?\$\$/g) ?? []
    );
    const keys = displayed.flatMap((tex) => paperEquationOf(tex)?.key ?? []);
    if (keys.length > 0) found[name.slice(0, 2)] = keys;
  }
  assert.deepEqual(found["01"], ["limit"]);
  assert.deepEqual(found["02"], ["eq-8"]);
  assert.deepEqual(found["03"], ["eq-6"]);
});

Deno.test("every page has the paper and its addresses, and formulas stay as they were", () => {
  const formula = math("T_{SL} < \\frac{T}{T_{SL}} & x");
  const pages = new Map(["02_a", "library"].map((name) => [name, article(`<p>${formula}</p>`)]));
  for (const [name, html] of withReadingAids(pages)) {
    assert.match(
      html,
      /class="paper-line">[^]*href="https:\/\/arxiv\.org\/abs\/2307\.14653"/,
      name,
    );
    assert.match(html, /href="https:\/\/doi\.org\/10\.48550\/arXiv\.2307\.14653"/, name);
    assert.ok(html.includes(formula), name);
  }
});

Deno.test("a symbol's first formula in a section can have the focus, and the page's list tells of each", () => {
  const html = withReadingAids(
    new Map([[
      "02_a",
      article(
        `<p>${math("T_{SL}")} ${math("T_{SL}")}</p><section id="b"><h2>B ${math("L")}</h2>` +
          `<p>${math("T_{SL}")} ${math("\\begin{aligned}U\\end{aligned}")}</p></section>`,
      ),
    ]]),
  ).get("02_a")!;
  const seen: string[] = [];
  walkHtml(html, {
    open: (element) => {
      if (hasClass(element, "symbols")) seen.push(`${element.name} ${element.attributes.tabindex}`);
    },
  });
  assert.deepEqual(seen, ["dfn 0", "span undefined", "dfn 0"]);
  const described = [...html.matchAll(/aria-describedby="([^"]*)"/g)].flatMap(([, ids]) =>
    ids.split(" ")
  );
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  assert.ok(described.length > 0 && described.every((id) => ids.has(id)));
  assert.match(
    html,
    /<dd id="symbol-speedLimit"><span class="symbol-name">T_SL: <\/span>speed limit:/,
  );
  assert.match(html, /<dd id="symbol-loss">/, "the heading's symbol is in the list");
  assert.doesNotMatch(html, /symbol-potential/, "derivations have letters of their own");
  assert.ok(
    html.indexOf("symbols-here") < html.indexOf('<section id="b">'),
    "before the second part",
  );
});

Deno.test("every symbol of the list is found by its own formula, and a notebook's letters come first", () => {
  for (const [name, { formula, notebook }] of Object.entries(QUANTITIES)) {
    // A quotient of symbols, named by words; a letter with a dot, which the letter explains.
    if (name === "speedSpread" || name === "schedule") continue;
    const keys = symbolsIn(formula, notebook).map(({ key }) => key);
    assert.ok(keys.includes(name), `${name}: ${formula} gives ${keys}`);
  }
  const meaning = (tex: string, notebook: string) => symbolsIn(tex, notebook)[0]?.meaning;
  assert.match(meaning("x_i", "03_linear_regression"), /^input, label/);
  assert.match(meaning("\\theta^*", "03_linear_regression"), /^teacher/);
  assert.match(meaning("r", "04_kernel_regime"), /^\(1 − δ\)\/α/);
  assert.match(meaning("r", "05_kernels_of_cifar10"), /^residue/);
  assert.match(meaning("p_0", "01_speed_limits"), /^law of the weights/);
  assert.match(meaning("p_1", "01_speed_limits"), /^coefficients/);
  assert.equal(meaning("T^*", "02_gradient_flow"), undefined, "a starred letter is another");
  assert.deepEqual(
    atomsOf("\\text{barrier}\\begin{aligned}a \\\\[4pt] b\\end{aligned}").map(({ base }) => base),
    [
      "a",
      "b",
    ],
  );
});

Deno.test("any text is a formula that can be read, however broken", () => {
  for (
    const tex of [
      "",
      "{",
      "}",
      "_",
      "^",
      "a_",
      "a^{",
      "\\",
      "\\\\",
      "{{{",
      "x^^2",
      "\\frac",
      "a_{b^{c",
    ]
  ) {
    assert.ok(Array.isArray(symbolsIn(tex, "01_speed_limits")), tex);
  }
});

Deno.test("captions say title, panels and slider; plotly's marks beyond indices are text or gone", () => {
  const marks = [line([1, 2], [1, 2], { name: "a" })];
  const two = panels([
    { marks, x: "time T", y: "T/T_{SL}, cold" },
    { marks, x: "time T", y: "loss L" },
  ]);
  assert.equal(captionOf(two), "T/T<sub>SL</sub> (cold) and loss L against time T.");
  const bad = figure([line([1, 2], [1, 2])], {
    title: "<img src=x onerror=hit()>",
    x: "<b>t</b><br>u",
  });
  assert.equal(captionOf(bad), "&lt;img src=x onerror=hit()&gt;. t u.");
  assert.equal(captionOfWords("a, b, c, d, e, f, g, h, i"), "a, b, c, d, e, f, g, h …");
});

Deno.test("figures are numbered in their order, each with the code that made it", () => {
  const drawn = figure([line([1, 2], [3, 4])], { x: "t", y: "L" });
  const data = { "application/vnd.plotly.v1+json": drawn, "image/png": PNG, "text/plain": "a" };
  const output = { output_type: "display_data", data, metadata: {} };
  const made = notebookOf(
    code("1;"),
    { ...code("await show(drawn);"), outputs: [output, output] },
  );
  const { notebook } = notebookPage("06_made", made);
  const html = notebook.cells[1].outputs!.map(({ data }) => joined(data!["text/html"] as string));
  html.forEach((one, i) => {
    assert.match(one, new RegExp(`^<figure id="figure-06-${i + 1}" class="plot"`));
    assert.match(one, new RegExp(`>Figure 06\\.${i + 1}</a> L against t\\. `));
    assert.match(one, /href="#code-2"/);
    assert.match(one, new RegExp(`href="pictures/06_made-${i + 1}\\.png" download=`));
  });
  const page = article(`<div class="cell"><div class="cell_input">1</div></div>`.repeat(2));
  const aided = withReadingAids(new Map([["06_made", page]])).get("06_made")!;
  assert.equal(aided.match(/<div id="code-2" class="cell_input">/g)?.length, 1);
});

Deno.test("HTML is left as it is but for the edits, and two edits do not take the same text", () => {
  assert.equal(edited("abc", []), "abc");
  assert.equal(edited("abc", [{ at: 1, text: "1" }, { at: 1, text: "2" }]), "a12bc");
  assert.throws(
    () => edited("abc", [{ at: 0, until: 2, text: "" }, { at: 1, text: "x" }]),
    /an edit at 1 lies in one that goes to 2/,
  );
});
