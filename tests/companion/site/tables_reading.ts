/**
 * Whether tables fit the column, on a small desktop and on a telephone.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Browser, watchedPage } from "../chromium.ts";

/** Looks at every page's tables, without scripts, whose figures would take the time. */
export async function checkTables(
  browser: Browser,
  url: string,
  pages: readonly string[],
): Promise<void> {
  const { page } = await watchedPage(browser, { scripts: false });
  const wide: string[] = [];
  let count = 0;
  for (const name of pages) {
    await page.setViewport({ width: 1200, height: 900 });
    await page.goto(`${url}${name}.html`, { waitUntil: "load" });
    for (const width of [1200, 390]) {
      await page.setViewport({ width, height: 900 });
      const found = await page.$$eval(
        ".table-box",
        (boxes) =>
          boxes.map(({ scrollWidth, clientWidth, textContent }) => ({
            over: scrollWidth - clientWidth,
            words: textContent!.trim().slice(0, 60),
          })),
      );
      count += found.length;
      wide.push(
        ...found.filter(({ over }) => over > 1)
          .map(({ over, words }) => `${name} at ${width} px, by ${over}: ${words}`),
      );
    }
  }
  assert.ok(count > 200, `only ${count} looked at`);
  assert.deepEqual(wide, [], "tables that move sideways");
  await page.close();
}
