/**
 * OpenBLAS, verified and opened by Deno's FFI. It is loaded where there is a Deno alone: it stands on
 * Node's and Deno's own modules, which a browser has not.
 *
 * @module
 */
import process from "node:process";
import { buildOf, ownPathVariable, SetUpError, verifiedLibrary } from "../resources/mod.ts";
import type { LinearAlgebraBackend } from "./backend_interface.ts";
import { notAllowed, openLapack } from "./lapack.ts";
import { lapackBackend } from "./lapack_backend.ts";

/** The backend, and which build it is; or why it cannot be had. */
export type OpenBlas =
  | { readonly backend: LinearAlgebraBackend; readonly build: string | undefined }
  | { readonly reason: string };

/**
 * Opens the OpenBLAS that the set-up has put, or that `SPEED_LIMITS_OPENBLAS` names.
 *
 * @throws {SetUpError} if the one that is named is none, with what to do
 */
export function openBlas(): OpenBlas {
  try {
    const library = openLapack(verifiedLibrary("openblas"));
    return { backend: lapackBackend(library), build: buildOf("openblas") };
  } catch (error) {
    if (!notAllowed(error)) refuseOwn(error);
    return { reason: (error as Error).message };
  }
}

/** Who names a library means that one, and not another if it cannot be had. */
function refuseOwn(error: unknown): void {
  const variable = ownPathVariable.openblas;
  const own = process.env[variable];
  if (!own) return;
  if (error instanceof SetUpError) throw error;
  throw new SetUpError(
    `${variable} is ${own}; it must be an OpenBLAS's file (${(error as Error).message}): ` +
      `name one, or unset ${variable} to use what the set-up fetches`,
  );
}
