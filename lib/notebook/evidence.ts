/**
 * The evidence of a claim in sentences.
 *
 * @module
 */
import { readable, sentence } from "./readable.ts";

/** What is said first, and what it rests on, place by place. */
export interface Evidence {
  readonly says: string;
  readonly places: readonly string[];
}

/** As `verdictOver` words it: "holds at 1 of 9: here: 20; there: 30. Fails at 6: …". */
const GROUP = /^(holds|fails|undecided|not reached) at (none|\d+)(?: of (\d+))?(?:: (.*))?$/is;
const BETWEEN = /(?:\. |; |^)(?=(?:holds|fails|undecided|not reached) at (?:none|\d+)\b)/i;

/**
 * The evidence as Markdown: a sentence that counts the places where a claim was judged, and then a
 * line for each of the judgements; of other evidence the sentence alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evidenceText } from "./evidence.ts";
 * const { says, places } = evidenceText("holds at 1 of 9: τ = 5: 20.7 [17.0, 25.3]. Fails at 8: τ = 1");
 * assert.equal(says, "It holds at 1 of 9 places and fails at 8.");
 * assert.deepEqual(places, ["Holds: τ = 5: 20.7 (17–25).", "Fails: τ = 1."]);
 * assert.equal(evidenceText("least ratio 1.0").says, "Least ratio 1.0.");
 * ```
 */
export function evidenceText(evidence: string): Evidence {
  const parts = evidence.split(BETWEEN).filter((part) => part.trim() !== "");
  const groups = parts.flatMap((part) => {
    const [, judgement, count, of, places = ""] = GROUP.exec(part) ?? [];
    if (!judgement) return [];
    return [{ judgement: judgement.toLowerCase(), count, of, places }];
  });
  if (groups.length === 0) return { says: sentence(readable(evidence)), places: [] };
  const before = parts.filter((part) => !GROUP.test(part)).map((part) => sentence(readable(part)));
  return {
    says: [...before, counted(groups)].join(" "),
    places: groups.filter(({ places }) => places).map(({ judgement, places }) =>
      `${LABELS[judgement]}: ${ended(readable(places))}`
    ),
  };
}

interface Group {
  readonly judgement: string;
  readonly count: string;
  readonly of?: string;
}

const LABELS: Readonly<Record<string, string>> = {
  "holds": "Holds",
  "fails": "Fails",
  "undecided": "Undecided",
  "not reached": "Not reached",
};

function counted(groups: readonly Group[]): string {
  const parts = groups.map(({ judgement, count, of }) => {
    if (judgement === "holds") return holding(count, Number(of));
    if (judgement === "fails") return `fails at ${count}`;
    if (judgement === "undecided") return `is undecided at ${count}`;
    return `was not reached at ${count}`;
  });
  const last = parts.at(-1)!;
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
  return `It ${list}.`;
}

const ended = (text: string): string => /[.!?]$/.test(text) ? text : `${text}.`;

function holding(count: string, of: number): string {
  if (of === 1) return `${count === "none" ? "does not hold" : "holds"} at the one place there is`;
  if (Number(count) === of) return `holds at all ${of} places`;
  return `holds at ${count} of ${of} places`;
}
