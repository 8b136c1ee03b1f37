/**
 * Where prose names a work of the list of references.
 *
 * @module
 */
import { type Reference, REFERENCES } from "./references.ts";

/** A work that is named in a text. */
export interface Citation {
  readonly from: number;
  readonly to: number;
  readonly key: string;
}

interface Phrase {
  readonly key: string;
  readonly pattern: RegExp;
}

const PHRASES = phrasesOf(REFERENCES);

function phrasesOf(references: readonly Reference[]): readonly Phrase[] {
  return references.flatMap(({ key, cited = [] }) =>
    cited.map((words) => {
      const text = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replace(/\s+/g, "\\s+").replaceAll("'", "(?:['’]|&#8217;|&#39;)");
      const [before, after] = ["(?<![\\p{L}\\p{N}_-])", "(?![\\p{L}\\p{N}_-])"];
      return {
        key,
        pattern: new RegExp(`${before}${text}${/\W$/.test(words) ? "" : after}`, "gu"),
      };
    })
  );
}

/**
 * Every place where a text names a work, from left to right; the longer name where two overlap.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { citationsIn } from "./citations.ts";
 * const text = "Benamou and\nBrenier (2000), then Brenier; Brenierian is none";
 * assert.deepEqual(citationsIn(text).map(({ key }) => key), ["benamou-brenier-2000", "brenier-1991"]);
 * ```
 */
export function citationsIn(text: string): readonly Citation[] {
  const found = PHRASES.flatMap(({ key, pattern }) =>
    [...text.matchAll(pattern)].map((match): Citation => ({
      ...{ from: match.index, to: match.index + match[0].length, key },
    }))
  ).sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Citation[] = [];
  for (const one of found) if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one);
  return kept;
}
