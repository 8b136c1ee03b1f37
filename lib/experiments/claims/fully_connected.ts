/**
 * What infinitely wide networks say without a fit, and what the initial scale changes (notebooks 06
 * and 07).
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { fitLine } from "../../statistics/mod.ts";
import { checkScalePair, checkWide } from "../checks.ts";
import { factorText, type SeedFactor, seedFactor } from "../readings/size_growth.ts";
import { type AtMark, atMark } from "../readings/at_mark.ts";
import { checkMark, type Mark, markOf, markText } from "../readings/mark.ts";
import { networkAndSize, networkText } from "../studies/network_text.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { type WideLimit, type WideRegimes, wideRegimes } from "../readings/wide_limit.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** b of n^b for the fall from 30 to 10 over a decade, within half of it both ways. */
const FALL = [-0.72, -0.24] as const;

const numbers = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(", ");

/**
 * The fall from 30 to 10, as a reviewer read it, in the wide limit and without a fit, at several marks. It
 * holds at a mark where the exponent b of T/T_SL ∝ n^b lies between −0.72 and −0.24.
 *
 * @param flows of one architecture, of two n at least
 * @throws {RangeError} if there are fewer than two
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResults, wideLimit } from "../mod.ts";
 * import { wideLimitFalls } from "./fully_connected.ts";
 * const flows = (await storedResults<KernelStudy>("kernels"))
 *   .filter(({ name }) => /^fully_connected_infinite_n\d+_seed0/.test(name))
 *   .map(({ result }) => wideLimit(result));
 * const { verdict, evidence } = wideLimitFalls(flows, [{ meanTime: 2976 }, { lossLeft: 0.1 }]);
 * assert.equal(verdict, "not confirmed");
 * assert.match(evidence, /^It holds in 1 of 2 cases: nτ = 2,976: n\^-0\.\d\d, 30\.0/);
 * ```
 */
export function wideLimitFalls(flows: readonly WideLimit[], marks: readonly Mark[]): Claim {
  checkList("flows", flows, checkWide);
  checkList("marks", marks, checkMark);
  if (flows.length < 2) {
    throw new RangeError(`there are ${flows.length} flows; a fall with n needs two at least`);
  }
  const sorted = flows.toSorted((a, b) => a.study.configuration.n - b.study.configuration.n);
  const sizes = sorted.map(({ study }) => study.configuration.n);
  const cases = atLeastOne(marks, "mark").map((mark): Case => {
    const times = sorted.map((flow) => wideTimeAt(flow, mark));
    const where = markText(mark);
    if (times.includes(undefined)) return { where, judgement: "not reached", value: "not reached" };
    const ratios = sorted.map((flow, i) => flow.at(times[i]!).inefficiency);
    const { slope } = fitLine(sizes.map(Math.log), ratios.map(Math.log));
    return {
      where,
      judgement: judgedWithin({ interval: [slope, slope] }, FALL),
      value: `n^${slope.toFixed(2)}, ${numbers(ratios)} at n = ${sizes.join(", ")}`,
    };
  });
  return {
    claim: "Infinitely wide: T/T_SL falls from 30 to 10 as n grows from 500 to 5000 " +
      "(as n^−0.48, within −0.72 to −0.24)",
    mark: "reviewer",
    ...verdictOver(cases),
  };
}

/** τ at which a fixed kernel's flow is at a mark; not there if so much of the loss is never left. */
function wideTimeAt(flow: WideLimit, mark: Mark): number | undefined {
  const { kind, value } = markOf(mark);
  const { eigenvalues, configuration: { n } } = flow.study;
  if (kind === "time") return value;
  if (kind === "meanTime") return value / n;
  const most = Math.max(...eigenvalues);
  if (kind === "steps") return 2 * value / most;
  // L falls all the way, from before the first mode moves to after the last one has come.
  const least = Math.min(...eigenvalues.filter((rate) => rate > 0));
  let [from, to] = [1e-6 / most, 100 / least];
  if (!(flow.at(from).lossLeft > value && flow.at(to).lossLeft <= value)) return undefined;
  while (to / from > 1 + 1e-9) {
    const middle = Math.sqrt(from * to);
    if (flow.at(middle).lossLeft > value) from = middle;
    else to = middle;
  }
  return to;
}

/** As "Myrtle-5". */
const kindOf = (architecture: string) =>
  architecture === "fully-connected"
    ? "fully connected networks"
    : architecture.replace("myrtle", "Myrtle");

/**
 * Rise, peak and fall without a fit, a claim for each architecture that is given: infinitely wide Myrtle-5
 * peaks and falls; fully connected networks have no peak up to the largest n. Of each kernel it holds
 * where there is a peak for the one, and none for the other.
 *
 * @throws {RangeError} if there is no flow
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../mod.ts";
 * import { wideLimitPeaks } from "./fully_connected.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const [{ verdict, evidence }] = wideLimitPeaks([wideLimit(stored!.result)]);
 * assert.equal(verdict, "confirmed");
 * assert.match(evidence, /a peak of 22\.3 at τ = 3\.3, falls by 1\.20 to 18\.6 at τ = 31/);
 * ```
 */
export function wideLimitPeaks(flows: readonly WideLimit[]): Claim[] {
  checkList("flows", flows, checkWide);
  const kinds = Map.groupBy(
    atLeastOne(flows, "flow"),
    ({ study: { configuration } }) => configuration.architecture,
  );
  return [...kinds].map(([architecture, of]): Claim => {
    const peaks = architecture !== "fully-connected";
    const regimes = of.map((flow) => wideRegimes(flow));
    const largest = Math.max(...of.map(({ study }) => study.configuration.n));
    const least = Math.min(...regimes.map(({ leastSlope }) => leastSlope.slope)).toFixed(2);
    const what = peaks
      ? `T/T_SL peaks and falls, by however little (n ≤ ${largest})`
      : `no peak up to n = ${largest} (least slope T^${least})`;
    const cases = of.map(({ study: { configuration: { n } } }, i): Case => ({
      where: `n = ${n}`,
      judgement: (regimes[i].peak !== undefined) === peaks ? "holds" : "fails",
      value: regimesText(regimes[i]),
    }));
    return {
      claim: `Infinitely wide ${kindOf(architecture)}: ${what}`,
      mark: "derived",
      ...verdictOver(cases),
    };
  });
}

function regimesText({ peak, trough, leastSlope }: WideRegimes): string {
  const place = ({ time, inefficiency }: { time: number; inefficiency: number }) =>
    `${inefficiency.toFixed(1)} at τ = ${time.toPrecision(2)}`;
  if (!peak) return `no peak: it grows as T^${leastSlope.slope.toFixed(2)} at least`;
  const fall = trough && (peak.inefficiency / trough.inefficiency).toFixed(2);
  return `a peak of ${place(peak)}` + (trough ? `, falls by ${fall} to ${place(trough)}` : "");
}

/** Two studies that differ in the initial scale alone. */
export interface ScalePair {
  readonly large: SpeedLimitStudy;
  readonly small: SpeedLimitStudy;
  /** Trainable layers: the kernel goes as W_std^(2 layers). */
  readonly layers: number;
  /** τ of the larger scale; the smaller is read later, at the same λτ. */
  readonly time: number;
}

/**
 * "At the same λτ a smaller initial scale has a smaller T/T_SL": of each two networks at the last of the
 * given times that both reach where the loss of both is below ½‖Y‖², so that their initial functions are
 * unlearnt. It holds where the interval of the factor of the larger scale's ratio over the smaller's, seed
 * by seed, lies above 1, and fails where it lies below.
 *
 * @param pairs of each two networks one or several, at different times
 * @throws {RangeError} if there is no pair, or layers are no positive number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { smallerScaleIsCloser } from "./fully_connected.ts";
 * const of = async (name: string) => (await storedResult<SpeedLimitStudy>(name))!.result;
 * const large = await of("speed_limit/fully_connected_256_n500_tau5");
 * // Against itself the factor is 1, which is not above.
 * const same = { large, small: large, layers: 3, time: 5 };
 * assert.equal(smallerScaleIsCloser([same]).verdict, "undecided");
 * ```
 */
export function smallerScaleIsCloser(pairs: readonly ScalePair[]): Claim {
  checkList("pairs", pairs, checkScalePair);
  const named = Map.groupBy(
    atLeastOne(pairs, "pair of scales"),
    ({ large, small }) => `${networkAndSize(large)} against ${networkText(small.configuration)}`,
  );
  const cases = [...named].map(([where, of]): Case => {
    const last = of.toSorted((a, b) => b.time - a.time).flatMap(({ time, ...pair }) => {
      const { large, small, factor } = atSameLambdaTau({ ...pair, time });
      const left = Math.max(large.lossLeft?.mean ?? Infinity, small.lossLeft?.mean ?? Infinity);
      return factor && left < 1 ? [{ time, factor, left }] : [];
    })[0];
    if (!last) {
      const why = `${where} (no λτ where both losses are below ½‖Y‖²)`;
      return { where: why, judgement: "not reached", value: "not reached" };
    }
    const { time, factor, left } = last;
    return {
      where: `${where}, at the λτ of τ = ${time}`,
      judgement: factor.low > 1 ? "holds" : factor.high < 1 ? "fails" : "undecided",
      value: `a factor of ${factorText(factor)} (${factor.seeds} seeds, at most ${
        (100 * left).toPrecision(2)
      } % of ½‖Y‖² left)`,
    };
  });
  return {
    claim: "At the same λτ a smaller initial scale has a smaller T/T_SL",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * T/T_SL of two initial scales at the same λτ, and their factor seed by seed.
 *
 * @returns the factor `undefined` if fewer than two seeds come so far in both
 * @throws {RangeError} if layers is no positive number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { atSameLambdaTau } from "./fully_connected.ts";
 * const { result } = (await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau5"))!;
 * const { factor } = atSameLambdaTau({ large: result, small: result, layers: 3, time: 5 });
 * assert.equal(factor?.middle, 1);
 * ```
 */
export function atSameLambdaTau(
  pair: ScalePair,
): { readonly large: AtMark; readonly small: AtMark; readonly factor: SeedFactor | undefined } {
  const { large, small, layers, time } = checkScalePair("pair", pair);
  const slower = (large.configuration.weightStd / small.configuration.weightStd) ** (2 * layers);
  const [one, other] = [atMark(large, { time }), atMark(small, { time: time * slower })];
  return { large: one, small: other, factor: seedFactor(one, other) };
}
