/**
 * How the kernel's motion depends on the width.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { type GeometricMean, geometricMean } from "../../statistics/mod.ts";
import { checkDrift, driftCurve, driftName } from "./drift_readings.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { shortName } from "./kernel_exponents.ts";

/** ‖K_T − K_0‖/‖K_0‖ at growing widths. */
export interface DriftWithWidth {
  /** As `FCN, n = 100, τ = 2`. */
  readonly network: string;
  readonly widths: readonly { readonly width: number; readonly change: GeometricMean }[];
  /** From each width to the next: by what factor the change is another, over seeds. */
  readonly steps: readonly {
    readonly from: number;
    readonly to: number;
    readonly factor: GeometricMean;
  }[];
}

/**
 * How ‖K_T − K_0‖/‖K_0‖ at the horizon changes from one width to the next. No power law is fitted: a
 * change saturates near 1 where a network is narrow, and falls the faster the wider it is.
 *
 * @param studies of one architecture, number of images and horizon, each of another width
 * @throws {RangeError} if they differ in more than the width, or there are fewer than three widths or two
 * seeds that all have
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, driftWithWidth } from "../mod.ts";
 * const study = (width: number) => ({
 *   configuration: { architecture: "fully-connected", width, n: 50, horizon: 1 },
 *   time: [0, 1],
 *   realizations: [1, 2].map((size, seed) => ({
 *     ...{ seed, own: {}, linear: {} },
 *     at: [{ time: 0 }, { time: 1, change: [size / width] }],
 *   })),
 * } as unknown as DriftStudy);
 * const { steps } = driftWithWidth([16, 32, 64].map(study));
 * assert(steps.every(({ factor }) => Math.abs(factor.mean - 1 / 2) < 1e-12));
 * ```
 */
export function driftWithWidth(studies: readonly DriftStudy[]): DriftWithWidth {
  checkList("studies", studies, checkDrift);
  const sorted = studies.toSorted((a, b) => a.configuration.width - b.configuration.width);
  const keys = new Set(
    sorted.map(({ configuration: c }) =>
      `${shortName(c.architecture)}${
        c.activation ? ` ${c.activation}` : ""
      }, n = ${c.n}, τ = ${c.horizon}`
    ),
  );
  const widths = new Set(sorted.map(({ configuration: { width } }) => width));
  if (keys.size > 1 || widths.size < sorted.length) {
    throw new RangeError(
      `studies are of ${sorted.map(driftName).join("; ")}; they must differ in the width alone`,
    );
  }
  const seeds = (sorted[0]?.realizations ?? []).map(({ seed }) => seed).filter((seed) =>
    sorted.every(({ realizations }) => realizations.some((one) => one.seed === seed))
  );
  if (sorted.length < 3 || seeds.length < 2) {
    throw new RangeError(
      `studies has ${sorted.length} widths, of ${seeds.length} seeds that all have; a fall needs ` +
        "three widths and two seeds",
    );
  }
  const changes = sorted.map((study) => {
    const last = driftCurve(study, "change").seeds.at(-1)!;
    return seeds.map((seed) => last[study.realizations.findIndex((one) => one.seed === seed)]);
  });
  const at = sorted.map(({ configuration: { width } }, i) => ({
    width,
    change: geometricMean(changes[i]),
  }));
  return {
    ...{ network: [...keys][0], widths: at },
    steps: at.slice(1).map(({ width }, i) => ({
      ...{ from: at[i].width, to: width },
      factor: geometricMean(changes[i + 1].map((change, s) => change / changes[i][s])),
    })),
  };
}
