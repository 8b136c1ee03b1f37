/**
 * What every page shows without scripts: tables that fit the column, on a small desktop and on a
 * telephone, no text that should have been a formula or a value, and links that lead somewhere.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Browser, type Page, watchedPage } from "../chromium.ts";

/** Looks at pages as they stand, so many tables and links at least, without figures, whose drawing takes time. */
export async function checkStill(
  browser: Browser,
  url: string,
  pages: readonly string[],
  { tables, links: least }: { readonly tables: number; readonly links: number },
): Promise<void> {
  const { page } = await watchedPage(browser, { scripts: false });
  const wide: string[] = [];
  const raw: string[] = [];
  const links = new Set<string>();
  let count = 0;
  for (const name of pages) {
    await page.setViewport({ width: 1200, height: 900 });
    await page.goto(`${url}${name}.html`, { waitUntil: "load" });
    for (const width of [1200, 390]) {
      await page.setViewport({ width, height: 900 });
      const found = await tablesOf(page);
      count += found.length;
      wide.push(
        ...found.filter(({ over }) => over > 1)
          .map(({ over, words }) => `${name} at ${width} px, by ${over}: ${words}`),
      );
    }
    raw.push(...(await rawText(page)).map((text) => `${name}: ${text}`));
    for (const link of await page.$$eval("a[href]", linksOf)) links.add(link);
  }
  await page.close();
  const nowhere: string[] = [];
  for (const link of links) {
    if (!link.startsWith(url)) continue;
    const { ok, body } = await fetch(link);
    await body?.cancel();
    if (!ok) nowhere.push(link);
  }
  assert.ok(links.size > least, `only ${links.size} links followed`);
  assert.deepEqual(nowhere, [], "links to nowhere");
  assert.ok(count > tables, `only ${count} tables looked at`);
  assert.deepEqual(wide, [], "tables that move sideways");
  assert.deepEqual(raw, [], "dollars of TeX, or values that are none");
}

const linksOf = (links: Element[]) =>
  (links as HTMLAnchorElement[]).map(({ href }) => href.replace(/[#?].*$/, ""));

/** How far tables are wider than their boxes; on a telephone those are to be that move sideways. */
const tablesOf = (page: Page) =>
  page.$$eval(".table-box", (boxes) =>
    boxes.map((box) => ({
      over: innerWidth < 768 && box.querySelector("table.sideways")
        ? 0
        : box.scrollWidth - box.clientWidth,
      words: box.textContent!.trim().slice(0, 60),
    })));

/**
 * On a telephone a table of many numbers moves sideways and down in its box, the page does not; the
 * names of its rows and columns stay, and the keyboard reaches it.
 */
export async function checkSideways(browser: Browser, url: string): Promise<void> {
  const { page } = await watchedPage(browser, { width: 390, height: 844, mobile: true });
  await page.goto(`${url}14_scope.html`, { waitUntil: "load" });
  const found = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".table-box:has(table.sideways)")];
    const box = boxes.find((one) => one.scrollHeight > one.clientHeight + 100)!;
    const [corner, second] = box.querySelectorAll("th");
    const first = box.querySelector("td")!;
    const lefts = () => [corner, first, second].map((cell) => cell.getBoundingClientRect().left);
    const top = () => corner.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const [before, head] = [lefts(), top()];
    box.scrollTo({ left: 60, top: 200, behavior: "instant" });
    return {
      moved: lefts().map((left, i) => Math.round(left - before[i])),
      head: Math.round(top() - head),
      page: document.documentElement.scrollWidth,
      reached: box.getAttribute("tabindex"),
      ground: getComputedStyle(first).backgroundColor,
    };
  });
  const { moved: [corner, first, second], head, ground, ...rest } = found;
  // A pixel is the table's edge.
  assert.ok([corner, first, head].every((way) => Math.abs(way) <= 1), JSON.stringify(found));
  assert.deepEqual({ second, ...rest }, { second: -60, page: 390, reached: "0" });
  assert.doesNotMatch(ground, /transparent|, 0\)$/, "what moves below shows through");
  await page.close();
}

/** Words of the page that are neither code nor a set formula, with signs that readers should not see. */
const rawText = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const article = document.querySelector("article")!;
    const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.nodeValue!;
      const parent = walk.currentNode.parentElement!;
      if (parent.closest("pre, code, .katex, svg, script, noscript")) continue;
      const cell = parent.closest("td") && /^(undefined|NaN|null)$/.test(text.trim());
      if (/\$|\[object /.test(text) || cell) found.push(text.trim().slice(0, 80));
    }
    return found;
  });
