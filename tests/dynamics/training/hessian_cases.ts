/** The networks, images, targets, weights and direction of tests/golden/hessian.py. */
import {
  antisymmetric,
  fullyConnected,
  myrtle5,
  type Network,
  scaled,
  unflatten,
} from "../../../lib/networks/mod.ts";
import { elementCount, type Tensor } from "../../../lib/numerics/mod.ts";
import golden from "../../golden/hessian.json" with { type: "json" };

/** The script's numbers. */
export const numbers = (count: number, salt: number): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, i) => Math.fround(Math.sin(1.3 * i + 0.01 * i * (i % 7) + salt)),
  );

const tensor = (shape: readonly number[], salt: number): Tensor => ({
  shape,
  data: Float32Array.from(numbers(elementCount(shape), salt)),
});

export const scales = { weightStd: 1.3, biasStd: 0.3, parametrization: "ntk" } as const;

type Name = keyof typeof golden.cases;

const networks: Readonly<Record<Name, readonly [Network, number]>> = {
  "gelu": [fullyConnected({ widths: [6, 9, 7, 3], activation: "gelu", ...scales }), 5],
  "erf": [fullyConnected({ widths: [6, 9, 7, 3], activation: "erf", ...scales }), 5],
  "relu": [fullyConnected({ widths: [6, 9, 7, 3], ...scales }), 5],
  "antisymmetric gelu": [
    antisymmetric(fullyConnected({ widths: [6, 5, 3], activation: "gelu", ...scales })),
    5,
  ],
  "scaled erf": [
    scaled(fullyConnected({ widths: [6, 5, 3], activation: "erf", ...scales }), 3),
    5,
  ],
  "Myrtle-5": [myrtle5({ channels: 2, ...scales }), 2],
};

/** Data, weights and a direction for n images. */
export function given(network: Network, n: number) {
  const data = {
    images: tensor([n, ...network.inputShape], 1),
    targets: tensor([n, network.outputs], 2),
  };
  const parameters = unflatten(numbers(network.parameterCount, 3), network.shapes);
  return { data, parameters, direction: numbers(network.parameterCount, 4) };
}

export const cases = Object.entries(networks).map(([name, [network, n]]) => ({
  ...{ name, network, n, expected: golden.cases[name as Name] },
  ...given(network, n),
}));
