/**
 * All that our side does, by name.
 *
 * @module
 */
import { eigenOf, exactW2, gaussianW2, ornsteinUhlenbeckLaw, productOf } from "./algebra.ts";
import { DESCENT, myrtleDescent, myrtleFlow, smallFlow, wideFlow } from "./flows.ts";
import { gradientOf, infiniteOf, jvpOf, kernelOf, sgemmOf, vjpOf } from "./networks.ts";
import { startOf } from "./starts.ts";
import type { MakeWork } from "./work.ts";

/** By the name that rows call them. */
export const WORKS: Readonly<Record<string, MakeWork>> = {
  "gradient-fcn": gradientOf("fcn"),
  "gradient-myrtle": gradientOf("myrtle"),
  "jvp-fcn": jvpOf("fcn"),
  "jvp-myrtle": jvpOf("myrtle"),
  "vjp-fcn": vjpOf("fcn"),
  "vjp-myrtle": vjpOf("myrtle"),
  "trace-fcn": kernelOf("fcn", "trace"),
  "trace-myrtle": kernelOf("myrtle", "trace"),
  "full-fcn": kernelOf("fcn", "full"),
  "full-myrtle": kernelOf("myrtle", "full"),
  "infinite-fcn": infiniteOf("fcn"),
  "infinite-myrtle": infiniteOf("myrtle"),
  sgemm: sgemmOf,
  eigh: eigenOf(true),
  eigenvalues: eigenOf(false),
  product: productOf,
  "gaussian-w2": gaussianW2,
  "exact-w2": exactW2,
  "ornstein-uhlenbeck": ornsteinUhlenbeckLaw,
  "small-flow": smallFlow,
  "myrtle-flow": myrtleFlow,
  "myrtle-descent": myrtleDescent,
  "wide-flow": wideFlow(),
  "wide-descent": wideFlow(DESCENT),
  import: startOf("import_library.ts"),
  "first-figure": startOf("first_figure.ts"),
  "set-up": startOf("set_up.ts", { fresh: true }),
};
