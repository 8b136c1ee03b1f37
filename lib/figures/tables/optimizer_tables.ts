/**
 * Rows of the tables of notebook 11: optimizers at equal losses, how their rates were found, whether ratios judge.
 *
 * @module
 */
import {
  judgeCases,
  networkName,
  optimizersAt,
  type OptimizersStudy,
  seedMean,
  seedMeanText,
  type WalkAtMark,
  type WalkMark,
} from "../../experiments/mod.ts";
import { checkOptimizers } from "../../experiments/checks_of_optimizers.ts";
import {
  OPTIMIZER_TEXT,
  silent,
  withoutLosses,
} from "../../experiments/readings/optimizer_readings.ts";
import { repeatingPairs } from "../../experiments/readings/judge_readings.ts";
import type { RuleName } from "../../experiments/studies/computations/step_rule.ts";
import { checkList } from "../../numerics/checks.ts";
import { percent, shareText } from "./schedule_tables.ts";
import type { TableRows } from "./table_text.ts";

/** η as a power of two where it is one. */
function rateText(rate: number | undefined): string {
  if (rate === undefined) return "none";
  const power = Math.log2(rate);
  return Number.isInteger(power) ? `2^${String(power).replace("-", "−")}` : rate.toPrecision(3);
}

/**
 * Every optimizer where the same training loss is left, or where the test loss is the same: steps, gradients, lengths,
 * ratios in its own metric and in steps, what that own one is, test accuracy and loss. Geometric means over the seeds;
 * of shares the mean. Of an optimizer that loses a seed there is no mean.
 *
 * @throws {RangeError} if the mark is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../../experiments/mod.ts";
 * import { optimizerRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * const { left } = result.configuration;
 * assert.equal(optimizerRows(result, { left }).length, result.optimizers.length);
 * ```
 */
export function optimizerRows(study: OptimizersStudy, mark: WalkMark): TableRows {
  return optimizersAt(checkOptimizers("study", study), mark).map((one) => {
    const { optimizer, of, seeds } = one;
    const whole = withoutLosses(one);
    const mean = (name: keyof WalkAtMark, digits = 1) => meanOr(whole, name, digits);
    const share = (name: keyof WalkAtMark) =>
      whole.length === 0 ? NONE : shareText(whole.map((seed) => seed[name]));
    return {
      optimizer: OPTIMIZER_TEXT[optimizer],
      seeds: `${seeds.length} of ${of}`,
      "steps, gradients": mean("steps"),
      "Gram matrices": optimizer === "natural" ? mean("steps") : "none",
      "path Σ‖δθ‖": mean("pathLength", 2),
      "straight ‖Δθ‖": mean("distance", 2),
      "own T/T_SL": mean("own", 2),
      "which is": OWN[optimizer],
      "N Σ‖δθ‖²/‖Δθ‖²": mean("discrete"),
      "share of the limit of ΔL_test": share("testShare"),
      "test accuracy": share("testAccuracy"),
      "test loss": mean("testLoss", 3),
      "over that of output 0": whole.length === 0 ? NONE : seedMeanText(
        seedMean(whole.map(({ testLoss }) => testLoss / silent(1))),
        { digits: 2 },
      ),
    };
  });
}

/** What stands where seeds were lost. */
const NONE = "–";

const meanOr = (seeds: readonly WalkAtMark[], name: keyof WalkAtMark, digits: number) =>
  seeds.length === 0 ? NONE : seedMeanText(seedMean(seeds.map((seed) => seed[name])), { digits });

/** What each one's own ratio is. */
const OWN: Readonly<Record<RuleName, string>> = {
  "gradient-descent": "Nη F/‖Δθ‖², the same as the next",
  "constant-speed": "F Σ(η/|∇L|)/‖Δθ‖²",
  "heavy-ball": "4., with F",
  nesterov: "4., with F, of φ",
  rmsprop: "2., with F",
  adam: "2., with Q",
  natural: "N Σ‖δf‖²/‖Δf‖², of outputs",
};

/**
 * Whether a ratio puts optimizers in the order of steps, or of test loss: the share of pairs, and how often two seeds
 * agree on that order themselves. Test accuracy is asked for the latter alone.
 *
 * @throws {RangeError} if a study has no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../../experiments/mod.ts";
 * import { judgeRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(judgeRows([result]).length, 5);
 * ```
 */
export function judgeRows(studies: readonly OptimizersStudy[]): TableRows {
  checkList("studies", studies, checkOptimizers);
  return studies.flatMap((study) => {
    const { architecture, width, n, left } = study.configuration;
    const network = `${networkName({ architecture, width })}, n = ${n}`;
    const accuracy = repeatingPairs(
      optimizersAt(study, { left }),
      ({ testAccuracy }) => testAccuracy,
    );
    const repeats = (shares: readonly number[]) =>
      shares.length === 0
        ? NONE
        : `${(100 * shares.reduce((a, b) => a + b, 0) / shares.length).toFixed(0)} %`;
    return [
      ...judgeCases(study).map(({ ratio, against, pairs, repeats: again }) => ({
        ...{ network, ratio, "order of": against },
        "pairs in the same order": percent(seedMean(pairs, { geometric: false })),
        seeds: pairs.length,
        "two seeds agree on it in": repeats(again),
      })),
      {
        ...{ network, ratio: NONE, "order of": "test accuracy" },
        ...{ "pairs in the same order": NONE, seeds: NONE },
        "two seeds agree on it in": repeats(accuracy),
      },
    ];
  });
}

/**
 * How each learning rate was found: the rate, how many of the grid were tried, whether it is an end of the grid, its
 * steps on the tuning seeds, and how many of the seeds then came to the mark, diverged or spent their steps; and how
 * far the loss rose above its start, which the rule forbids on the tuning seeds alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../../experiments/mod.ts";
 * import { tuningRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(tuningRows(result).length, result.optimizers.length);
 * ```
 */
export function tuningRows(study: OptimizersStudy): TableRows {
  const { optimizers } = checkOptimizers("study", study);
  return optimizers.map(({ optimizer, rate, atEdge, tried, walks }) => {
    const chosen = tried.find((one) => one.rate === rate);
    return {
      optimizer: OPTIMIZER_TEXT[optimizer],
      "η": rateText(rate),
      "rates tried": tried.length,
      "an end of the grid": atEdge ? "yes" : "no",
      "steps, tuning seeds": chosen?.steps.join(", ") ?? "",
      "came to the mark": `${walks.filter(({ end }) => end === "mark").length} of ${walks.length}`,
      diverged: walks.filter(({ end }) => end === "diverged").length,
      "steps spent": walks.filter(({ end }) => end === "steps").length,
      "highest L/L_0 of those that came": walks.length === 0 ? NONE : Math.max(
        ...walks.filter(({ end }) => end === "mark").map(({ loss }) => Math.max(...loss) / loss[0]),
      ).toFixed(2),
    };
  });
}
