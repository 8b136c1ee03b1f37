/**
 * The one finding that README begins with, in plain words; its numbers are those of stored studies.
 *
 * @module
 */
import {
  type AtMark,
  atMark,
  factorText,
  HE,
  type Mark,
  seedFactor,
  type SpeedLimitStudy,
  type Start,
  studiesWith,
} from "../../experiments/mod.ts";
import { readable } from "../../notebook/readable.ts";
import { withInterval } from "../../statistics/mod.ts";

/** The paper's width, and the one that is stored at most sizes. */
const [WIDE, NARROW] = [128, 32];
/** Where all of them are read. */
const TIME = 0.2;
/** Where the fully connected network has learnt most of the labels. */
const LATE = 5;

/**
 * What is lost at the start of training and what after it, and whether more data change it, in two
 * paragraphs of Markdown.
 *
 * @throws {RangeError} if a study that it tells of is not among these
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../../mod.ts";
 * import { findingText } from "./first_finding.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.match(findingText(stored.map(({ result }) => result)), /comes from the start/);
 * assert.throws(() => findingText([]), /no study/);
 * ```
 */
export function findingText(studies: readonly SpeedLimitStudy[]): string {
  const read = (network: object, time: number, start: Start = "cold") =>
    atMark(studiesWith(studies, { ...HE, ...network }), { time }, { start });
  const wide = { architecture: "myrtle-5", width: WIDE, n: 500 } as const;
  const dense = { architecture: "fully-connected", width: 256, n: 500 } as const;
  const narrow = (n: number) => ({ architecture: "myrtle-5", width: NARROW, n }) as const;
  const [cold, warm] = [read(wide, TIME), read(wide, TIME, "warm")];
  const [late, lateWarm] = [read(dense, LATE), read(dense, LATE, "warm")];
  const [few, many] = [500, 5000].map((n) => studiesWith(studies, { ...HE, ...narrow(n) }));
  const grown = (mark: Mark) => grownBy(atMark(many, mark), atMark(few, mark));
  return `**The inefficiency comes from the start.** From random weights, the paper's network ` +
    `(Myrtle-5, ${WIDE} channels, 500 images) takes **${ratio(cold)}** times as long as the ` +
    `limit; counted from where it beats chance (12 % test accuracy), only ` +
    `**${ratio(warm, 2)}** times. That is up to $\\tau=${TIME}$, where ${left(cold)} of the ` +
    `labels' loss is left. For a fully connected network, trained until ${left(late)} is left, ` +
    `the two numbers are ${ratio(late)} and ${
      ratio(lateWarm, 2)
    }; once the data are fitted, both ` +
    `grow with time.\n\n` +
    `A reviewer read off the paper's Figure 1 that more data bring the first number from 30 down ` +
    `to 10. Here it depends on the clock: with ${NARROW} channels, from 500 to 5000 images, it ` +
    `changes by a factor of ${grown({ time: TIME })} at the same $\\tau$, and of ` +
    `${grown({ meanTime: TIME * 500 })} at the same epoch of a mean loss.`;
}

/** The factor between two sizes, seed by seed. */
function grownBy(many: AtMark, few: AtMark): string {
  const factor = seedFactor(many, few);
  if (!factor) {
    throw new RangeError(`no two seeds have both sizes at ${JSON.stringify(few.mark)}`);
  }
  return readable(factorText(factor));
}

function ratio({ inefficiency, mark }: AtMark, digits = 1): string {
  if (!inefficiency?.interval) {
    throw new RangeError(`no study has two seeds at ${JSON.stringify(mark)}; README tells of them`);
  }
  const { mean, interval } = inefficiency;
  return readable(withInterval({ mean, interval }, { digits }));
}

function left({ lossLeft }: AtMark): string {
  return `${(100 * lossLeft!.mean).toFixed(0)} %`;
}
