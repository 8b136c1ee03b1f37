/**
 * What notebook 12 says of the flow map of ensembles of networks: whether it is a Brenier map.
 *
 * @module
 */
import { fitSizePower } from "../../statistics/mod.ts";
import { brenierMeans, ensembleName, ensemblesAt } from "../readings/ensembles.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { Claim } from "./claim.ts";
import { DIGITS, networksOf, overTimes } from "./ensemble_cases.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Digits of an asymmetry. */
const FINE = { digits: 3 } as const;
/** Asymmetry that is no more than rounding. */
const ROUNDING = 1e-9;
/** Asymmetry below which a map counts as a gradient's. */
const SYMMETRIC = 0.05;

/**
 * No member that was tested refutes that the flow map is a Brenier map: Dφ − I is asymmetric by less than 5 %, by the
 * interval over seeds, and Dφ's symmetric part has no negative eigenvalue at any seed. It fails where the asymmetry
 * is above that, or most seeds have a negative eigenvalue; it is undecided where the asymmetry is below and Dφ was
 * not followed in all directions, so that Dφ ≥ 0 was not tested. Over studies of networks and times as `verdictOver`
 * does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { flowMapIsBrenier } from "./ensemble_maps.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(flowMapIsBrenier(found, [0.1]).evidence, /asymmetry/);
 * ```
 */
export function flowMapIsBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim:
      `One member of each ensemble does not refute that gradient flow is a Brenier map (asymmetry below ${SYMMETRIC}, Dφ ≥ 0)`,
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { asymmetry, least } = brenierMeans(study, time);
      const negative = least.filter((value) => value < 0).length;
      const symmetric = judgedWithin(asymmetry, [0, SYMMETRIC]);
      const refuted = symmetric === "fails" || 2 * negative > least.length;
      const untold = least.length === 0 || negative > 0;
      const judgement: Judgement = refuted
        ? "fails"
        : symmetric === "holds" && untold
        ? "undecided"
        : symmetric;
      const eigenvalue = least.length > 0
        ? `Dφ has a negative eigenvalue in ${negative} of ${least.length} seeds`
        : "Dφ ≥ 0 not tested";
      return { judgement, value: `asymmetry ${seedMeanText(asymmetry, FINE)}, ${eigenvalue}` };
    })),
  };
}

/**
 * Lazy training makes a Brenier map: at the largest scale a the asymmetry is below half of what it is at the
 * smallest, by the interval over seeds of their quotient. Over studies of networks and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { lazinessMakesBrenier } from "./ensemble_maps.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.equal(lazinessMakesBrenier(found, [1]).verdict, "not confirmed");
 * ```
 */
export function lazinessMakesBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: "The lazier the training at a fixed width, the nearer its flow map to a Brenier map",
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { lazy } = study.configuration;
      const quotients = ensemblesAt(study, time).flatMap(({ at, realization: { tangents } }) => {
        const [rich, most] = [lazy[0], lazy[lazy.length - 1]].map((scale) =>
          tangents.find((one) => one.lazy === scale)?.asymmetry[at]
        );
        return lazy.length > 1 && rich && most ? [most / rich] : [];
      });
      const mean = seedMean(quotients);
      return {
        judgement: judgedWithin(mean, [0, 0.5]),
        value: `asymmetry × ${seedMeanText(mean, DIGITS)} from a = ${lazy[0]} to ${
          lazy[lazy.length - 1]
        }`,
      };
    })),
  };
}

/**
 * The wider, the nearer to a Brenier map: the asymmetry falls from each width to the next, by Welch's interval of the
 * difference of its logarithms' means. As drawn, and centred at the least scale a, where all widths are followed in
 * equally many directions: in some directions the asymmetry is a few per cent less than in all. Between neighbouring
 * widths at each time, as `verdictOver` does.
 *
 * @throws {RangeError} if there are fewer than two widths, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { widthMakesBrenier } from "./ensemble_maps.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(widthMakesBrenier(found, [1]).claim, /wider/);
 * ```
 */
export function widthMakesBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  const growing = networksOf(studies, times).toSorted((a, b) =>
    a.configuration.width - b.configuration.width
  );
  if (growing.length < 2) {
    throw new RangeError(`studies has ${growing.length} widths; it must have two or more`);
  }
  const centred = growing[0].configuration.lazy[0];
  const scales = centred === undefined ? [0] : [0, centred];
  const cases = atLeastOne(Array.from(times), "time").flatMap((time) =>
    scales.flatMap((scale) =>
      growing.slice(1).map((wider, i): Case => ({
        where: `${ensembleName(growing[i])}, to ${wider.configuration.width}, ${
          scale === 0 ? "as drawn" : `centred, a = ${scale}`
        }, τ = ${time}`,
        ...fallsWithWidth([growing[i], wider], time, scale),
      }))
    )
  );
  return {
    claim: "The wider the network, the nearer its flow map to a Brenier map",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** Whether the asymmetry of the wider of two networks is less, by Welch's interval of the logarithms. */
function fallsWithWidth(
  pair: readonly [EnsemblesStudy, EnsemblesStudy],
  time: number,
  scale: number,
): Omit<Case, "where"> {
  const [before, after] = pair.map((study) =>
    ensemblesAt(study, time).flatMap(({ at, realization: { tangents } }) =>
      tangents.find(({ lazy }) => lazy === scale)?.asymmetry[at] ?? []
    ).filter((value) => value > ROUNDING)
  );
  if (before.length === 0 || after.length === 0) return { judgement: "not reached", value: "" };
  const text = [before, after].map((values) => seedMeanText(seedMean(values), FINE)).join(" to ");
  if (before.length < 2 || after.length < 2) return { judgement: "undecided", value: text };
  // A line through two sizes: its interval is Welch's.
  const { interval: [low, high] } = fitSizePower([
    { size: 1, values: before },
    { size: 2, values: after },
  ]);
  return { judgement: high < 0 ? "holds" : low > 0 ? "fails" : "undecided", value: text };
}
