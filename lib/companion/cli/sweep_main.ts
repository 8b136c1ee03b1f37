/**
 * What Snakemake's jobs call, on this machine or a node:
 *
 *     deno run -P lib/companion/cli/sweep_main.ts run PLAN KEY
 *
 * A run is in a process of its own, which no signal reaches: in the midst of a product of matrices one
 * breaks its heap, as `lib/notebook/signal_stack.ts` tells (6 of 10 runs were ended by one SIGTERM).
 * This process hears SIGTERM and SIGINT, and tells the run by its standard input; where this one is
 * killed, that ends, and the run stops too.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const JOB = fileURLToPath(new URL("sweep_job.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../../deno.json", import.meta.url));

/** Runs a job in a process that ignores signals; gives its exit status. */
async function withoutSignals(args: readonly string[]): Promise<number> {
  const deno = [Deno.execPath(), "run", "-P", "--no-check", "--config", CONFIG, JOB];
  const child = new Deno.Command("sh", {
    args: ["-c", 'trap "" INT TERM; exec "$@"', "sh", ...deno, ...args],
    stdin: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => {
      writer.write(new TextEncoder().encode(signal)).catch(() => {}); // it has ended meanwhile
    });
  }
  return (await child.status).code;
}

if (import.meta.main) Deno.exit(await withoutSignals(Deno.args));
