/**
 * What notebook 10 says of long descents: λ_max of the Hessian climbs back to 2/η.
 *
 * @module
 */
import { stepRateText, stepsName } from "../readings/discrete_steps.ts";
import { stepsSharpness } from "../readings/steps_noise.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { Claim } from "./claim.ts";
import { checkedStudies } from "./discrete_steps.ts";
import { type Case, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A descent of so many steps is long. */
const LONG = 500;
/** At the edge, in ηλ_max/2. */
const AT_EDGE = [0.9, 1.1] as const;
/** λ_max has climbed where its last look is so many times its least. */
const CLIMBED = 1.1;
/** What Lanczos leaves open of a look: a look is above another where it is so many times it. */
const LOOK = 1.03;

/**
 * Progressive sharpening: in a descent of 500 steps or more ηλ_max/2 of the Hessian falls below 0.9, and climbs again to
 * 0.9 … 1.1, where its last look is. A case is a study, a rate and a seed. It fails by the last step where the last look
 * is beyond 1.1, or less than 1.1 times the least, or below 0.9 and not above every look since the least by the 3 % that
 * Lanczos leaves open: λ_max has come to rest, or fallen again. It is undecided where it is above them all, so still
 * climbs, and cannot be judged where it never was below. Of a look in the end the flow's kernel at the same time is told:
 * resting near 1 is the edge's doing only where the flow would have gone beyond.
 *
 * @throws {RangeError} if there is no such descent with looks at λ_max
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { sharpensToTheEdge } from "./steps_sharpening.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(sharpensToTheEdge(studies).evidence, /in the end/);
 * ```
 */
export function sharpensToTheEdge(studies: readonly DiscreteStepsStudy[]): Claim {
  const cases = checkedStudies(studies).flatMap((study) => {
    const descents = Map.groupBy(
      stepsSharpness(study),
      ({ seed, rate }) => `${stepRateText(rate)}, seed ${seed}`,
    );
    return [...descents].flatMap(([name, looks]): Case[] => {
      const last = looks[looks.length - 1];
      if (last.steps < LONG) return [];
      const least = looks.reduce((a, b) => b.edge < a.edge ? b : a);
      return [{
        where: `${stepsName(study)}, ${name}`,
        judgement: judged(looks.slice(looks.indexOf(least)).map(({ edge }) => edge)),
        value: `ηλ_max/2 = ${least.edge.toFixed(2)} at its least, at step ${least.steps}, and ${
          last.edge.toFixed(2)
        } in the end, at step ${last.steps}${
          last.flowKernel === undefined
            ? ""
            : ` (of the flow's kernel ${last.flowKernel.toFixed(2)})`
        }, where L = ${last.loss.toPrecision(3)}`,
      }];
    });
  });
  return {
    claim: `In ${LONG} steps or more λ_max falls, then climbs to 2/η, and is there in the end`,
    mark: "derived",
    ...verdictOver(atLeastOne(cases, `descent of ${LONG} steps with looks at λ_max`)),
  };
}

/** @param since ηλ_max/2 at the looks from the least on */
function judged(since: readonly number[]): Case["judgement"] {
  const [least, last] = [since[0], since[since.length - 1]];
  if (least >= AT_EDGE[0]) return "not reached";
  if (last > AT_EDGE[1] || last < CLIMBED * least) return "fails";
  if (last >= AT_EDGE[0]) return "holds";
  return last > LOOK * Math.max(...since.slice(0, -1)) ? "undecided" : "fails";
}
