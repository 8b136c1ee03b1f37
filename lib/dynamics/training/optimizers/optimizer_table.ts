/**
 * The one table of optimizers. A new one is a file beside these, an import and a line here.
 *
 * @module
 */
import { nameTable } from "../../../numerics/name_table.ts";
import { adam } from "./adam.ts";
import { constantSpeed } from "./constant_speed.ts";
import { gradientDescent } from "./gradient_descent.ts";
import { heavyBall } from "./heavy_ball.ts";
import { nesterov } from "./nesterov.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";

const entries = {
  "gradient-descent": { make: gradientDescent },
  "heavy-ball": { make: heavyBall, momentum: true },
  nesterov: { make: nesterov, momentum: true },
  rmsprop: { make: (): Optimizer => rmsprop() },
  adam: { make: (): Optimizer => adam() },
  "constant-speed": { make: constantSpeed },
} satisfies Record<
  string,
  {
    readonly make: (options: { readonly momentum?: number }) => Optimizer;
    /** Whether it takes a momentum. */
    readonly momentum?: true;
  }
>;

/** How each is made of the options that `descend` has for optimizers. */
export const optimizerTable: Readonly<typeof entries> = nameTable(entries);
