/**
 * The README's table of what the notebooks found: its numbers are the notebooks' own headlines and
 * verdicts, put there by `deno task readme`.
 *
 * @module
 */
import { writeWhole } from "../resources/mod.ts";
import { collectConclusions, type NotebookEntry } from "./conclusions.ts";
import { projectFolder } from "./folders.ts";
import { claimCounts } from "./results_table.ts";

/** The README, with what is committed in the notebooks; the runs of this machine do not count. */
export async function renewedReadme(readme: string): Promise<string> {
  const executed = `${projectFolder}/no such folder`;
  return withFindings(readme, await collectConclusions({ executed }));
}

/**
 * The text in which each row of a table that begins with a notebook's name ends in two cells: that
 * notebook's headline, and how many claims it judges, with their verdicts.
 *
 * @throws {RangeError} if a notebook that concludes something has no row
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withFindings } from "./readme.ts";
 * const claims = [{ claim: "Close to the limit", verdict: "confirmed", evidence: "0.91" }] as const;
 * const conclusion = { notebook: "06_fcn", headline: "T/T_SL = 1.1", claims };
 * const entries = [{ name: "06_fcn", title: "FCN", conclusion }];
 * assert.equal(
 *   withFindings("| `06_fcn` | how far? | 0.9 | – |", entries),
 *   "| `06_fcn` | how far? | T/T_SL = 1.1 | 1: 1 confirmed |",
 * );
 * ```
 */
export function withFindings(readme: string, entries: readonly NotebookEntry[]): string {
  let text = readme;
  for (const { name, conclusion } of entries) {
    if (!conclusion) continue;
    const row = new RegExp(`^\\| \`${name}\` +\\|([^|\n]*)\\|.*$`, "m");
    if (!row.test(text)) {
      throw new RangeError(
        `README.md has no row for ${name}; it needs one, | \`${name}\` | question | | |`,
      );
    }
    const cells = [conclusion.headline, claimCounts(conclusion)]
      .map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " "));
    text = text.replace(
      row,
      (_, question: string) => `| \`${name}\` | ${question.trim()} | ${cells.join(" | ")} |`,
    );
  }
  return text;
}

if (import.meta.main) {
  const file = `${projectFolder}/README.md`;
  await writeWhole(file, await renewedReadme(await Deno.readTextFile(file)));
  const format = new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", file] });
  Deno.exit((await format.output()).code);
}
