import type { Verdict } from "../../experiments/claims/claim.ts";
import type { NotebookConclusion } from "../../notebook/concluded.ts";
import { columns } from "../../notebook/progress_line.ts";
import { wrapped } from "../wrapped.ts";

/** How one notebook fared. */
export interface NotebookResult {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly conclusion?: NotebookConclusion;
  /** The report of what stopped it. */
  readonly failure?: string;
}

const WIDTH = 100;
const SHORT: Readonly<Record<Verdict, string>> = {
  "confirmed": "confirmed",
  "confirmed with a limit": "with a limit",
  "undecided": "undecided",
  "not confirmed": "not",
};

/**
 * The lines of a table: notebook, time, headline figure, claims checked; under it the claims that
 * were not confirmed without a limit, with their evidence.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resultsTable } from "./results_table.ts";
 * const claims = [{ claim: "Close to the limit", verdict: "confirmed", evidence: "0.91" }] as const;
 * const conclusion = { notebook: "06", headline: "T/T_SL = 1.1", claims };
 * const lines = resultsTable([{ name: "06", title: "FCN", seconds: 61, conclusion }]);
 * assert(lines[2] === "06        61.0 s  T/T_SL = 1.1  1: 1 confirmed");
 * ```
 */
export function resultsTable(results: readonly NotebookResult[]): string[] {
  const rows = results.map((result) => [
    result.name,
    time(result.seconds),
    result.failure ? "FAILED" : result.conclusion?.headline ?? "–",
    claimCounts(result.conclusion),
  ]);
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  if (rows.length > 1) rows.push(["in all", time(total), "", ""]);
  const heads = ["Notebook", "Time", "Headline", "Claims"];
  const widths = heads.map((head, i) =>
    Math.max(...[head, ...rows.map((row) => row[i])].map((text) => columns(text)))
  );
  widths[2] = Math.max(8, Math.min(widths[2], WIDTH - widths[0] - widths[1] - widths[3] - 6));

  const line = ([name, time, headline, claims]: string[]) => {
    const [first, ...rest] = wrapped(headline, widths[2]);
    const indent = " ".repeat(widths[0] + widths[1] + 4);
    return [
      [filled(name, widths[0]), time.padStart(widths[1]), filled(first, widths[2]), claims]
        .join("  ").trimEnd(),
      ...rest.map((part) => indent + part),
    ];
  };
  return [
    ...line(heads),
    "─".repeat(Math.min(WIDTH, widths.reduce((sum, width) => sum + width + 2, -2))),
    ...rows.flatMap(line),
    ...remarks(results),
  ];
}

/** How many claims a notebook judges, and with which verdicts: "4: 3 confirmed, 1 not". */
export function claimCounts(conclusion?: NotebookConclusion): string {
  if (!conclusion) return "–";
  const { claims } = conclusion;
  const counts = (Object.keys(SHORT) as Verdict[]).map((verdict) => ({
    verdict,
    count: claims.filter((claim) => claim.verdict === verdict).length,
  }));
  const parts = counts.filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${SHORT[verdict]}`);
  return [`${claims.length}`, parts.join(", ")].filter(Boolean).join(": ");
}

function remarks(results: readonly NotebookResult[]): string[] {
  return results.flatMap(({ name, conclusion }) =>
    (conclusion?.claims ?? []).filter(({ verdict }) => verdict !== "confirmed")
      .flatMap(({ claim, verdict, evidence }) => [
        "",
        ...wrapped(`${name}, ${verdict}: ${claim}`, WIDTH),
        ...wrapped(evidence, WIDTH - 4).map((part) => `    ${part}`),
      ])
  );
}

function time(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}

/** The text with spaces up to a width in columns: a formula's accents take none. */
const filled = (text: string, width: number) =>
  text + " ".repeat(Math.max(0, width - columns(text)));
