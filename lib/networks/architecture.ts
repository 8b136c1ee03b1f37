/**
 * What the table of architectures knows of each: its title, the options it takes, how it is made.
 *
 * @module
 */
import type { ActivationName } from "./activations.ts";
import type { Activation } from "./layers/mod.ts";
import type { Network } from "./network.ts";
import type { InitializationOptions } from "./parametrization.ts";

/** What an architecture may be told; each takes some of it. */
export interface ArchitectureOptions extends InitializationOptions {
  /** Channels of the convolutions, or units of the hidden layers. */
  readonly width: number;
  /** Number of hidden layers. */
  readonly depth?: number;
  /** The nonlinearity between the layers. */
  readonly activation?: ActivationName | Activation;
}

/** One line of the table. */
export interface Architecture {
  /** The name as text and figures write it, such as "Myrtle-5". */
  readonly title: string;
  /** The options that it takes, and what each is: a command line's help. */
  readonly options: Readonly<Partial<Record<keyof ArchitectureOptions, string>>>;
  /** What it makes of the options that are left out; some may hang on those given. */
  readonly defaults: (options: Partial<ArchitectureOptions>) => Partial<ArchitectureOptions>;
  /** The network for images of 32×32×3 numbers and ten classes. */
  readonly network: (options: ArchitectureOptions) => Network;
}

/** The scales where nothing is said: a relu's, without biases. */
export const SCALE_DEFAULTS = {
  weightStd: Math.SQRT2,
  biasStd: 0,
  parametrization: "ntk",
} as const;

/** The options that every architecture takes. */
export const SCALES = {
  weightStd: "W_std of the initial weights",
  biasStd: "b_std of the initial biases; 0 for none",
  parametrization: '"ntk" or "standard"',
} as const;
