/**
 * Networks in words, and one study of each.
 *
 * @module
 */
import { checkOneOf, checkOptions, checkRecord, maybe } from "../../numerics/checks.ts";
import { checkObject, checkStudies } from "../checks.ts";
import type { SpeedLimitStudy } from "./speed_limit_result.ts";

/**
 * Of each network and n one study: that of the most seeds, the longest of these; or the longest, that of
 * the most seeds of these.
 *
 * @param prefer what counts first
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { oneOfEach, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const ofEach = oneOfEach(stored.map(({ result }) => result));
 * assert(ofEach.length < stored.length);
 * assert.deepEqual(oneOfEach(ofEach), ofEach);
 * ```
 */
export function oneOfEach(
  studies: readonly SpeedLimitStudy[],
  options: { readonly prefer?: "seeds" | "horizon" } = {},
): SpeedLimitStudy[] {
  checkStudies("studies", studies);
  const { prefer = "seeds" } = checkOptions("options", options, {
    prefer: maybe(checkOneOf, ["seeds", "horizon"]),
  });
  const groups = Map.groupBy(
    studies,
    (study) => `${study.configuration.architecture}, ${networkAndSize(study)}`,
  );
  const worth = ({ realizations, configuration: { horizon } }: SpeedLimitStudy) =>
    prefer === "seeds" ? [realizations.length, horizon] : [horizon, realizations.length];
  return [...groups.values()].map((group) =>
    group.reduce((a, b) => {
      const [[first, then], [own, thenOwn]] = [worth(a), worth(b)];
      return own > first || (own === first && thenOwn > then) ? b : a;
    })
  );
}

/**
 * A study's network and n in words: what of two studies must agree to be compared seed by seed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkAndSize } from "./network_text.ts";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * assert.equal(networkAndSize(stored!.result), "32 channels, n = 500");
 * ```
 */
export function networkAndSize(study: Pick<SpeedLimitStudy, "configuration">): string {
  checkRecord("study", study, { configuration: checkObject });
  const c = study.configuration;
  return `${networkText(c)}, n = ${c.n}`;
}

/** A network in words; He's scale and the ntk parametrization are not told. */
export function networkText(c: SpeedLimitStudy["configuration"]): string {
  const width = c.architecture === "fully-connected" ? `width ${c.width}` : `${c.width} channels`;
  const scale = c.weightStd === Math.SQRT2 ? "" : `, W_std ${Number(c.weightStd.toPrecision(3))}`;
  return width + scale + (c.parametrization === "ntk" ? "" : `, ${c.parametrization}`);
}
