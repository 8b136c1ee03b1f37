import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { kernelEnvironment } from "../python/kernel.ts";
import { pythonOfProject } from "../python/python_environment.ts";

/** Why a notebook stopped. */
export interface Failure {
  /** A cell's own error, a cell over its time, a kernel that died, one that did not start. */
  readonly kind: "error" | "timeout" | "dead" | "start";
  /** The cell's index among all cells; `undefined` if none had begun. */
  readonly cell?: number;
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
  /** The last lines that the kernel and nbclient wrote on the standard error. */
  readonly log: readonly string[];
}

/** What is told while a notebook runs. */
export type ExecutionEvent =
  | { readonly event: "kernel"; readonly pid: number }
  | { readonly event: "started"; readonly cell: number }
  // What a progress bar in the cell says.
  | { readonly event: "progress"; readonly cell: number; readonly text: string }
  | {
    readonly event: "finished";
    readonly cell: number;
    readonly seconds: number;
    readonly outputs: number;
  }
  | ({ readonly event: "failed" } & Omit<Failure, "log">)
  | { readonly event: "saved" };

/** How one notebook is run. */
export interface ExecutionOptions {
  /** The notebook's file. */
  readonly source: string;
  /** Where the executed notebook is written, also when a cell failed. */
  readonly output: string;
  /** The folder the kernel runs in; relative imports and the deno.json are found from there. */
  readonly folder: string;
  /** Longest time for one cell, in seconds; 0: no limit. */
  readonly timeout?: number;
  /** How long a cell's late outputs are waited for, in seconds. */
  readonly grace?: number;
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Ends the run, the kernel included. */
  readonly signal?: AbortSignal;
}

const SCRIPT = fileURLToPath(new URL("../python/execute_notebook.py", import.meta.url));
const LOG_LINES = 20;

/**
 * Runs one notebook in a Deno kernel of its own, through nbclient in the project's Python
 * environment; gives the failure that stopped it, or `undefined` if every cell passed.
 *
 * @throws {Error} if there is no Python environment, or the run was stopped by its signal (the
 * signal's reason), or Python itself failed.
 */
export function executeNotebook(options: ExecutionOptions): Promise<Failure | undefined> {
  return onFreePorts(() => execute(options));
}

const STARTS = 3;

/**
 * Tries again where a kernel did not start as one of its ports was taken: nbclient finds free ones and
 * lets go of them, and before the kernel takes them another that starts beside it may.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { onFreePorts } from "./execute_notebook.ts";
 * const log = ["error: Uncaught AddrInUse: Address already in use (os error 98)"];
 * const taken = { kind: "start", name: "", message: "", traceback: [], log } as const;
 * const tries = [taken, undefined];
 * assert.equal(await onFreePorts(() => Promise.resolve(tries.shift())), undefined);
 * ```
 */
export async function onFreePorts(
  start: () => Promise<Failure | undefined>,
): Promise<Failure | undefined> {
  let failure = await start();
  for (let i = 1; i < STARTS && failure && isPortTaken(failure); i++) failure = await start();
  return failure;
}

const isPortTaken = ({ kind, log }: Failure) =>
  kind === "start" && log.some((line) => /Address (already )?in use|AddrInUse/i.test(line));

async function execute(options: ExecutionOptions): Promise<Failure | undefined> {
  const { source, output, folder, timeout = 0, grace = 0.05, onEvent, signal } = options;
  signal?.throwIfAborted();
  const runtime = await Deno.makeTempDir({ prefix: "speed-limits-kernel-" });
  const python = new Deno.Command(await pythonOfProject(), {
    args: ["-u", SCRIPT, source, output, folder, String(timeout), String(grace)],
    env: kernelEnvironment(runtime),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  let kernel: number | undefined;
  let saved = false;
  let failure: Omit<Failure, "log"> | undefined;
  const log: string[] = [];
  const stdin = python.stdin.getWriter();
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    stdin.close().catch(() => {}); // the script ends its kernel and itself
    deadline = setTimeout(() => kill(python.pid), 3000);
  };
  signal?.addEventListener("abort", stop);
  // The kernel writes to the same pipe as Python: it ends only when both are gone.
  const logged = readLines(python.stderr, (line) => {
    log.push(stripVTControlCharacters(line));
    if (log.length > LOG_LINES) log.shift();
  });
  try {
    await readLines(python.stdout, (line) => {
      const event: ExecutionEvent = JSON.parse(line);
      if (event.event === "kernel") kernel = event.pid;
      if (event.event === "saved") saved = true;
      if (event.event === "failed") {
        const { event: _, cell, ...rest } = event;
        failure = { ...rest, cell: cell ?? undefined };
      }
      onEvent?.(event);
    });
    const { code } = await python.status;
    signal?.throwIfAborted();
    if (kernel !== undefined && !saved) kill(-kernel);
    await logged;
    if (!saved) {
      throw new Error(`Python stopped with status ${code}:\n${log.join("\n")}`);
    }
    return failure && { ...failure, log };
  } finally {
    signal?.removeEventListener("abort", stop);
    clearTimeout(deadline);
    if (!saved) {
      kill(python.pid);
      if (kernel !== undefined) kill(-kernel); // the kernel leads a group of its own
    }
    stdin.close().catch(() => {});
    await python.status;
    await logged;
    await Deno.remove(runtime, { recursive: true }).catch(() => {});
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== "") onLine(line);
  }
  if (rest.trim() !== "") onLine(rest);
}
