/**
 * Kernels in pictures: spectra, residues, and what they foretell.
 *
 * @module
 */
import type { LinearFlow } from "../dynamics/mod.ts";
import {
  type KernelExponents,
  kernelFlows,
  kernelName,
  type KernelStudy,
  pathOfSeed,
  type SpeedLimitStudy,
} from "../experiments/mod.ts";
import { checkExponents, checkKernel, checkStudy } from "../experiments/checks.ts";
import {
  checkFunction,
  checkList,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import type { PlotlyPart } from "./look.ts";
import { line, LINE_CHECKS, type LineOptions } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** How a panel calls its kernels, and colours them. */
export interface KernelPanelOptions {
  readonly nameOf?: (study: KernelStudy) => string;
  /** One a kernel; by their names if left out. */
  readonly colors?: readonly string[];
}

const places = (values: ArrayLike<number>) => Array.from(values, (_, k) => k + 1);

/**
 * Spectra divided by the number of images, where those of one network lie on each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResults } from "../experiments/mod.ts";
 * import { spectrumPanel } from "./kernel_panels.ts";
 * const [{ result }] = await storedResults<KernelStudy>("kernels");
 * assert.equal(spectrumPanel([result]).marks.length, 1);
 * ```
 */
export function spectrumPanel(
  studies: readonly KernelStudy[],
  options: KernelPanelOptions = {},
): Panel {
  checkList("studies", studies, checkKernel);
  const { nameOf = kernelName, colors } = checkOptions("options", options, {
    ...{ nameOf: maybe(checkFunction), colors: maybe(checkList, checkText) },
  });
  const marks = studies.map((study, i) => {
    const perImage = study.eigenvalues.map((value) => value / study.configuration.n);
    return line(places(perImage), perImage, { name: nameOf(study), color: colors?.[i] });
  });
  return { marks, x: "k", y: "λ_{k}/n", log: "xy" };
}

/**
 * The residue along the eigenvectors of one kernel: at initialization, and of the labels alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResults } from "../experiments/mod.ts";
 * import { residuePanel } from "./kernel_panels.ts";
 * const [{ result }] = await storedResults<KernelStudy>("kernels");
 * assert.equal(residuePanel(result).marks.length, 2);
 * ```
 */
export function residuePanel(
  study: KernelStudy,
  options: Pick<KernelPanelOptions, "nameOf"> = {},
): Panel {
  checkKernel("study", study);
  const { nameOf = kernelName } = checkOptions("options", options, {
    nameOf: maybe(checkFunction),
  });
  const marks = ([
    ["at initialization", study.startSquares],
    ["labels alone", study.labelSquares],
  ] as const).map(([name, squares]) => line(places(squares), squares, { name, mode: "markers" }));
  return { marks, x: "k", y: "Δ_{k}^{2}", log: "xy", title: nameOf(study) };
}

/** 10⁻⁵ to 10 in τ: from before the first mode moves to after most have settled. */
const TIMES = Array.from({ length: 70 }, (_, i) => 10 ** (-5 + 6 * i / 69));

/**
 * T/T_SL of a linear flow, from τ = 10⁻⁵ to 10.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearFlow } from "../dynamics/mod.ts";
 * import { inefficiencyLine } from "./kernel_panels.ts";
 * const [{ y }] = inefficiencyLine(linearFlow({ eigenvalues: [2], residue: [1] }));
 * assert(Math.abs((y as number[])[0] - 1) < 1e-6);
 * ```
 */
export function inefficiencyLine(flow: LinearFlow, options: LineOptions = {}): PlotlyPart[] {
  checkRecord("flow", flow, { along: checkFunction }, "a flow, as linearFlow gives it");
  checkOptions("options", options, LINE_CHECKS);
  return line(TIMES, flow.along(TIMES).inefficiency, options);
}

/**
 * T/T_SL of the flow with a kernel averaged over outputs, as its power laws foretell it, and as the
 * network itself was measured.
 *
 * @param measured a study of the same network; without its seed there is no such line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf, type KernelStudy, storedResults } from "../experiments/mod.ts";
 * import { forecastPanel } from "./kernel_panels.ts";
 * const [{ result }] = await storedResults<KernelStudy>("kernels");
 * const short = { ...result, configuration: { ...result.configuration, n: 200 } };
 * const first = (values: number[]) => values.slice(0, 200);
 * const fit = exponentsOf({
 *   ...short,
 *   eigenvalues: first(result.eigenvalues),
 *   startSquares: first(result.startSquares),
 *   labelSquares: first(result.labelSquares),
 * });
 * assert.equal(forecastPanel(fit).marks.length, 2);
 * ```
 */
export function forecastPanel(fit: KernelExponents, measured?: SpeedLimitStudy): Panel {
  checkExponents("fit", fit);
  if (measured !== undefined) checkStudy("measured", measured);
  const { exact, powerLaw } = kernelFlows(fit);
  const { seed } = fit.configuration;
  const own = measured && seed !== undefined ? pathOfSeed(measured, seed, "cold") : undefined;
  return {
    marks: [
      inefficiencyLine(exact, { name: "sum over the mean kernel" }),
      inefficiencyLine(powerLaw, { name: "power-law forecast", dash: "dash" }),
      ...(own
        ? [line(own.time.slice(1), own.inefficiency.slice(1), { name: "the network itself" })]
        : []),
    ],
    ...{ x: "time τ", y: "T/T_{SL}", log: "xy", title: fit.name },
  };
}
