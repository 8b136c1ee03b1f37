/**
 * What is fetched from outside: pinned by SHA-256, verified, and laid whole in the cache folder.
 *
 * `locate` and `locateCifar10` find it and fetch nothing; `verifiedLibrary` and `wrongContent` see to
 * it that what is opened or read is what was pinned; the set-up's `acquire…` functions see to
 * it that it is there, and may be called again at any time. `writeWhole` is how every room writes a
 * file that must never be found half written.
 *
 * @module
 */
export { acquireCifar10 } from "./cifar10.ts";
export { cacheFolder } from "./cache_folder.ts";
export type { OnProgress, Progress } from "./files.ts";
export { buildOf, damagedBatch, locate, locateCifar10, verifiedLibrary } from "./locate.ts";
export {
  cifar10Files,
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
export { wrongContent } from "./verified.ts";
export { writeWhole } from "./write_whole.ts";
