import type { Activation } from "../../lib/networks/mod.ts";

/** A nonlinearity that the library does not have, as a user would give it. */
export const tanh: Activation = {
  name: "tanh",
  forward: (x) => x.tanh(),
  derivative: ({ y }, u) => u.mul(y.square().neg().add(1)),
  value: Math.tanh,
  slope: (x) => 1 - Math.tanh(x) ** 2,
};
