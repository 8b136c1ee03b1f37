/**
 * What the public functions of networks take.
 *
 * @module
 */
import {
  anything,
  type Arguments,
  callable,
  count,
  either,
  fields,
  finite,
  instance,
  list,
  maybe,
  nameOf,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  rangedNumbers,
  record,
  tensor,
  tuple,
} from "../kinds.ts";
import { activationNames, architectureNames } from "../../../lib/networks/mod.ts";
import { activationKind, layerKind, networkKind } from "./records.ts";

export const networksArguments: Arguments = {
  fullyConnected: {
    options: options({
      widths: list(count),
      activation: maybe(either(oneOf(...activationNames), activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    }),
  },
  myrtle10: {
    options: maybe(
      options({
        channels: maybe(count),
        weightStd: maybe(positive),
        biasStd: maybe(positive),
        parametrization: maybe(oneOf("ntk", "standard")),
      }),
    ),
  },
  myrtle5: {
    options: maybe(
      options({
        channels: maybe(count),
        weightStd: maybe(positive),
        biasStd: maybe(positive),
        parametrization: maybe(oneOf("ntk", "standard")),
      }),
    ),
  },
  myrtle7: {
    options: maybe(
      options({
        channels: maybe(count),
        weightStd: maybe(positive),
        biasStd: maybe(positive),
        parametrization: maybe(oneOf("ntk", "standard")),
      }),
    ),
  },
  architectureDefaults: {
    architecture: oneOf(...architectureNames),
    options: maybe(options({
      width: maybe(count),
      depth: maybe(natural),
      activation: maybe(either(oneOf(...activationNames), activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    })),
  },
  networkNamed: {
    options: options({
      architecture: oneOf(...architectureNames),
      width: count,
      depth: maybe(natural),
      activation: maybe(either(oneOf(...activationNames), activationKind)),
      weightStd: maybe(positive),
      biasStd: maybe(positive),
      parametrization: maybe(oneOf("ntk", "standard")),
    }),
  },
  centred: {
    network: networkKind,
    options: maybe(options({
      parameters: maybe(list(tensor)),
      seed: maybe(natural),
      kept: maybe(finite),
    })),
  },
  scaled: { network: networkKind, scale: positive },
  activationOf: { activation: either(oneOf(...activationNames), activationKind) },
  quadratureDual: { activation: record({ value: callable, slope: callable }) },
  antisymmetric: { network: networkKind },
  isDense: { network: networkKind },
  tangentKernel: { network: networkKind, images: tensor },
  pullbackTangent: {
    network: networkKind,
    parameters: list(tensor),
    images: tensor,
    options: options({ tangents: list(tensor), cotangents: callable }),
  },
  batchPasses: {
    module: anything,
    given: fields({ layers: list(layerKind), inputShape: numbers }),
    parameters: list(tensor),
    images: tensor,
    range: tuple(natural, natural),
  },
  flatten: { parameters: list(tensor), shapes: list(numbers) },
  imageCount: { images: tensor, inputShape: numbers },
  toArray: { value: tensor, name: nameOf("value"), shape: rangedNumbers },
  unflatten: { vector: instance("Float64Array"), shapes: list(numbers) },
};
