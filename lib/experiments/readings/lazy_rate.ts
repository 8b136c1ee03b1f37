/**
 * How fast a network becomes its linearization as it is scaled up: the exponent of a in a gap ∝ a^−p.
 *
 * @module
 */
import {
  checkList,
  checkOneOf,
  checkOptions,
  checkPositive,
  maybe,
} from "../../numerics/checks.ts";
import { fitLine, type MeanAndError, meanAndError } from "../../statistics/mod.ts";
import { checkDrift, driftName } from "./drift_readings.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";

/** What of a scaled network is compared with its linearization at the horizon. */
export type LazyGap = "outputs" | "weights" | "kernel";

/** A gap against the scale a, and the exponent of its fall. */
export interface LazyRate {
  readonly network: string;
  readonly of: LazyGap;
  /** All scales, from the smallest up, with a gap a seed. */
  readonly points: readonly { readonly scale: number; readonly gaps: readonly number[] }[];
  /** The scales that the exponent is of, from `from` to `to`. */
  readonly window: readonly [from: number, to: number];
  /** p of gap ∝ a^−p: the mean over seeds of each seed's own line, and Student's interval. */
  readonly exponent: MeanAndError;
}

/**
 * The rate at which a network scaled by a agrees with its linearization: 1 for maps with a Lipschitz
 * derivative (Chizat, Oyallon, Bach 2019), which those with relus are not.
 *
 * "outputs": ‖Δf − J₀Δθ_lin‖/‖J₀Δθ_lin‖ at the horizon; "weights": ‖Δθ − Δθ_lin‖/‖Δθ_lin‖; "kernel":
 * ‖K_T − K_0‖/‖K_0‖. Beyond some a the outputs' gap is float32's rounding of f − f_0, which grows as a:
 * the window should end before.
 *
 * @param studies of one network at several scales
 * @throws {RangeError} if they are of several networks, two are of the same scale, or fewer than three scales lie in the window, or
 * fewer than two seeds are shared by all
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, lazyRate } from "../mod.ts";
 * const study = (scale: number) => ({
 *   configuration: { architecture: "fully-connected", width: 64, n: 50, scale },
 *   time: [0, 1],
 *   realizations: [1, 2].map((size, seed) => ({
 *     ...{ seed, own: {}, linear: {}, at: [], gap: { outputs: size / scale, weights: 1 } },
 *   })),
 * } as unknown as DriftStudy);
 * const { exponent } = lazyRate([1, 10, 100].map(study), { of: "outputs" });
 * assert(Math.abs(exponent.mean - 1) < 1e-12);
 * ```
 */
export function lazyRate(
  studies: readonly DriftStudy[],
  options: { readonly of: LazyGap; readonly from?: number; readonly to?: number },
): LazyRate {
  checkList("studies", studies, checkDrift);
  const { of, from = 0, to = Infinity } = checkOptions("options", options, {
    of: (name: string, value: LazyGap) => checkOneOf(name, value, ["outputs", "weights", "kernel"]),
    from: maybe(checkPositive),
    to: maybe(checkPositive),
  });
  const { network, sorted, seeds } = oneNetworkSweep(studies);
  const points = sorted.map((study) => ({
    scale: study.configuration.scale,
    gaps: seeds.map((seed) => gapOf(study, seed, of)),
  }));
  const inside = points.filter(({ scale }) => scale >= from && scale <= to);
  if (inside.length < 3 || seeds.length < 2) {
    throw new RangeError(
      `${inside.length} scales lie in the window, of ${seeds.length} seeds that all have; a rate ` +
        "needs three scales and two seeds",
    );
  }
  const slopes = seeds.map((_, s) =>
    -fitLine(
      inside.map(({ scale }) => Math.log(scale)),
      inside.map(({ gaps }) => Math.log(gaps[s])),
    ).slope
  );
  return {
    ...{ network, of, points, exponent: meanAndError(slopes) },
    window: [inside[0].scale, inside[inside.length - 1].scale],
  };
}

function gapOf({ realizations }: DriftStudy, seed: number, of: LazyGap): number {
  const { gap, at } = realizations.find((one) => one.seed === seed)!;
  return of === "kernel" ? at[at.length - 1].change[0] : gap[of];
}

/**
 * Studies of one network from the smallest scale up, and the seeds that all of them have.
 *
 * @throws {RangeError} if they are of several networks, or two are of the same scale
 */
export function oneNetworkSweep(studies: readonly DriftStudy[]) {
  const networks = new Set(studies.map(driftName));
  if (networks.size !== 1) {
    throw new RangeError(
      `studies are of ${networks.size} networks (${[...networks].join("; ")}); a rate is of one`,
    );
  }
  const sorted = studies.toSorted((a, b) => a.configuration.scale - b.configuration.scale);
  const twice = sorted.find(({ configuration: { scale } }, i) =>
    scale === sorted[i + 1]?.configuration.scale
  );
  if (twice) {
    throw new RangeError(
      `two studies have the scale ${twice.configuration.scale}; a rate takes each scale once`,
    );
  }
  const seeds = sorted[0].realizations.map(({ seed }) => seed).filter((seed) =>
    sorted.every(({ realizations }) => realizations.some((one) => one.seed === seed))
  );
  return { network: [...networks][0], sorted, seeds };
}
