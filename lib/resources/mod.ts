/**
 * What is fetched from outside: pinned by SHA-256, verified, and laid whole in the cache folder.
 *
 * `locate` and `locateCifar10` find it and fetch nothing; the set-up's `acquire…` functions see to
 * it that it is there, and may be called again at any time. `writeWhole` is how every room writes a
 * file that must never be found half written.
 *
 * @module
 */
export { acquireCifar10 } from "./cifar10.ts";
export { cacheFolder } from "./cache_folder.ts";
export type { OnProgress, Progress } from "./files.ts";
export { locate, locateCifar10 } from "./locate.ts";
export {
  type FilePin,
  type LibraryName,
  ownPathVariable,
  platformName,
  type WheelPin,
  wheelPin,
  wheelPins,
} from "./pins.ts";
export { SetUpError } from "./set_up_error.ts";
export { acquireLibrary, type WheelOptions } from "./wheel.ts";
export { writeWhole } from "./write_whole.ts";
