/**
 * A process that imports the library and does nothing with it.
 *
 * @module
 */
import process from "node:process";
import "../../../mod.ts";

console.log(JSON.stringify([process.resourceUsage().maxRSS / 1e6]));
