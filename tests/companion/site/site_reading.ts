/**
 * What only a browser shows of the site's reading aids: notes on symbols, downloads, folded code.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Browser, type Page, watchedPage } from "../chromium.ts";

/** Reads a page with numbered equations and figures as one with a mouse and one with keys would. */
export async function checkReading(browser: Browser, url: string): Promise<void> {
  const { page, errors, outside } = await watchedPage(browser);
  await page.evaluateOnNewDocument(() => {
    const kept: Blob[] = [];
    Object.assign(globalThis, { kept });
    const addressOf = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      kept.push(blob);
      return addressOf(blob);
    };
  });
  await page.goto(`${url}02_gradient_flow.html#eq-02-1`, { waitUntil: "load" });
  await page.waitForNetworkIdle({ idleTime: 200, timeout: 60_000 });
  await checkNotes(page);
  await checkDownloads(page);
  assert.deepEqual([errors, outside], [[], []]);
  await page.close();

  const still = await watchedPage(browser, { scripts: false });
  await still.page.goto(`${url}02_gradient_flow.html`, { waitUntil: "load" });
  const tools = await still.page.$$eval(
    ".figure-tools",
    (all) => all.map((one) => [...one.children].map(({ localName }) => localName).join()),
  );
  assert.ok(
    tools.length > 0 && tools.every((names) => names === "a,a"),
    "a button would do nothing",
  );
  const list = await still.page.$eval("#symbols-here", (list) => list.textContent ?? "");
  assert.match(list, /speed limit: no dynamics that dissipates as much is faster/);
  await still.page.close();
}

const noteText = `document.querySelector(".symbol-note:not([hidden])")?.textContent ?? ""`;

async function checkNotes(page: Page): Promise<void> {
  const first = "#gradient-flow > p .symbols[tabindex]";
  await page.focus(first);
  assert.match(await page.evaluate(noteText) as string, /Wasserstein distance of two laws/);
  const described = await page.$eval(
    first,
    (element) =>
      element.getAttribute("aria-describedby")!.split(" ")
        .map((id) => document.getElementById(id)?.textContent).join(" "),
  );
  assert.match(described, /^W_2: Wasserstein distance/);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(noteText), "", "Escape closes it");
  await page.hover("#eq-02-1 .symbols");
  await page.waitForFunction(`/speed limit: no dynamics/.test(${noteText})`);
  // It stays while it is read, and goes when something else is.
  await page.hover(".symbol-note");
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.notEqual(await page.evaluate(noteText), "");
  await page.hover("article h1");
  await page.waitForFunction(`${noteText} === ""`);
}

async function checkDownloads(page: Page): Promise<void> {
  const kept = () => page.evaluate("Promise.all(kept.map((blob) => blob.text()))");
  const press = (name: string) =>
    page.$eval(
      "#figure-02-3",
      (figure, name) =>
        [...figure.querySelectorAll<HTMLElement>(".figure-tools button")]
          .find(({ textContent }) => textContent === name)!.click(),
      name,
    );
  await press("CSV");
  await press("SVG");
  await page.waitForFunction("kept.length === 2", { timeout: 60_000 });
  const [csv, svg] = await kept() as string[];
  assert.match(csv, /^x axis,y axis,series,kind,x,y\r\ntime T,/);
  assert.ok(csv.split("\r\n").length > 100 && /,speed spread,line,/.test(csv));
  assert.match(svg, /^<svg [\s\S]*<\/svg>$/);
  // Its code is folded, and opens where it is asked for.
  const opened = await page.$eval("#figure-02-3 .figure-code", (link) => {
    const place = document.querySelector(link.getAttribute("href")!)!;
    const folded = place.closest("details");
    const before = folded?.open ?? true;
    (link as HTMLElement).click();
    return { before, after: folded?.open ?? true, code: place.textContent ?? "" };
  });
  assert.ok(opened.after && /show\(/.test(opened.code), JSON.stringify(opened));
}
