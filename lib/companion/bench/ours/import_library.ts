/**
 * A process that imports the library and does nothing with it.
 *
 * @module
 */
import process from "node:process";

await import(new URL("../../../mod.ts", import.meta.url).href);
console.log(JSON.stringify([process.resourceUsage().maxRSS / 1e6]));
