/**
 * A process that fetches the libraries into an empty cache, SPEED_LIMITS_CACHE, and draws a first
 * figure with them.
 *
 * @module
 */
import { acquireLibrary } from "../../../resources/mod.ts";

for (const library of ["tensorflow", "openblas"] as const) await acquireLibrary(library);
await import("./first_figure.ts");
