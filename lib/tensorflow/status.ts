/**
 * TensorFlow's reports of success and failure, turned into exceptions.
 *
 * @module
 */
import { type Address, type Library, textAt } from "./library.ts";

/** The library with one status object that its calls report to. */
export interface Reporter {
  /** The address of the status object. */
  readonly address: Address;
  /** Throws what the last call reported, if it failed; `doing` names what was tried. */
  check(doing: string): void;
}

const codes: Record<number, string> = {
  1: "cancelled",
  3: "invalid argument",
  5: "not found",
  8: "out of memory",
  11: "out of range",
  12: "not implemented",
  13: "internal error",
};

/** A reporter of its own: statuses must not be shared between workers. */
export function reporter(library: Library): Reporter {
  const address = library.TF_NewStatus();
  return {
    address,
    check(doing) {
      const code = library.TF_GetCode(address);
      if (code === 0) return;
      const message = textAt(library.TF_Message(address)).trim();
      throw new Error(`TensorFlow, ${doing}: ${message} (${codes[code] ?? `code ${code}`})`);
    },
  };
}
