/**
 * Attributes of operations: strides, padding, data types and the like, set by the kind that the
 * operation declares for them.
 *
 * @module
 */
import { type DataTypeName, dataTypes } from "./data_types.ts";
import { type Address, type CString, type Library, pin } from "./library.ts";
import type { Reporter } from "./status.ts";

/** The kinds of attribute (TF_AttrType). */
export const attributeKinds = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
} as const;

/** An attribute's value; data types are given by name or by TensorFlow's number. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[];

/** Attributes by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An attribute with its kind, as tfjs-node's kernels give it. */
export interface KindedAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Sets attributes on operations that are being built. */
export interface AttributeSetter {
  /** Sets an attribute of a known kind. */
  set(op: Address, attribute: KindedAttribute): void;
  /** The attributes with the kinds that the operation declares. */
  kinded(operation: string, attributes: Attributes): KindedAttribute[];
}

const maxLength = 1024;

/** A setter for the operations of one context. */
export function attributeSetter(
  library: Library,
  context: Address,
  status: Reporter,
  cString: (text: string) => CString,
): AttributeSetter {
  const scratch = pin(BigInt64Array, maxLength);
  const lengths = pin(BigInt64Array, maxLength);
  const ints = scratch.view;
  const floats = new Float32Array(ints.buffer);
  const bytes = new Uint8Array(ints.buffer);
  const types = new Int32Array(ints.buffer);
  const kinds = new Map<string, Map<string, number>>();

  function kindOf(operation: string, name: string): number {
    let known = kinds.get(operation);
    if (known === undefined) kinds.set(operation, known = new Map());
    let kind = known.get(name);
    if (kind === undefined) {
      kind = library.TFE_OpNameGetAttrType(
        context,
        cString(operation).address,
        cString(name).address,
        scratch.address,
        status.address,
      );
      status.check(`operation ${operation}, attribute ${name}`);
      known.set(name, kind);
    }
    return kind;
  }

  function setList(op: Address, name: Address, type: number, list: readonly unknown[]): void {
    const { length } = list;
    if (length > maxLength) {
      throw new RangeError(`a list of ${length} attribute values is too long`);
    }
    switch (type) {
      case attributeKinds.string:
        list.forEach((value, i) => {
          const text = cString(String(value));
          ints[i] = text.address;
          lengths.view[i] = text.length;
        });
        return library.TFE_OpSetAttrStringList(op, name, scratch.address, lengths.address, length);
      case attributeKinds.int:
        for (let i = 0; i < length; i++) ints[i] = BigInt(list[i] as number);
        return library.TFE_OpSetAttrIntList(op, name, scratch.address, length);
      case attributeKinds.float:
        for (let i = 0; i < length; i++) floats[i] = list[i] as number;
        return library.TFE_OpSetAttrFloatList(op, name, scratch.address, length);
      case attributeKinds.bool:
        for (let i = 0; i < length; i++) bytes[i] = list[i] ? 1 : 0;
        return library.TFE_OpSetAttrBoolList(op, name, scratch.address, length);
      case attributeKinds.type:
        for (let i = 0; i < length; i++) types[i] = typeNumber(list[i] as string);
        return library.TFE_OpSetAttrTypeList(op, name, scratch.address, length);
      case attributeKinds.shape:
        for (let i = 0; i < length; i++) ints[i] = BigInt(list[i] as number);
        library.TFE_OpSetAttrShape(op, name, scratch.address, length, status.address);
        return status.check("setting a shape");
    }
  }

  function set(op: Address, attribute: KindedAttribute): void {
    const { type, value } = attribute;
    const name = cString(attribute.name).address;
    if (Array.isArray(value)) return setList(op, name, type, value);
    switch (type) {
      case attributeKinds.string: {
        const text = cString(String(value));
        return library.TFE_OpSetAttrString(op, name, text.address, text.length);
      }
      case attributeKinds.int:
        return library.TFE_OpSetAttrInt(op, name, BigInt(value as number));
      case attributeKinds.float:
        return library.TFE_OpSetAttrFloat(op, name, value as number);
      case attributeKinds.bool:
        return library.TFE_OpSetAttrBool(op, name, value ? 1 : 0);
      case attributeKinds.type:
        return library.TFE_OpSetAttrType(op, name, typeNumber(value as string | number));
      default:
        throw new TypeError(`attribute ${attribute.name} is of a kind that cannot be set`);
    }
  }

  return {
    set,
    kinded: (operation, attributes) =>
      Object.entries(attributes).map(([name, value]) => {
        return { name, type: kindOf(operation, name), value };
      }),
  };
}

function typeNumber(type: string | number): number {
  const number = typeof type === "number" ? type : dataTypes[type as DataTypeName];
  if (number === undefined) {
    throw new RangeError(
      `data type "${type}" is none of ${Object.keys(dataTypes).join(", ")}`,
    );
  }
  return number;
}
