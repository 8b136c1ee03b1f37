/**
 * Claims on how the tangent kernel moves: with the width, its largest eigenvalue, towards the labels, and
 * its exponents.
 *
 * @module
 */
import { checkList, checkOneOf, checkRecord, checkText, must } from "../../numerics/checks.ts";
import { exponentText, geometricMean, leastToLargest, withInterval } from "../../statistics/mod.ts";
import { checkColumn, checkLaw, checkStudies, checkValue } from "../checks.ts";
import { checkDrift, driftCurve, driftName } from "../readings/drift_readings.ts";
import type { DriftWithWidth } from "../readings/drift_width.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import type { ExponentsAlong } from "../readings/residue_exponents.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** λ_max must fall and rise by more than this share: its search is good to some percent. */
const TURN = 0.1;
/** So far α may move and be called the same. */
const SAME = 0.15;

/**
 * The wider a network, the less its kernel moves: from one width to the next it holds where the factor of
 * ‖K_T − K_0‖/‖K_0‖ is below 1 with its whole interval, and fails where it is above.
 *
 * @throws {RangeError} if there is no architecture
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widerMovesLess } from "./kernel_drift.ts";
 * const change = { mean: 0.2, interval: [0.1, 0.4], arithmetic: 0.2, count: 6 } as const;
 * const factor = { mean: 0.5, interval: [0.4, 0.6], arithmetic: 0.5, count: 6 } as const;
 * const steps = [{ from: 16, to: 64, factor }, { from: 64, to: 256, factor }];
 * const widths = [16, 64, 256].map((width) => ({ width, change }));
 * assert.equal(widerMovesLess([{ network: "FCN", widths, steps }]).verdict, "confirmed");
 * ```
 */
export function widerMovesLess(networks: readonly DriftWithWidth[]): Claim {
  const mean = must(checkRecord, { mean: checkValue, interval: checkColumn });
  checkList(
    "networks",
    networks,
    must(checkRecord, {
      network: checkText,
      widths: must(checkList, must(checkRecord, { width: checkValue, change: mean }), 1),
      steps: must(
        checkList,
        must(checkRecord, { from: checkValue, to: checkValue, factor: mean }),
        1,
      ),
    }),
  );
  const cases = atLeastOne(networks, "network").flatMap(({ network, steps }) =>
    steps.map(({ from, to, factor }): Case => ({
      where: `${network}, N = ${from} to ${to}`,
      judgement: factor.interval[1] < 1 ? "holds" : factor.interval[0] > 1 ? "fails" : "undecided",
      value: `‖K_T − K_0‖/‖K_0‖ is ×${withInterval(factor, { digits: 2 })}`,
    }))
  );
  return {
    claim: "The wider a network, the less its kernel moves",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * λ_max first falls, then climbs: of a network it holds where for every seed it comes to lie a tenth below
 * its start, and in the end a tenth above its least; fails where for none; undecided else.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { fallsThenClimbs } from "./kernel_drift.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n500_tau5");
 * assert.equal(fallsThenClimbs([stored!.result]).verdict, "confirmed");
 * ```
 */
export function fallsThenClimbs(studies: readonly SpeedLimitStudy[]): Claim {
  checkStudies("studies", studies);
  const cases = atLeastOne(studies, "study").map((study): Case => {
    const { architecture, width, n, horizon } = study.configuration;
    const turns = study.realizations.map(({ lambdaMax }) => {
      const least = Math.min(...lambdaMax);
      return [lambdaMax[0] / least, lambdaMax[lambdaMax.length - 1] / least] as const;
    });
    const both = turns.filter((pair) => pair.every((factor) => factor > 1 + TURN)).length;
    const range = (which: 0 | 1) => leastToLargest(turns.map((pair) => pair[which]), { digits: 1 });
    return {
      where: `${networkName({ architecture, width })}, n = ${n}, to τ = ${horizon}`,
      judgement: both === turns.length ? "holds" : both === 0 ? "fails" : "undecided",
      value: `${both} of ${turns.length} seeds, down by a factor of ${range(0)}, up by ${range(1)}`,
    };
  });
  return {
    claim: "The kernel's largest eigenvalue first falls, then climbs",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The kernel turns towards the labels: of a network it holds where the cosine between the kernel of all
 * outputs and y yᵀ has grown at the end, by the interval of its factor, and fails where it has shrunk.
 *
 * @throws {RangeError} if there is no study, or one of a single seed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy } from "../mod.ts";
 * import { turnsToLabels } from "./kernel_drift.ts";
 * const study = {
 *   configuration: { architecture: "myrtle-5", width: 8, n: 100, horizon: 1 },
 *   time: [0, 1],
 *   realizations: [1, 1.1].map((factor) => ({
 *     own: {}, linear: {}, at: [{ time: 0, labels: 0.01 }, { time: 1, labels: 0.02 * factor }],
 *   })),
 * } as unknown as DriftStudy;
 * assert.equal(turnsToLabels([study]).verdict, "confirmed");
 * ```
 */
export function turnsToLabels(studies: readonly DriftStudy[]): Claim {
  checkList("studies", studies, checkDrift);
  const cases = atLeastOne(studies, "study").map((study): Case => {
    const { seeds } = driftCurve(study, "labels");
    const grown = geometricMean(seeds[seeds.length - 1].map((end, s) => end / seeds[0][s]));
    const [low, high] = grown.interval;
    return {
      where: `${driftName(study)}, τ = ${study.configuration.horizon}`,
      judgement: low > 1 ? "holds" : high < 1 ? "fails" : "undecided",
      value: `its cosine with yyᵀ is ×${withInterval(grown, { digits: 2 })}`,
    };
  });
  return {
    claim: "The kernel of all outputs turns towards the labels",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The kernel's exponent α stays and the residue's δ falls from initialization to the warm start, by the
 * interval of their change in the same window, paired over seeds. α stays where it lies within ±0.15; δ
 * falls where it lies below 0, and does not where above. Seeds and windows are in it, images are not.
 *
 * @param which of the two sentences is judged
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsAlong, type ResidueStudy, storedResult } from "../mod.ts";
 * import { exponentAlong } from "./kernel_drift.ts";
 * const stored = await storedResult<ResidueStudy>("residues/myrtle_5_16_n500");
 * const { claim, mark } = exponentAlong([exponentsAlong(stored!.result)], "alpha");
 * assert(claim.startsWith("α") && mark === "derived");
 * ```
 */
export function exponentAlong(
  networks: readonly ExponentsAlong[],
  which: "alpha" | "delta",
): Claim {
  checkOneOf("which", which, ["alpha", "delta"]);
  const start = must(checkRecord, { time: checkValue, [which]: checkLaw });
  const value = must(checkRecord, { value: checkValue, interval: checkColumn });
  checkList(
    "networks",
    networks,
    must(checkRecord, {
      ...{ network: checkText, cold: start, warm: start },
      change: must(checkRecord, { [which]: value }),
    }),
  );
  const cases = atLeastOne(networks, "network").map(({ network, cold, warm, change }): Case => {
    const [before, after] = [cold[which], warm[which]];
    const { interval, value } = change[which];
    const [low, high] = interval;
    return {
      where: `${network}, τ = ${warm.time.toPrecision(2)}, ${before.sets} seeds, k = ${
        before.window.join("–")
      }`,
      judgement: which === "alpha"
        ? judgedWithin({ interval }, [-SAME, SAME])
        : high < 0
        ? "holds"
        : low > 0
        ? "fails"
        : "undecided",
      value: `${exponentText(before)} at first, ${exponentText(after)} then, changed by ${
        withInterval({ mean: value, interval }, { digits: 2 })
      }`,
    };
  });
  return {
    claim: which === "alpha"
      ? `α of the kernel's spectrum is at the warm start what it was (within ${SAME})`
      : "δ of the residue has fallen by the warm start",
    mark: "derived",
    ...verdictOver(cases),
  };
}
