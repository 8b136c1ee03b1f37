/**
 * The page of benchmarks: the stored rows as a table, and how times grow.
 *
 * @module
 */
import { altText } from "../../figures/alt_text.ts";
import type { Figure } from "../../figures/figure.ts";
import { drawPng } from "../../notebook/static.ts";
import { growthFigure } from "../bench/growth.ts";
import { sizeText } from "../bench/row.ts";
import {
  accuracyText,
  inBrackets,
  quietText,
  ratioText,
  type Standing,
  standing,
  threeDigits,
  timeText,
} from "../bench/row_text.ts";
import { ROWS } from "../bench/rows/mod.ts";
import type { RowResult } from "../bench/run_row.ts";
import {
  type DamagedRow,
  damageLines,
  type StoredRow,
  type StoredRows,
  storedRows,
} from "../bench/stored_row.ts";
import { captionOf } from "./figure_caption.ts";
import { plotHtml } from "./plot_html.ts";
import type { SitePage } from "./site_page.ts";

const INTRODUCTION =
  `How fast the library's hot paths are beside other programs that do the same, measured by one command,
\`npx -y deno task bench\`. Each row is a pair of processes on one machine that are kept alive and
take turns: a round is one call of each, and who is first changes from round to round. Before a row is
timed, both give their answers, and these must agree. Times are medians of the rounds; the ratio, the
peer's time by ours, is the median of the rounds' ratios, with its quartiles. Memory is each process's
largest so far. Where a method has an error of its own it stands in brackets, the largest of its numbers'
relative ones: both sides are then as good as the row says, and the ratio is of these.
`;

const NONE =
  "Nothing is measured yet: `npx -y deno task bench --quick` does it, in some ten minutes.";

const COLUMNS = ["row", "size", "this companion", "peer", "ratio", "aim", "memory (GB)"];

const HEAD = [COLUMNS, COLUMNS.map(() => "---")].map((cells) => `| ${cells.join(" | ")} |`);

/**
 * The page. Files that are damaged are named on it and in its warnings.
 *
 * @param stored the rows; those under data/ by default
 */
export async function benchmarksPage(stored?: StoredRows): Promise<SitePage> {
  const found = stored ?? await storedRows();
  const order = ROWS.map(({ name }) => name);
  const rows = found.rows.toSorted((a, b) =>
    order.indexOf(a.result.name) - order.indexOf(b.result.name)
  );
  const warnings = damageLines(found.damaged, order);
  const page = { name: "benchmarks", title: "Benchmarks", warnings };
  const introduction = [INTRODUCTION, ...leftOut(found.damaged, order)];
  if (rows.length === 0) return { ...page, markdown: [...introduction, NONE].join("\n") };
  const results = rows.map(({ result }) => result);
  const figures = [
    growthFigure("n", results, "n"),
    growthFigure("d", results, "dimensions"),
    growthFigure("channels", results, "channels"),
  ].filter((figure) => figure !== undefined);
  const drawn = await Promise.all(figures.map(figureHtml));
  return {
    ...page,
    markdown: [...introduction, ...summary(results), tableOf(results), ...whereMade(rows)].join(
      "\n\n",
    ),
    // No row may have been measured at sizes enough to draw a growth.
    ...(drawn.length > 0 ? { html: drawn.map(({ html }) => html).join("\n") } : {}),
    files: Object.fromEntries(drawn.map(({ file, png }) => [file, png])),
  };
}

/** The rows that are not shown, and how they come back. */
function leftOut(damaged: readonly DamagedRow[], rows: readonly string[]): string[] {
  return damaged.map(({ name }) => {
    // What someone called a file is to be no markup.
    const file = `data/benchmarks/${name.replace(/[^\w.-]/g, "?")}.json`;
    const or = rows.includes(name)
      ? `\`npx -y deno task bench ${name}\` measures it again`
      : "delete it: there is no such row";
    return `**Not shown**: \`${file}\` is damaged. Restore it with git, or ${or}.\n`;
  });
}

/** How many sizes stand where. */
function summary(rows: readonly RowResult[]): string[] {
  const cases = rows.flatMap((row) => row.cases);
  const count = (what: Standing) => cases.filter((one) => standing(one) === what).length;
  const loaded = rows.filter(({ quiet }) => !quiet);
  return [
    `Of ${cases.length} sizes of ${rows.length} rows, ${count("reached")} reach their aim, ` +
    `${count("ahead")} are ahead of the peer but short of it, ${count("behind")} are behind.`,
    ...(loaded.length > 0
      ? [
        `Of a machine that was not quiet are ${loaded.length} rows; a busy machine slows both sides, ` +
        "not always alike: " + loaded.map(({ name }) => name).join(", ") + ".",
      ]
      : []),
  ];
}

/**
 * The rows as a table in Markdown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableOf } from "./benchmarks_page.ts";
 * const side = {
 *   ...{ seconds: 1, spread: [1, 1], processorSeconds: 1, peak: 0.5, told: { error: 0.003 } } as const,
 * };
 * const one = {
 *   ...{ size: { n: 9 }, rounds: 3, ours: side, peer: { ...side, seconds: 2 }, ratio: 2 },
 *   ...{ ratioSpread: [1.9, 2.1], aim: 1.5, others: 0 } as const,
 * };
 * const table = tableOf([{ name: "a | b", peer: "NumPy", cases: [one] } as never]);
 * assert.match(table, /\| a \\\| b \| n\s=\s9 \| 1\ss \(error 0\.3 %\) \| NumPy 2\ss \(error 0\.3 %\) \| \*\*2×\*\* \(1\.9–2\.1\) \| 1\.5×, reached \|/);
 * ```
 */
export function tableOf(rows: readonly RowResult[]): string {
  const lines = rows.flatMap((row) =>
    row.cases.map((one) => {
      const { size, ours, peer, ratio, ratioSpread, aim } = one;
      const [low, high] = ratioSpread.map((value) => ratioText(value).slice(0, -1));
      return [
        row.name,
        sizeText(size).replaceAll(" = ", "\u00a0=\u00a0"),
        timeText(ours.seconds).replace(" ", "\u00a0") + besideOurs(one) +
        inBrackets(accuracyText(ours)),
        `${row.peer} ${timeText(peer.seconds).replace(" ", "\u00a0")}` +
        inBrackets(accuracyText(peer)),
        `**${ratioText(ratio)}** (${low}–${high})`,
        `${ratioText(aim)}, ${standing(one)}`,
        `${threeDigits(ours.peak)}, ${threeDigits(peer.peak)}`,
      ].map((cell) => cell.replaceAll("|", "\\|"));
    })
  );
  return [...HEAD, ...lines.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** Our rate as a share of that of a product of matrices, or what a flow costs beside its gradients. */
function besideOurs({ ours, yardstick }: RowResult["cases"][number]): string {
  const { flops, yardstickFlops, gradients } = ours.told ?? {};
  if (gradients && yardstick) {
    const beside = ours.seconds / (gradients * yardstick) - 1;
    return `, ${Math.round(gradients)} gradients and ${Math.round(100 * beside)} % beside`;
  }
  if (!flops || !yardstickFlops || !yardstick) return "";
  const share = flops / ours.seconds / (yardstickFlops / yardstick);
  return `, ${Math.round(100 * share)} % of sgemm`;
}

/** Machines, versions, dates. */
function whereMade(rows: readonly StoredRow[]): string[] {
  const machines = Map.groupBy(
    rows,
    ({ result: { machine: { processor, cores, threads, memory, system } }, date }) =>
      `${processor}, ${cores} cores, ${threads} threads, ${memory} GB, ${system}; ${date}`,
  );
  const versions = (side: "ours" | "peer") => {
    const all = rows.flatMap(({ result }) => Object.entries(result.versions[side]));
    return [...new Set(all.map(([name, version]) => `${name} ${version}`))].join(", ");
  };
  return [
    ["Measured on ", [...machines.keys()].join("; and on "), "."].join(""),
    `Here: ${versions("ours")}. Peers: ${versions("peer")}.`,
    "What the rows are, and what made them:",
    rows.map(({ result, command }) =>
      `- **${result.name}**: ${result.what}. \`${command}\`, ${quietText(result)}`
    ).join("\n"),
  ];
}

async function figureHtml(figure: Figure, i: number) {
  const png = await drawPng(figure);
  const file = `pictures/benchmarks_${i + 1}.png`;
  const { width, height } = figure.layout as { readonly width: number; readonly height: number };
  const html = plotHtml(figure, { path: file, width, height }, altText(figure));
  const caption = `<figcaption>${captionOf(figure)}</figcaption></figure>`;
  return { file, png, html: html.replace(/<\/figure>$/, () => caption) };
}
