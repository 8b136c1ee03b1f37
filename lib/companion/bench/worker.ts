/**
 * A process of one side of a pair, kept alive: it is asked by a line of JSON and answers by one.
 *
 * @module
 */

/** What is asked of a process; see `ours/main.ts` and `peers/main.py`, which answer. */
export type Request =
  | { readonly do: "hello" }
  | {
    readonly do: "prepare";
    readonly work: string;
    readonly size: Readonly<Record<string, number>>;
    /** Where the inputs lie, or are written to by our side. */
    readonly folder: string;
  }
  | { readonly do: "run" }
  | { readonly do: "answer"; readonly file: string };

/** Who answers: the versions of what is timed. */
export type Versions = Readonly<Record<string, string>>;

/** One call, as the process itself measures it. */
export interface Call {
  readonly seconds: number;
  /** Processor time of all its threads. */
  readonly processorSeconds: number;
  /** Processor time of all that it has done since the call before. */
  readonly worked: number;
  /** Its largest memory so far, in GB. */
  readonly peak: number;
  /** What the call tells of itself besides, such as the gradients that a flow took. */
  readonly told?: Readonly<Record<string, number>>;
  /** Seconds of what our side measures beside it in the same round, such as a product of matrices. */
  readonly yardstick?: number;
}

/** A process that is asked. */
export interface Worker {
  ask<T>(request: Request): Promise<T>;
  /** Ends it; no answer is waited for. */
  end(): Promise<void>;
}

/** Lines of what a process said on its standard error that are kept for the message. */
const KEPT = 12;

/**
 * Starts a process.
 *
 * @param command the program and its arguments
 * @returns what answers; an answer with an `error`, and a process that ends, reject the question
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { startWorker } from "./worker.ts";
 * const worker = startWorker(["cat"]);
 * assert.deepEqual(await worker.ask({ do: "hello" }), { do: "hello" });
 * await worker.end();
 * await assert.rejects(worker.ask({ do: "run" }), /cat ended/);
 * ```
 */
export function startWorker(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Worker {
  const child = new Deno.Command(program, {
    args,
    env: { NO_COLOR: "1", PYTHONUTF8: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = linesOf(child.stdout);
  const said: string[] = [];
  const listening = (async () => {
    for await (const line of linesOf(child.stderr)) {
      said.push(line);
      if (said.length > KEPT) said.shift();
    }
  })();
  let ended = false;
  const failed = async () => {
    ended = true;
    const { code, signal } = await child.status;
    await listening;
    const why = said.length > 0 ? `:\n${said.map((line) => `  ${line}`).join("\n")}` : "";
    return new Error(`${program} ended (${signal ?? `status ${code}`})${why}`);
  };
  return {
    async ask<T>(request: Request): Promise<T> {
      if (ended) throw await failed();
      try {
        await writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
      } catch {
        throw await failed();
      }
      // Libraries may print what is no answer.
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw await failed();
        if (!value.startsWith("{")) continue;
        const answer = JSON.parse(value);
        if (answer.error !== undefined) throw new Error(answer.error);
        return answer as T;
      }
    },
    async end() {
      ended = true;
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await child.status;
      await writer.close().catch(() => {});
      await lines.return(undefined).catch(() => {});
      await listening.catch(() => {});
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, unknown> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
  if (rest !== "") yield rest;
}
