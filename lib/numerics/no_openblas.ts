/**
 * What stands for `openblas.ts` in a browser, by the package's `browser` field.
 *
 * @module
 */
import type { OpenBlas } from "./openblas.ts";

/** There is none. */
export const openBlas = (): OpenBlas => ({ reason: "a native library is opened by Deno alone" });
