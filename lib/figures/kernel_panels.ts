/**
 * Kernels in pictures: spectra, residues, and what they predict.
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
  powerLawForecast,
  type SeedPath,
  type SpeedLimitStudy,
} from "../experiments/mod.ts";
import {
  checkColumn,
  checkKernel,
  checkLaw,
  checkPath,
  checkStudy,
  checkValue,
} from "../experiments/checks.ts";
import {
  checkFunction,
  checkList,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import type { ExponentLimit, SampledPowerLaw } from "../statistics/mod.ts";
import type { PlotlyPart } from "./look.ts";
import { line, LINE_CHECKS, type LineOptions, points } from "./marks.ts";
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

/** An exponent against n: as sampled, and of the population. */
export interface ExponentCurve {
  readonly name: string;
  readonly fits: readonly Pick<
    SampledPowerLaw,
    "exponent" | "wide" | "samples" | "uncorrected"
  >[];
  readonly limit?: Pick<ExponentLimit, "exponent">;
}

/**
 * Exponents against the number of images: of the population, with the intervals of images, seeds and
 * window; as sampled in the same windows, dashed; and the limit, dotted. Those that are
 * undetermined (NaN) are left out.
 *
 * @param y the axis's text
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentPanel } from "./kernel_panels.ts";
 * const fit = { exponent: 1.1, wide: [1, 1.2] as const, samples: 500, uncorrected: 0.9 };
 * const { marks } = exponentPanel([{ name: "α", fits: [fit] }]);
 * assert.deepEqual(marks.flat().map(({ name }) => name), ["α", "α, as sampled"]);
 * ```
 */
export function exponentPanel(curves: readonly ExponentCurve[], y = "exponent"): Panel {
  const fit = must(checkRecord, {
    ...{ exponent: checkValue, wide: checkColumn, samples: checkValue, uncorrected: checkValue },
  });
  checkList(
    "curves",
    curves,
    must(checkRecord, {
      ...{ name: checkText, fits: must(checkList, fit) },
      limit: maybe(checkRecord, { exponent: checkValue }),
    }),
  );
  checkText("y", y);
  const marks = curves.flatMap(({ name, fits, limit }) => {
    const known = fits.filter(({ exponent }) => Number.isFinite(exponent));
    if (known.length === 0) return [];
    const n = known.map(({ samples }) => samples);
    const ends = [Math.min(...n), Math.max(...n)];
    return [
      points(n, known.map(({ exponent }) => exponent), {
        ...{ name, low: known.map(({ wide }) => wide[0]), high: known.map(({ wide }) => wide[1]) },
      }),
      line(n, known.map(({ uncorrected }) => uncorrected), {
        ...{ name: `${name}, as sampled`, dash: "dash", mode: "lines+markers" },
      }),
      ...(limit
        ? [line(ends, ends.map(() => limit.exponent), { name: `${name}, n → ∞`, dash: "dot" })]
        : []),
    ];
  });
  return { marks, x: "images n", y, log: "x" };
}

/**
 * T/T_SL of the flow with a kernel averaged over outputs, as the power laws of its network predict it,
 * and, where they are there, of the network linearized with the kernel of all outputs and of the network
 * itself.
 *
 * @param fit the exponents of the kernel's network and n
 * @param measured a study of the same network; without the kernel's seed there is no such line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf, type KernelStudy } from "../experiments/mod.ts";
 * import { forecastPanel } from "./kernel_panels.ts";
 * const law = (exponent: number) => Array.from({ length: 200 }, (_, k) => (k + 1) ** -exponent);
 * const kernel: KernelStudy = {
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 200 },
 *   ...{ eigenvalues: law(1.5), startSquares: law(1.6), labelSquares: law(1.3), lossAtStart: 1 },
 * };
 * assert.equal(forecastPanel(exponentsOf([kernel]), kernel).marks.length, 2);
 * ```
 */
export function forecastPanel(
  fit: Pick<KernelExponents, "alpha" | "start">,
  study: KernelStudy,
  options: {
    readonly measured?: SpeedLimitStudy;
    readonly linearized?: Pick<SeedPath, "time" | "inefficiency">;
  } = {},
): Panel {
  const { alpha, start } = checkRecord("fit", fit, { alpha: checkLaw, start: checkLaw });
  checkKernel("study", study);
  const { measured, linearized } = checkOptions("options", options, {
    ...{ measured: maybe(checkStudy), linearized: maybe(checkPath) },
  });
  const { seed, n } = study.configuration;
  const powerLaw = powerLawForecast({ alpha, start, modes: n });
  const own = measured && seed !== undefined ? pathOfSeed(measured, seed, "cold") : undefined;
  const path = (name: string, one?: Pick<SeedPath, "time" | "inefficiency">) =>
    one ? [line(one.time.slice(1), one.inefficiency.slice(1), { name })] : [];
  return {
    marks: [
      inefficiencyLine(kernelFlows(study).averaged, { name: "sum over the mean kernel" }),
      inefficiencyLine(powerLaw, { name: "power-law forecast", dash: "dash" }),
      ...path("linearized, all outputs", linearized),
      ...path("the network itself", own),
    ],
    ...{ x: "time τ", y: "T/T_{SL}", log: "xy", title: kernelName(study) },
  };
}
