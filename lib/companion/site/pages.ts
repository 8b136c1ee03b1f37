/**
 * The site's pages that are no notebooks.
 *
 * @module
 */
import { explorerPage } from "../explorer/build_explorer.ts";
import { projectFolder } from "../../notebook/folders.ts";
import { benchmarksPage } from "./benchmarks_page.ts";
import { homePage } from "./home_page.ts";
import type { Reference } from "./reference/mod.ts";
import { referencesPage } from "./references_page.ts";
import type { SitePage } from "./site_page.ts";

const LIBRARY = `All that the notebooks import is public. Each function has its reference: the
equation that it comes from, units, the errors that it throws, and an example that the tests run. In a
clone that is set up:

\`\`\`ts
import { inefficiency } from "./lib/mod.ts";

const { inefficiency: ratio, tortuosity } = inefficiency({
  time: [0, 1, 2],
  loss: [4, 1, 0.5],
  displacementSquared: [0, 2, 3],
  pathLength: [0, 1.5, 2.2],
});
console.log(ratio[2], tortuosity[2]); // T/T_SL and l_γ/l_geo
\`\`\`

\`deno run -P yourfile.ts\` runs it, with the permissions that the library needs.
`;

/**
 * The pages that every site has beside the notebooks, in the order of the navigation.
 *
 * @param reference the library's, where the site has it
 */
export async function standingPages(reference?: Reference): Promise<SitePage[]> {
  const contributing = await Deno.readTextFile(`${projectFolder}/CONTRIBUTING.md`);
  return [
    await homePage(),
    await explorerPage(),
    {
      name: "library",
      title: "The library",
      markdown: [LIBRARY, ...(reference ? [reference.index] : [])].join("\n"),
      pages: reference?.pages,
    },
    await benchmarksPage(),
    referencesPage(),
    {
      name: "contributing",
      title: /^# (.+)$/m.exec(contributing)?.[1] ?? "Contributing",
      markdown: contributing.replace(/^# .+\n/, ""),
    },
  ];
}
