/**
 * What the paper's open choices change, in numbers of stored studies, as text. Each function gives
 * `undefined` where no study tells.
 *
 * @module
 */
import { mean } from "../../statistics/mod.ts";
import { type AtMark, atMark } from "./at_mark.ts";
import type { Mark } from "./mark.ts";
import { seedMeanText } from "../studies/seed_mean.ts";
import { factorText, seedFactor } from "./size_growth.ts";
import type { SpeedLimitConfiguration, SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { HE, lambdaMaxAtStart, studiesWith } from "./study_readings.ts";

type Studies = readonly SpeedLimitStudy[];
type Part = Partial<SpeedLimitConfiguration>;

/** Myrtle-5's trainable layers: the kernel goes as W_std to the power of twice as many. */
const LAYERS = 5;
const LEARNING_RATE = 1e-5;

/** A network's studies of two realizations at least, the shortest first. */
const ofNetwork = (studies: Studies, part: Part): SpeedLimitStudy[] =>
  studiesWith(studies, { ...HE, ...part })
    .filter(({ realizations }) => realizations.length > 1)
    .sort((a, b) => a.configuration.horizon - b.configuration.horizon);

/** One network at a mark, between recorded entries as the notebooks read it; two seeds come to it. */
function cold(studies: Studies, part: Part, mark: Mark): AtMark | undefined {
  const own = ofNetwork(studies, part);
  if (own.length === 0) return undefined;
  const at = atMark(own, mark);
  return at.seeds.length > 1 ? at : undefined;
}

const ratio = ({ inefficiency, study }: AtMark): string =>
  seedMeanText(inefficiency, { of: study.realizations.length });

/** T/T_SL from the cold start at several times of one network. */
export function alongThePath(studies: Studies, part: Part): string | undefined {
  const read = [0.02, 0.2, 1, 5].flatMap((time) => {
    const at = cold(studies, part, { time });
    return at ? [`${ratio(at)} at τ = ${time}`] : [];
  });
  return read.join(", ") || undefined;
}

/** How T/T_SL grows from the smallest to the largest n, on both clocks. */
export function onBothClocks(studies: Studies, part: Part): string | undefined {
  const sizes = studiesWith(studies, { ...HE, ...part }).map(({ configuration: { n } }) => n);
  const [from, to] = [sizes[0], sizes.at(-1)!];
  if (sizes.length === 0 || from === to) return undefined;
  const grown = (mark: Mark): string | undefined => {
    const [first, last] = [from, to].map((n) => cold(studies, { ...part, n }, mark));
    const factor = first && last && seedFactor(last, first);
    return factor && factorText(factor);
  };
  const [sum, average] = [grown({ time: 0.2 }), grown({ meanTime: 0.2 * from })];
  return sum && average &&
    `from n = ${from} to ${to} cold × ${sum} at the same τ, × ${average} at the same epoch of a mean`;
}

/** The share of ½‖Y‖² that is left of the loss after so many steps of 1e-5, as a number. */
export function shareLeft(studies: Studies, part: Part, epochs: number): number | undefined {
  return cold(studies, part, { time: epochs * LEARNING_RATE })?.lossLeft?.mean;
}

/** The same as text. */
export function leftAfter(studies: Studies, part: Part, epochs: number): string | undefined {
  const left = shareLeft(studies, part, epochs);
  if (left === undefined) return undefined;
  const share = 100 * left;
  return `${epochs.toLocaleString("en")} epochs leave ${share.toPrecision(3)} % of ½‖Y‖²`;
}

/** T/T_SL of networks whose clocks differ, where a tenth of ½‖Y‖² is left. */
export function atATenth(studies: Studies, part: Part): string | undefined {
  const at = cold(studies, part, { lossLeft: 0.1 });
  return at && `${ratio(at)} at τ = ${at.time!.mean.toPrecision(2)}`;
}

/**
 * Myrtle-5 from W_std = 1 and from He's √2: T/T_SL at the same τ, as far as both go, and how they differ
 * at the same λτ, seed by seed; He's network is that much faster.
 */
export function withSmallerScale(studies: Studies, part: Part): string | undefined {
  const smaller = { ...part, weightStd: 1 };
  const end = ofNetwork(studies, smaller).at(-1)?.configuration.horizon;
  if (end === undefined) return undefined;
  const sooner = Number((end / HE.weightStd ** (2 * LAYERS)).toPrecision(3));
  const [late, he] = [
    cold(studies, smaller, { time: end }),
    cold(studies, part, { time: sooner }),
  ];
  const factor = late && he && seedFactor(late, he);
  if (!factor) return undefined;
  const time = Math.min(end, he.study.configuration.horizon);
  const both = [smaller, part].map((of) => cold(studies, of, { time }));
  const beside = both.flatMap((at) => at ? [ratio(at)] : []);
  const same = beside.length === 2 ? `cold ${beside.join(" against ")} at τ = ${time}; ` : "";
  return `${same}at the same λτ, τ = ${end} against ${sooner}, × ${factorText(factor)} ` +
    `over ${factor.seeds} seeds`;
}

/** In how many studies "first reaches" and "stays at" are one recorded time. */
export function firstOrForGood(studies: Studies): string | undefined {
  const reached = studies.filter(({ warmIndex }) => warmIndex > 0);
  if (reached.length === 0) return undefined;
  const same = reached.filter(({ realizations, configuration, warmIndex }) => {
    const means = realizations[0].testAccuracy.map((_, i) =>
      mean(realizations.map(({ testAccuracy }) => testAccuracy[i]))
    );
    return means.findIndex((accuracy) => accuracy >= configuration.threshold) === warmIndex;
  });
  return `the same recorded time in ${same.length} of ${reached.length} stored studies`;
}

/** η λ_max/2 of steps of 1e-5 at initialization, which is below 1 where descent is stable. */
export function ofStability(studies: Studies, part: Part): string | undefined {
  const found = studiesWith(studies, { ...HE, ...part });
  if (found.length === 0) return undefined;
  const of = (study: SpeedLimitStudy) =>
    (LEARNING_RATE / 2 * lambdaMaxAtStart(study, study.realizations[0].seed)).toPrecision(2);
  const [first, last] = [found[0], found.at(-1)!];
  return `ηλ_max/2 at the start is ${of(first)} at n = ${first.configuration.n}, ${of(last)} at ` +
    `n = ${last.configuration.n}`;
}

/** The geometric mean over realizations, and the usual one. */
export function meansOverSeeds(studies: Studies, part: Part): string | undefined {
  const at = cold(studies, part, { time: 0.2 });
  if (!at) return undefined;
  const usual = mean(at.seeds.map(({ inefficiency }) => inefficiency));
  return `${at.inefficiency!.mean.toFixed(1)} against a usual mean of ${usual.toFixed(1)}`;
}
