/**
 * What the paper leaves open: what is chosen here, why, and what another choice changes.
 *
 * @module
 */
import { checkStudies } from "../checks.ts";
import {
  alongThePath,
  atATenth,
  firstOrForGood,
  leftAfter,
  meansOverSeeds,
  ofStability,
  onBothClocks,
  shareLeft,
  withSmallerScale,
} from "./open_choice_numbers.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { studiesWith } from "./study_readings.ts";

/** A choice that the paper leaves open. */
export interface OpenChoice {
  /** What is not said there. */
  readonly open: string;
  readonly chosen: string;
  readonly why: string;
  /** What another choice changes, with numbers where a study is stored. */
  readonly otherwise: string;
  /** Where it is shown. */
  readonly notebook: string;
  /** A heading of that notebook. */
  readonly part: string;
}

const CONNECTED = { architecture: "fully-connected", width: 256, n: 500 } as const;
const MYRTLE = { architecture: "myrtle-5", width: 128, n: 500 } as const;

/** Sentences, of those that there are. */
const told = (...parts: readonly (string | false | undefined)[]) =>
  parts.filter(Boolean).join("; ") || "no study of it is stored";

const named = (name: string, text: string | undefined) => text && `${name}: ${text}`;

/**
 * The paper's open choices, with what stored studies say of them.
 *
 * @param studies as `storedResults("speed_limit")` gives them; without any, what would be numbers
 * says that none is stored
 * @throws {TypeError} if the studies are no array
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openChoices, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const [first] = openChoices(stored.map(({ result }) => result));
 * assert.match(first.otherwise, /^128 channels: .* at τ = 0.2/);
 * ```
 */
export function openChoices(studies: readonly SpeedLimitStudy[]): OpenChoice[] {
  checkStudies("studies", studies);
  return [...ofFigure1(studies), ...ofNetworks(studies), ...ofTraining(studies)];
}

function ofFigure1(studies: readonly SpeedLimitStudy[]): OpenChoice[] {
  const [notebook, part] = ["07_myrtle", "Choose the mark"];
  return [
    {
      open: "when panel d is read: a fixed epoch, a fixed loss, the end",
      chosen: "at stated marks, all of them: the same τ, nτ, loss left, or compute",
      why: "no end is the end: the ratio goes on changing, and after interpolation grows as T",
      otherwise: told(
        named("128 channels", alongThePath(studies, MYRTLE)),
        named("FCN", alongThePath(studies, CONNECTED)),
      ),
      ...{ notebook, part },
    },
    {
      open: "whether the loss is a sum or a mean over images",
      chosen: "a sum; times of a mean, nτ, beside",
      why: "at one n T/T_SL does not see the factor; between several n it is another time",
      otherwise: told(
        named(
          "32 channels",
          onBothClocks(studies, { architecture: "myrtle-5", width: 32 }),
        ),
        named("FCN", onBothClocks(studies, { architecture: "fully-connected", width: 256 })),
      ),
      ...{ notebook, part },
    },
    {
      open: "the total number of epochs",
      chosen: "20,000 of 1e-5 (τ = 0.2) at every size, beyond the peak where a study says so",
      why: "what all sizes could be given" + littleLearnt(studies),
      otherwise: told(
        named("128 channels", leftAfter(studies, MYRTLE, 20_000)),
        named("FCN", leftAfter(studies, CONNECTED, 20_000)),
        leftAfter(studies, CONNECTED, 500_000),
      ),
      notebook,
      part: "Narrower networks, longer",
    },
    {
      open: "the order of the panels between b and e",
      chosen: "b cold, c warm, d against n, e lengths",
      why: "as a reviewer lists them",
      otherwise: "names of panels, no number",
      notebook,
      part: "Live: a small study",
    },
    {
      open: "how realizations are averaged",
      chosen: "geometric means with Student's 95 % interval of the logarithm, cut at 1",
      why: "realizations differ by factors; one large one would carry a usual mean",
      otherwise: told(
        named("128 channels", meansOverSeeds(studies, MYRTLE)),
        named("16 channels", meansOverSeeds(studies, { ...MYRTLE, width: 16 })),
      ),
      ...{ notebook, part },
    },
    {
      open: 'whether the accuracy "first reaches" 12 % or stays there',
      chosen: "the first recorded time from which on its mean over realizations stays",
      why: "a random network can be above by chance before it has learnt anything",
      otherwise: told(firstOrForGood(studies)),
      notebook,
      part: "The warm start",
    },
  ];
}

/** How much is left at τ = 0.2, where that is most. */
function littleLearnt(studies: readonly SpeedLimitStudy[]): string {
  const share = shareLeft(studies, MYRTLE, 20_000);
  if (share === undefined) return "";
  const left = `${(100 * share).toPrecision(3)} % of ½‖Y‖² at 128 channels`;
  return share > 0.8
    ? `; little of the loss is learnt by then, ${left} are left`
    : `; by then ${left} are left`;
}

function ofNetworks(studies: readonly SpeedLimitStudy[]): OpenChoice[] {
  const notebook = "06_fully_connected";
  const part = "Initialization and parametrization";
  const biased = studies.some(({ configuration }) => (configuration.biasStd ?? 0) > 0);
  const widths = new Set(
    studiesWith(studies, { architecture: "fully-connected" }).map((s) => s.configuration.width),
  );
  const tenth = (name: string, own: object) =>
    named(name, atATenth(studies, { ...CONNECTED, ...own }));
  return [
    {
      open: "the scale of the initial weights",
      chosen: "He's, W_std = √2",
      why: "the usual one for relu: signals keep their size from layer to layer",
      otherwise: told(
        named("Myrtle-5, 16 channels", withSmallerScale(studies, { ...MYRTLE, width: 16 })),
        tenth("FCN where a tenth of ½‖Y‖² is left: He", {}),
        tenth("W_std = 1", { weightStd: 1 }),
      ),
      ...{ notebook, part },
    },
    {
      open: "the parametrization",
      chosen: "ntk: weights of variance 1, scales in front",
      why: "the kernel has a limit of infinite width, and λ does not grow with it",
      otherwise: told(
        tenth("FCN where a tenth of ½‖Y‖² is left: ntk", {}),
        tenth("standard", { parametrization: "standard" }),
      ),
      ...{ notebook, part },
    },
    {
      open: "biases",
      chosen: "none",
      why: "the simplest; no formula needs them",
      otherwise: biased
        ? "studies with biases are stored: `deno task study --stored` lists them"
        : "not measured: `deno task study speed-limit --bias-std 0.1` would",
      notebook,
      part: "Choices",
    },
    {
      open: "widths and depth of the fully connected networks",
      chosen: "two hidden layers of 256",
      why: "one width for all n; its kernels stand beside those of infinite width in notebook 05",
      otherwise: widths.size > 1
        ? `stored for widths ${[...widths].sort((a, b) => a - b).join(", ")}`
        : "no other width is stored: `deno task study speed-limit --architecture " +
          "fully-connected --width 1024` makes it",
      notebook,
      part: "Choices",
    },
  ];
}

function ofTraining(studies: readonly SpeedLimitStudy[]): OpenChoice[] {
  return [
    {
      open: "what stands for a learning rate of 1e-5",
      chosen: "the flow itself, to 1 % of T/T_SL; steps of 1e-5 beside it",
      why: "the bound is of flows; steps below the stability limit follow it",
      otherwise: told(
        named("32 channels", ofStability(studies, { architecture: "myrtle-5", width: 32 })),
      ),
      notebook: "07_myrtle",
      part: "Gradient descent at $10^{-5}$, beside the flow",
    },
    {
      open: "targets and the factor of the squared error",
      chosen: "½Σ‖f − y‖² with one-hot − 1/10",
      why: "centred labels leave no constant to be learnt first",
      otherwise: "a factor changes no T/T_SL at the same point of the path; another offset is " +
        "not measured",
      notebook: "06_fully_connected",
      part: "Choices",
    },
    {
      open: "which images, and how they are scaled",
      chosen: "the first n training images, each channel standardized by all 50,000",
      why: "a smaller n is a part of a larger; no draw to report",
      otherwise: "other images are not measured: intervals are over initial weights alone",
      notebook: "06_fully_connected",
      part: "The data",
    },
  ];
}
