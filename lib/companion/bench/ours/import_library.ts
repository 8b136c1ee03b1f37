/**
 * A process that imports the library and does nothing with it.
 *
 * @module
 */
import { peakGigabytes } from "./memory.ts";

await import(new URL("../../../mod.ts", import.meta.url).href);
console.log(JSON.stringify([await peakGigabytes()]));
