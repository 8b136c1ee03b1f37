import assert from "node:assert/strict";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { homePage, homeText } from "../../../lib/companion/site/home_page.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

test("the site's first page is README's beginning, with links of the site", async () => {
  const { title, markdown = "", files = {} } = await homePage();
  const readme = await Deno.readTextFile(`${projectFolder}/README.md`);
  assert.ok(readme.startsWith(`# ${title}\n`));
  const finding = /^\*\*The inefficiency.*$/m.exec(readme)![0];
  assert.ok(markdown.includes(finding), "the finding is README's");
  assert.doesNotMatch(markdown, /notebooks\/|<!--|<picture>|## Citation/);
  const shown = [...markdown.matchAll(/src="([^"]+)"/g)].map(([, path]) => path);
  assert.deepEqual(shown, Object.keys(files), "its pictures lie beside it");
});

Deno.test("a README without its end or its picture is told", () => {
  assert.throws(() => homeText("# A\n<picture></picture>"), /no <!-- The site's first page ends/);
  assert.throws(() => homeText("# A\n<!-- The site's first page ends here. -->"), /no <picture>/);
});

Deno.test("a picture's words cannot leave their attribute", () => {
  const text = homeText(
    `# A\n<picture><img alt="a > b & c"></picture>\n<!-- The site's first page ends here. -->`,
  );
  assert.match(text, /alt="a &gt; b &amp; c"/);
});
