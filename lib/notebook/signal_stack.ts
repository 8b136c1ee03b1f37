/**
 * A stack of its own for what handles a signal.
 *
 * oneDNN's product of matrices, of which TensorFlow's MatMul is made, lets the stack pointer point
 * into a buffer on the heap. Deno's handlers are called on the stack that the pointer tells: a signal
 * that came in then had its frame written over what lies below the buffer, and the process ended by a
 * broken heap.
 *
 * @module
 */

/** Of Linux with glibc, on x86-64. */
const SA_ONSTACK = 0x0800_0000;
const SIGACTION = { bytes: 152, flags: 136 } as const;
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** A frame has all registers, 12 kB with those of AMX. */
const STACK_BYTES = 1 << 18;

/**
 * Lets the handler of a signal, which Deno must have by now, run on a stack of its own in the thread
 * that calls this. Does nothing where there is no oneDNN, or no native library may be opened.
 */
export function onOwnStack(signal: keyof typeof NUMBERS): void {
  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") return;
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return;
  const { symbols: c } = Deno.dlopen("libc.so.6", {
    malloc: { parameters: ["usize"], result: "u64" },
    sigaltstack: { parameters: ["buffer", "pointer"], result: "i32" },
    sigaction: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  });
  // { ss_sp, ss_flags, ss_size }; it stays for as long as the thread does.
  const stack = new BigUint64Array([c.malloc(BigInt(STACK_BYTES)), 0n, BigInt(STACK_BYTES)]);
  const action = new Uint8Array(SIGACTION.bytes);
  if (stack[0] === 0n || c.sigaltstack(stack, null) !== 0) return;
  if (c.sigaction(NUMBERS[signal], null, action) !== 0) return;
  const flags = new DataView(action.buffer);
  flags.setUint32(SIGACTION.flags, flags.getUint32(SIGACTION.flags, true) | SA_ONSTACK, true);
  c.sigaction(NUMBERS[signal], action, null);
}
