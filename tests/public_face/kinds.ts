/**
 * What an argument of a public function may be, as plain data: {@link checkKind} judges by it, and
 * the tests make wrong arguments from it.
 *
 * @module
 */

/** What an argument may be. */
export type Kind =
  /** `like`: one that is right, if not every one of the kind is. */
  & { readonly optional?: true; readonly like?: unknown }
  & (
    | {
      readonly is:
        | "finite"
        | "text"
        | "flag"
        | "callable"
        | "matrix"
        | "tensor"
        | "anything"
        | "nothing"
        | "missing"
        | "extended"
        | "iterable";
    }
    /** `own`: the function itself refuses what is not finite, and says more than could be said here. */
    | { readonly is: "number"; readonly own?: true }
    | {
      readonly is: "bounded";
      readonly integer?: true;
      readonly least?: number;
      readonly most?: number;
    }
    /** An array or typed array; `gaps` are NaN and infinities, as measured columns have them. */
    | { readonly is: "numbers"; readonly gaps?: true; readonly own?: true }
    | { readonly is: "instance"; readonly of: string }
    | { readonly is: "list"; readonly of: Kind }
    | { readonly is: "tuple"; readonly of: readonly Kind[] }
    | { readonly is: "oneOf"; readonly names: readonly string[] }
    | { readonly is: "either"; readonly of: readonly Kind[] }
    /** `strict`: no other fields, as of options, where one is a slip. */
    | {
      readonly is: "record";
      readonly fields: Kinds;
      readonly strict?: true;
      readonly alone?: true;
      readonly rest?: Kind;
    }
  );

/** Kinds by name: of a record's fields, or of a function's arguments in their order. */
export type Kinds = Readonly<Record<string, Kind>>;

/** Arguments by the function's name. */
export type Arguments = Readonly<Record<string, Kinds>>;

export const finite: Kind = { is: "finite" };
export const text: Kind = { is: "text" };
export const flag: Kind = { is: "flag" };
export const callable: Kind = { is: "callable" };
export const matrix: Kind = { is: "matrix" };
export const tensor: Kind = { is: "tensor" };
export const anything: Kind = { is: "anything" };
export const numbers: Kind = { is: "numbers" };
/** Numbers among which some may be missing. */
export const column: Kind = { is: "numbers", gaps: true };
/** An integer from 1 up. */
export const count: Kind = { is: "bounded", integer: true, least: 1 };
/** What the caller's own argument is called, for messages: in the tests, as this function calls it. */
export const nameOf = (argument: string): Kind => ({ is: "text", like: argument });
/** An integer from 0 up. */
export const natural: Kind = { is: "bounded", integer: true, least: 0 };
/** A number from this up. */
export const from = (least: number): Kind => ({ is: "bounded", least });
/** An integer from this up. */
export const integerFrom = (least: number): Kind => ({ is: "bounded", integer: true, least });
/** A number from 0 up. */
export const positive: Kind = { is: "bounded", least: 0 };
/** A number from 0 up to this one. */
export const upTo = (most: number): Kind => ({ is: "bounded", least: 0, most });
/** A number that may be infinite. */
export const extended: Kind = { is: "extended" };
/** What can be gone through, waiting or not; no text. */
export const iterable: Kind = { is: "iterable" };
/** An object of this class. */
export const instance = (of: string): Kind => ({ is: "instance", of });
/** A number whose range the function checks itself. */
export const ranged: Kind = { is: "number", own: true };
/** The same, where not every number is in it, but this one is. */
export const near = (like: number): Kind => ({ is: "number", own: true, like });
/** Numbers whose range the function checks itself. */
export const rangedNumbers: Kind = { is: "numbers", gaps: true, own: true };
/** A number that may be NaN or infinite, as a ratio in a record may. */
export const anyNumber: Kind = { is: "number" };
/** Nothing: null. */
export const nothing: Kind = { is: "nothing" };
/** Nothing: undefined. */
export const missing: Kind = { is: "missing" };
export const signal: Kind = { is: "instance", of: "AbortSignal" };

/** One of these words. */
export const oneOf = (...names: readonly string[]): Kind => ({ is: "oneOf", names });
/** An array of what is of this kind. */
export const list = (of: Kind): Kind => ({ is: "list", of });
/** An array of so many, each of its kind. */
export const tuple = (...of: readonly Kind[]): Kind => ({ is: "tuple", of });
/** What is of one of these kinds. */
export const either = (...of: readonly Kind[]): Kind => ({ is: "either", of });
/** An object that has these fields, and may have others. */
export const record = (fields: Kinds, rest?: Kind): Kind => ({ is: "record", fields, rest });
/** The same, its fields told by their names alone: they are what the function is called with. */
export const fields = (of: Kinds): Kind => ({ is: "record", fields: of, alone: true });
/** An object that has no fields but these. */
export const options = (fields: Kinds): Kind => ({
  is: "record",
  fields,
  strict: true,
  alone: true,
});
/** Of this kind, or left out. */
export const maybe = (kind: Kind): Kind => ({ ...kind, optional: true });
/** Of this kind; this one is right, where not every one is. */
export const like = (one: unknown, kind: Kind): Kind => ({ ...kind, like: one });
