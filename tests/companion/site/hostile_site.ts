/**
 * Sites made of texts that want to be run, and a reader who touches everything on them.
 *
 * @module
 */
import type { Cell, Notebook, Output } from "../../../lib/notebook/notebook_file.ts";
import { type Browser, watchedPage } from "../chromium.ts";
import { code, markdown, notebookOf } from "../notebooks/made_notebooks.ts";

/** One place in a notebook with one text in it. */
export interface Case {
  /** By which a script that ran is told from the others. */
  readonly number: number;
  readonly what: string;
  readonly cell: Cell;
}

const shown = (output: Output): Cell => ({ ...code("1;"), outputs: [output] });

/** A cell that shows a MIME bundle. */
export const display = (data: Record<string, unknown>, metadata = {}): Cell =>
  shown({ output_type: "display_data", data, metadata });

/** Where in a notebook a text may come from. */
export const PLACES: Readonly<Record<string, (text: string) => Cell>> = {
  markdown: (text) => display({ "text/markdown": text, "text/plain": text }),
  table: (text) => {
    const inCell = text.replaceAll("\n", " ").replaceAll("|", "\\|");
    return display({ "text/markdown": `| a |\n| --- |\n| ${inCell} |` });
  },
  html: (text) =>
    display({ "text/html": text, "image/svg+xml": text, "application/javascript": text }),
  plain: (text) => display({ "text/plain": text }),
  latex: (text) => display({ "text/latex": text }),
  stream: (text) => shown({ output_type: "stream", name: text, text }),
  error: (text) => shown({ output_type: "error", ename: text, evalue: text, traceback: [text] }),
  prose: markdown,
};

/** Each text in each place; `texts` are of the call that a script would make. */
export function casesOf(
  texts: (hit: string) => readonly string[],
  places: readonly string[],
  from: number,
): Case[] {
  const count = texts("").length;
  return places.flatMap((place, p) =>
    Array.from({ length: count }, (_, i) => {
      const number = from + p * count + i;
      const text = texts(`hit(${number})`)[i];
      return { number, what: `${place}: ${text}`, cell: PLACES[place](text) };
    })
  );
}

/** Notebooks that hold the cases, some to a page, each after a heading that ends what came before. */
export function notebooksOf(cases: readonly Case[], perPage: number): Record<string, Notebook> {
  const pages = Array.from(
    { length: Math.ceil(cases.length / perPage) },
    (_, i) => cases.slice(i * perPage, (i + 1) * perPage),
  );
  return Object.fromEntries(pages.map((page, i) => [
    `${String(i + 1).padStart(3, "0")}_hostile`,
    notebookOf(markdown(`# Page ${i + 1}`), ...page.map(({ cell }) => cell)),
  ]));
}

/** What a reader found on pages. */
export interface Found {
  /** The numbers that scripts called `hit` with. */
  readonly ran: ReadonlySet<number>;
  /** Elements and attributes in the text that no output may have. */
  readonly strange: readonly string[];
  /** Requests to other machines. */
  readonly outside: readonly string[];
  readonly errors: readonly string[];
  /** How many figures were drawn. */
  readonly drawn: number;
}

/**
 * Opens pages, waits, and moves over, focuses, types on and clicks everything there is.
 *
 * @param policy whether the page's Content-Security-Policy holds, or the page stands alone
 * @param draw whether each figure is scrolled to first
 */
export async function touchAll(
  browser: Browser,
  addresses: readonly string[],
  { policy, draw = false }: { readonly policy: boolean; readonly draw?: boolean },
): Promise<Found> {
  const ran = new Set<number>();
  let drawn = 0;
  const found = { strange: [] as string[], outside: [] as string[], errors: [] as string[] };
  const touch = async (address: string) => {
    const { page, outside, errors } = await watchedPage(browser);
    // Several pages are open at a time; each is to think that it is the one looked at.
    const client = await page.createCDPSession();
    await client.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await page.setBypassCSP(!policy);
    await page.evaluateOnNewDocument(
      "globalThis.hit = (number) => console.log(`ran ${number}`); globalThis.alert = hit;",
    );
    page.on("console", (message) => {
      const [, number] = /^ran (\d+)/.exec(message.text()) ?? [];
      if (number) ran.add(Number(number));
    });
    page.on("dialog", (dialog) => dialog.dismiss());
    await page.goto(address, { waitUntil: "load" }).catch((error) => errors.push(String(error)));
    await page.waitForNetworkIdle({ idleTime: 100, timeout: 30_000 }).catch(() => {});
    if (!page.isClosed() && page.url().startsWith(address)) {
      if (draw) drawn += await page.evaluate(drawFigures);
      found.strange.push(...await page.evaluate(strangeOnPage));
      await page.evaluate(touchEverything).catch((error) => errors.push(String(error)));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    found.outside.push(...outside);
    found.errors.push(...errors);
    await page.close();
  };
  const left = [...addresses];
  await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
    for (let next = left.shift(); next; next = left.shift()) await touch(next);
  }));
  return { ran, drawn, ...found };
}

/** Pages that are open together: most of a page's time is waiting for what may still run. */
const AT_A_TIME = 3;

/** In the page: the figures drawn within ten seconds each. */
async function drawFigures(): Promise<number> {
  const figures = [...document.querySelectorAll<HTMLElement>("figure.plot")];
  for (const figure of figures) {
    figure.scrollIntoView({ block: "center" });
    for (let i = 0; i < 200 && !figure.dataset.drawn; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return figures.filter(({ dataset }) => dataset.drawn).length;
}

/** In the page. */
function strangeOnPage(): string[] {
  const strange: string[] = [];
  const bad = "iframe, frame, object, embed, base, form, input, video, audio, template, style, " +
    "noscript, dialog, link, meta, marquee, details:not([class]), x, xss";
  const main = document.querySelector("article.bd-article") ??
    document.querySelector("#search-results");
  if (!main) return ["the page has no text"];
  for (const element of main.querySelectorAll("*")) {
    const drawn = element.closest(".katex, .plot-drawn, button.copybtn");
    const note = (what: string) => strange.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
    if (!drawn && element.matches(bad)) note("element");
    if (element.matches("script:not([type='application/x-deflated-json'])")) note("script");
    for (const { name, value } of element.attributes) {
      // Of links that open a window; plotly lets no more than these signs into it.
      const popup =
        /^window\.open\(this\.href\.baseVal,this\.target\.baseVal,"[\w=,]*"\);return false;$/;
      if (/^on/i.test(name) && !(drawn && popup.test(value))) note(`attribute ${name}`);
      if (drawn && element.matches("image")) continue; // whose address is not run
      if (!/(^|:)(href|src|action|formaction|data)$/i.test(name)) continue;
      const { protocol } = new URL(value, location.href);
      const wanted = ["http:", "https:", location.protocol, ...(drawn ? ["data:"] : [])];
      if (!wanted.includes(protocol)) note(`address ${protocol}`);
    }
  }
  return strange;
}

/** In the page. */
async function touchEverything(): Promise<void> {
  // Scripts of links run; pages that they lead to are not gone to.
  addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    const to: unknown = link && (link.href ?? link.getAttribute("href") ?? "");
    const href = typeof to === "string" ? to : (to as SVGAnimatedString | undefined)?.baseVal ?? "";
    if (link && !/^[\s\0-\x20]*javascript:/i.test(href)) event.preventDefault();
  }, true);
  addEventListener("submit", (event) => {
    const to = (event.submitter as HTMLButtonElement | null)?.formAction ?? "";
    if (!/^javascript:/.test(to + (event.target as HTMLFormElement).action)) event.preventDefault();
  }, true);
  const mouse = ["pointerover", "mouseover", "mouseenter", "mousemove", "mousedown", "mouseup"];
  const others = ["wheel", "drag", "copy", "keydown", "beforeinput", "input", "toggle", "error"];
  const root = document.querySelector("article.bd-article") ?? document.body;
  // Of a figure, what can hold text, and what shows a label when the mouse is over it.
  const parts = "a, text, tspan, image, .nsewdrag, .annotation *, .updatemenu-button *";
  for (const element of [document.body, ...root.querySelectorAll<HTMLElement>("*")]) {
    if (element.closest(".plot-drawn") && !element.matches(parts)) continue;
    for (const name of mouse) {
      element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
    }
    for (const name of others) element.dispatchEvent(new Event(name, { bubbles: false }));
    element.focus?.();
    if (element.closest(".modebar, button.copybtn, summary")) continue;
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    element.blur?.();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
