/**
 * The fields by which every study tells its network, beside architecture and width.
 *
 * @module
 */
import { activationNames, activationOf } from "../../networks/mod.ts";
import { type FieldsOf, integer, number, oneOf, optional } from "../study/fields.ts";
import type { NetworkConfiguration } from "./computations/network_of.ts";

/** "√2 for relu, gelu; 1 for erf, linear", of the activations' own W_std. */
function ownStds(): string {
  const stds = activationNames.map((name) => activationOf(name)?.weightStd ?? 1);
  return [...new Set(stds)].map((std) => {
    const names = activationNames.filter((_, i) => stds[i] === std);
    return `${std === Math.SQRT2 ? "√2" : std} for ${names.join(", ")}`;
  }).join("; ");
}

type Told = Pick<NetworkConfiguration, "depth" | "activation" | "weightStd" | "biasStd">;

/** Left out, each is what the architecture makes of it. */
export const networkFields: FieldsOf<Told, Told> = {
  depth: optional(
    integer({ help: "hidden layers of a fully connected network (2)", most: 64, tag: "depth" }),
  ),
  activation: optional(
    oneOf(activationNames, { help: "of a fully connected network (relu)", tag: "" }),
  ),
  weightStd: optional(
    number({
      help: `W_std of the initial weights (${ownStds()})`,
      above: 0,
      most: 1e6,
      tag: "std",
    }),
  ),
  biasStd: optional(
    number({ help: "b_std of the initial biases (0: none)", least: 0, most: 1e6, tag: "bias" }),
  ),
};
