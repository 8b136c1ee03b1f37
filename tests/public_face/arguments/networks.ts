/**
 * What the public functions of networks take.
 *
 * @module
 */
import {
  anything,
  type Arguments,
  callable,
  either,
  fields,
  finite,
  list,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  rangedNumbers,
  record,
  tensor,
  text,
  tuple,
} from "../kinds.ts";
import { activationNames, architectureNames } from "../../../lib/networks/mod.ts";
import {
  activationKind,
  dualActivationKind,
  layerKind,
  networkKind,
  pixelOperationKind,
} from "./records.ts";

export const networksArguments: Arguments = {
  fullyConnected: {
    options: options({
      widths: numbers,
      activation: maybe(either(text, activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    }),
  },
  myrtle10: {
    options: maybe(
      options({
        channels: maybe(ranged),
        weightStd: maybe(ranged),
        biasStd: maybe(ranged),
        parametrization: maybe(text),
      }),
    ),
  },
  myrtle5: {
    options: maybe(
      options({
        channels: maybe(ranged),
        weightStd: maybe(ranged),
        biasStd: maybe(ranged),
        parametrization: maybe(text),
      }),
    ),
  },
  myrtle7: {
    options: maybe(
      options({
        channels: maybe(ranged),
        weightStd: maybe(ranged),
        biasStd: maybe(ranged),
        parametrization: maybe(text),
      }),
    ),
  },
  architectureDefaults: {
    architecture: oneOf(...architectureNames),
    options: maybe(options({
      width: maybe(finite),
      depth: maybe(finite),
      activation: maybe(
        either(
          oneOf(...activationNames),
          record({
            name: text,
            forward: callable,
            derivative: callable,
            weightStd: maybe(finite),
            pixelStep: maybe(either(pixelOperationKind, record({ pool: finite }))),
            dual: dualActivationKind,
          }),
          record({
            name: text,
            forward: callable,
            derivative: callable,
            weightStd: maybe(finite),
            pixelStep: maybe(either(pixelOperationKind, record({ pool: finite }))),
            value: callable,
            slope: callable,
          }),
        ),
      ),
      weightStd: maybe(finite),
      biasStd: maybe(finite),
      parametrization: maybe(oneOf("ntk", "standard")),
    })),
  },
  networkNamed: {
    options: options({
      architecture: oneOf(...architectureNames),
      width: finite,
      depth: maybe(natural),
      activation: maybe(either(text, activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    }),
  },
  activationOf: { activation: either(oneOf(...activationNames), activationKind) },
  quadratureDual: { activation: record({ value: callable, slope: callable }) },
  isDense: { network: networkKind },
  tangentKernel: { network: networkKind, images: tensor },
  batchPasses: {
    module: anything,
    given: fields({ layers: list(layerKind), inputShape: numbers }),
    parameters: list(tensor),
    images: tensor,
    range: tuple(finite, finite),
  },
  flatten: { parameters: list(tensor), shapes: list(numbers) },
  imageCount: { images: tensor, inputShape: numbers },
  toArray: { value: tensor, name: text, shape: rangedNumbers },
  unflatten: { vector: numbers, shapes: list(numbers) },
};
