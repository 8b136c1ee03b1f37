/**
 * What the paper's open choices change, in numbers of stored studies, as text. Each function gives
 * `undefined` where no study tells.
 *
 * @module
 */
import { mean, withInterval } from "../statistics/mod.ts";
import { inefficiencyRatio, overRealizations, ratiosAt } from "./over_realizations.ts";
import type { SpeedLimitConfiguration, SpeedLimitStudy } from "./speed_limit.ts";
import { HE, lambdaMaxAtStart, silentLoss, studiesWith } from "./study_readings.ts";

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

/** The shortest that comes to a time: of several grids, the one whose end is nearest. */
const reaching = (studies: Studies, part: Part, time: number): SpeedLimitStudy | undefined =>
  ofNetwork(studies, part).find(({ configuration }) => configuration.horizon >= time);

const cold = (study: SpeedLimitStudy, time: number) => ratiosAt(study, { time }).cold.inefficiency;

/** T/T_SL from the cold start at several times of one network. */
export function alongThePath(studies: Studies, part: Part): string | undefined {
  const read = [0.02, 0.2, 1, 5].flatMap((time) => {
    const study = reaching(studies, part, time);
    return study ? [`${withInterval(cold(study, time))} at τ = ${time}`] : [];
  });
  return read.join(", ") || undefined;
}

/** How T/T_SL grows from the smallest to the largest n, on both clocks. */
export function onBothClocks(studies: Studies, part: Part): string | undefined {
  const sizes = studiesWith(studies, { ...HE, ...part }).map(({ configuration: { n } }) => n);
  const [from, to] = [sizes[0], sizes.at(-1)!];
  const [first, last] = [from, to].map((n) => reaching(studies, { ...part, n }, 0.2));
  if (!first || !last || from === to) return undefined;
  const grown = (time: number) => {
    const ratio = inefficiencyRatio(last, first, "cold", { times: [time, 0.2] });
    const interval = [ratio.low, ratio.high] as const;
    return withInterval({ mean: ratio.middle, interval }, { digits: 2 });
  };
  return `from n = ${from} to ${to} cold × ${grown(0.2)} at the same τ, × ` +
    `${grown(0.2 * from / to)} at the same epoch of a mean`;
}

/** The share of ½‖Y‖² that is left of the loss after so many steps of 1e-5, as a number. */
export function shareLeft(studies: Studies, part: Part, epochs: number): number | undefined {
  const time = epochs * LEARNING_RATE;
  const study = reaching(studies, part, time * (1 - 1e-9));
  if (!study) return undefined;
  const curve = overRealizations(study, "cold", "loss");
  const at = curve.time.findIndex((t) => t >= time * (1 - 1e-9));
  return curve.middle[at] / silentLoss(study.configuration.n);
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
  const study = ofNetwork(studies, part).at(-1);
  if (!study) return undefined;
  const { time, middle } = overRealizations(study, "cold", "loss");
  const at = middle.findIndex((loss) => loss < silentLoss(study.configuration.n) / 10);
  if (at < 0) return undefined;
  return `${withInterval(cold(study, time[at]))} at τ = ${time[at].toPrecision(2)}`;
}

/**
 * Myrtle-5 from W_std = 1 and from He's √2: T/T_SL at the same τ, as far as both go, and how they differ
 * at the same λτ, seed by seed; He's network is that much faster.
 */
export function withSmallerScale(studies: Studies, part: Part): string | undefined {
  const small = ofNetwork(studies, { ...part, weightStd: 1 }).at(-1);
  if (!small) return undefined;
  const slower = HE.weightStd ** (2 * LAYERS);
  const end = small.configuration.horizon;
  const sooner = Number((end / slower).toPrecision(3));
  const he = reaching(studies, part, sooner * (1 - 1e-9));
  if (!he) return undefined;
  const { middle, low, high, seeds } = inefficiencyRatio(small, he, "cold", {
    times: [end, sooner],
  });
  const ratio = withInterval({ mean: middle, interval: [low, high] }, { digits: 2 });
  const time = Math.min(end, he.configuration.horizon);
  return `cold ${withInterval(cold(small, time))} against ${
    withInterval(cold(he, time))
  } at τ = ${time}; at the same λτ, τ = ${end} against ${sooner}, × ${ratio} over ${seeds} seeds`;
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
  const study = reaching(studies, part, 0.2);
  if (!study) return undefined;
  const ratio = cold(study, 0.2);
  return `${ratio.mean.toFixed(1)} against a usual mean of ${ratio.arithmetic.toFixed(1)}`;
}
