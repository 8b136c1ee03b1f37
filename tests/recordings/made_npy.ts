/** A .npy file's bytes, of version 1.0, as NumPy writes them. */
export function npyBytes(
  shape: readonly number[],
  data: Float32Array | Float64Array | Int32Array | Uint8Array,
  { descr, fortran = false }: { readonly descr?: string; readonly fortran?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const kind = data instanceof Float32Array ? "<f4" : data instanceof Float64Array ? "<f8" : "<i4";
  const dims = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': ${descr ?? `'${kind}'`}, 'fortran_order': ${
    fortran ? "True" : "False"
  }, 'shape': ${dims}, }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + "\n";
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return bytes;
}
