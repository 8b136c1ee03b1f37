/**
 * The inner loops of pixel kernels, in WebAssembly on pairs of float64: what all the time is spent in.
 *
 * A plane is the float64 of pixels, row by row; all addresses and lengths are bytes. Loops take two or
 * four numbers at a time: what is behind a row or a plane, up to {@link SLACK}, may become anything.
 *
 * @module
 */
import { assembled } from "../numerics/wasm_assembler.ts";
import { constants } from "./pixel_loop.ts";
import { increased, multiples, products, turned } from "./pixel_sums.ts";
import { poolColumns, poolRows } from "./pixel_pools.ts";
import { rectify } from "./pixel_rectify.ts";
import { windowSums } from "./pixel_windows.ts";

export { SLACK } from "./pixel_loop.ts";

const functions = [
  products,
  multiples,
  increased,
  turned,
  windowSums("windowSums", false),
  windowSums("windowSumsAnd", true),
  rectify,
  poolRows,
  poolColumns,
];

/**
 * The loops, with their parameters in the order of pixel_sums.ts, pixel_windows.ts, pixel_rectify.ts and
 * pixel_pools.ts.
 */
export type PixelRoutines = Readonly<
  Record<
    | "products"
    | "multiples"
    | "increased"
    | "turned"
    | "windowSums"
    | "windowSumsAnd"
    | "rectify"
    | "poolRows"
    | "poolColumns",
    (...parameters: number[]) => void
  >
>;

/** Bytes at the memory's start that the module keeps constants in. */
export const RESERVED_BYTES = constants.bytes().length;

/** The module's bytes. */
export const pixelModule = (): Uint8Array<ArrayBuffer> => assembled(functions, constants.bytes());

/** The loops on a memory. */
export function pixelRoutines(memory: WebAssembly.Memory): PixelRoutines {
  const module = new WebAssembly.Module(pixelModule());
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return exports as unknown as PixelRoutines;
}
