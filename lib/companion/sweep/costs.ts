/**
 * What runs cost, from what was measured: seconds of a gradient on two quiet cores, the number of
 * gradients that stored studies and the second program's recordings took, and laws by which both
 * grow. An estimate, not a promise; it says how sure it is.
 *
 * @module
 */
import { join } from "node:path";
import { recordedFiles } from "../../experiments/readings/recorded_files.ts";
import { dataFolder } from "../../experiments/study/data_folder.ts";
import { readStoredFile, storedNames, tellLeftOut } from "../../experiments/study/stored_files.ts";
import { mean } from "../../statistics/mod.ts";

/** How far an estimate is from what was measured. */
export type Sureness = "measured" | "scaled" | "guessed";

/** What a run is expected to take. */
export interface Cost {
  /** Seconds of one core; on some at once, divided by these. */
  readonly coreSeconds: number;
  /** Bytes / 2²⁰ of memory, with room to spare. */
  readonly memory: number;
  readonly sureness: Sureness;
}

/** How many full gradients flows of a network took, on average over seeds. */
export interface MeasuredFlow {
  readonly architecture: string;
  readonly width: number;
  readonly n: number;
  readonly horizon: number;
  readonly gradients: number;
}

/** Seconds of a full gradient with 500 images on two cores (Xeon with AVX-512, quiet), by width. */
const GRADIENT_SECONDS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  "myrtle-5": { 16: 0.113, 32: 0.29, 128: 2.5 },
  // 297 gradients with 5000 images took 19 s: data/speed_limit/fully_connected_256_n5000.
  "fully-connected": { 256: 0.0064 },
};

/** Not measured: as many times the gradient of Myrtle-5 as they have layers more. */
const AS_MYRTLE_5: Readonly<Record<string, number>> = { "myrtle-7": 7 / 5, "myrtle-10": 2 };

/** Cores that the seconds are of. */
const CORES = 2;

/** Seconds until a run has loaded TensorFlow and its images. */
const START_SECONDS = 4;

/**
 * Core seconds of a full gradient.
 *
 * Between measured widths by a power law, beyond them by the square: there products of channels are
 * all the work. Linear in the images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gradientCost } from "./costs.ts";
 * assert.deepEqual(gradientCost("myrtle-5", 128, 500), { coreSeconds: 5, sureness: "measured" });
 * assert.deepEqual(gradientCost("myrtle-5", 256, 500), { coreSeconds: 20, sureness: "scaled" });
 * ```
 */
export function gradientCost(
  architecture: string,
  width: number,
  n: number,
): Pick<Cost, "coreSeconds" | "sureness"> {
  const known = Object.hasOwn(GRADIENT_SECONDS, architecture);
  const table = GRADIENT_SECONDS[known ? architecture : "myrtle-5"];
  const widths = Object.keys(table).map(Number).sort((a, b) => a - b);
  const above = widths.find((one) => one >= width);
  const below = widths.findLast((one) => one <= width);
  const [from, power] = above === undefined || below === undefined ? [above ?? below!, 2] : [
    below,
    above === below ? 0 : Math.log(table[above] / table[below]) / Math.log(above / below),
  ];
  const seconds = table[from] * (width / from) ** power * (AS_MYRTLE_5[architecture] ?? 1);
  return {
    coreSeconds: CORES * seconds * n / 500,
    sureness: !known ? "guessed" : from === width ? "measured" : "scaled",
  };
}

/**
 * How many gradients a flow takes, from the nearest that was measured: as √n, by λ_max of the kernel,
 * and as τ^0.8, between the √τ of a kernel that stays and the τ of one that grows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gradientsOf } from "./costs.ts";
 * const flow = { architecture: "myrtle-5", width: 32, n: 500, horizon: 0.2, gradients: 140 };
 * assert.deepEqual(gradientsOf(flow, [flow]), { gradients: 140, sureness: "measured" });
 * assert.equal(Math.round(gradientsOf({ ...flow, n: 2000 }, [flow]).gradients), 280);
 * ```
 */
export function gradientsOf(
  { architecture, width, n, horizon }: Omit<MeasuredFlow, "gradients">,
  measured: readonly MeasuredFlow[],
): { readonly gradients: number; readonly sureness: Sureness } {
  const apart = (one: MeasuredFlow) =>
    Math.log(n / one.n) ** 2 + Math.log(horizon / one.horizon) ** 2 +
    // The width changes it least.
    Math.log(width / one.width) ** 2 / 4;
  const like = measured.filter((one) => one.architecture === architecture);
  const [nearest] = (like.length > 0 ? like : measured).toSorted((a, b) => apart(a) - apart(b));
  if (!nearest) return { gradients: 1000 * Math.sqrt(n / 100), sureness: "guessed" };
  const factor = Math.sqrt(n / nearest.n) * (horizon / nearest.horizon) ** 0.8;
  const far = like.length === 0 || apart(nearest) > Math.log(10) ** 2;
  const sureness = apart(nearest) < 1e-9 && !far ? "measured" : far ? "guessed" : "scaled";
  return { gradients: nearest.gradients * factor, sureness };
}

/**
 * What of stored studies and recordings tells the number of gradients; none where nothing is stored.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredFlows } from "./costs.ts";
 * const flows = await measuredFlows();
 * assert(flows.some(({ width, n }) => width === 128 && n === 500));
 * ```
 */
export async function measuredFlows(data: string = dataFolder): Promise<MeasuredFlow[]> {
  const stored = await Promise.all((await storedNames("speed_limit", data)).map(async (name) => {
    const file = await orNothing(readStoredFile(`speed_limit/${name}`, data));
    if (!file) return [];
    const { configuration, realizations } = file.result as {
      readonly configuration: Omit<MeasuredFlow, "gradients"> & { readonly weightStd?: number };
      readonly realizations: readonly { readonly gradients: number }[];
    };
    const { architecture, width, n, horizon, weightStd } = configuration;
    const usual = weightStd === undefined || Math.abs(weightStd - Math.SQRT2) < 1e-9;
    if (!usual || name.includes("standard")) return []; // another scale, another clock
    const gradients = mean(realizations.map((one) => one.gradients));
    return [{ architecture, width, n, horizon, gradients }];
  }));
  const recorded = (await recordedFiles(join(data, "peers"), tellLeftOut))
    .filter(({ about: { parametrization, weightStd } }) =>
      parametrization === "ntk" && Math.abs(weightStd - Math.SQRT2) < 1e-5 // as above
    )
    .map(({ about: { architecture, width, n, horizon, gradients } }) => ({
      ...{ architecture, width, n, horizon, gradients },
    }));
  return [...stored.flat(), ...recorded];
}

/** What is damaged is told, and its flows are not known: no sweep need wait for them. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    tellLeftOut(error as Error);
    return undefined;
  }
}

/** Of several estimates that are added, the least sure one's word. */
export function leastSure(...words: readonly Sureness[]): Sureness {
  return (["guessed", "scaled"] as const).find((word) => words.includes(word)) ?? "measured";
}

/** What runs tell of themselves; each study's has some of it. */
interface AnyInput {
  readonly architecture?: string;
  readonly width?: number | "infinite";
  readonly n?: number;
  readonly horizon?: number;
  readonly kernels?: number;
  readonly shares?: readonly number[];
  readonly factors?: readonly number[];
}

/**
 * What a run of any study is expected to cost.
 *
 * @param measured of {@link measuredFlows}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { costOf } from "./costs.ts";
 * const input = { architecture: "myrtle-5", width: 128, n: 500, horizon: 0.2 };
 * const measured = [{ ...input, gradients: 144 }];
 * const { coreSeconds, sureness } = costOf("speed-limit", input, measured);
 * assert.equal(Math.round(coreSeconds), 728); // 144 gradients of 5 core seconds, and the start
 * assert.equal(sureness, "measured");
 * ```
 */
export function costOf(
  study: string,
  input: object,
  measured: readonly MeasuredFlow[],
): Cost {
  const { architecture = "myrtle-5", width = 64, n = 500, horizon = 1, ...rest } =
    input as AnyInput;
  const start = CORES * START_SECONDS;
  const eigen = 5.4e-10 * n ** 3; // core seconds: 0.27 s on two cores for n = 1000
  const memory = memoryOf(width, n, study !== "speed-limit");
  if (width === "infinite") {
    // 8.8 s on two cores for the 136 pairs of 16 images; a fully connected one has two numbers each.
    const pairs = n * (n + 1) / 2 * (architecture === "fully-connected" ? 1e-6 : 0.13);
    return { coreSeconds: start + pairs + eigen, memory, sureness: "scaled" };
  }
  const gradient = gradientCost(architecture, width, n);
  // A kernel of gradients of single images costs about as ten gradients, and its spectrum.
  const kernels = (rest.kernels ?? (study === "speed-limit" ? 0 : 1)) *
    (10 * gradient.coreSeconds + eigen);
  if (study === "kernels") return { coreSeconds: start + kernels, memory, sureness: "guessed" };
  const flow = gradientsOf({ architecture, width, n, horizon }, measured);
  const flows = Math.max(1, (rest.shares?.length ?? 0) + (rest.factors?.length ?? 0));
  return {
    coreSeconds: start + flows * flow.gradients * gradient.coreSeconds + kernels,
    memory,
    sureness: study === "speed-limit" ? leastSure(gradient.sureness, flow.sureness) : "guessed",
  };
}

/** 2²⁰ bytes: Deno with TensorFlow and its batches, the images, the solver's vectors, kernels. */
function memoryOf(width: number | "infinite", n: number, kernels: boolean): number {
  const parameters = width === "infinite" ? 0 : 9 * 4 * width ** 2 + 3072 * width;
  const bytes = 1.4e9 + 3 * 4 * 3072 * n + 12 * 8 * parameters + (kernels ? 6 * 8 * n ** 2 : 0);
  return Math.ceil(bytes / 2 ** 20 / 512) * 512;
}
