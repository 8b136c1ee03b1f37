/**
 * Our side of the rows of starts: a process from its beginning to what it is for.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../../notebook/folders.ts";
import { type MakeWork, work } from "./work.ts";

/**
 * A process from its start to its end; it prints GB of its memory, then numbers.
 *
 * @param script the file that it runs, beside this one
 * @param options `fresh`: with an empty cache
 */
export const startOf = (
  script: string,
  { fresh = false }: { readonly fresh?: boolean } = {},
): MakeWork =>
({ n = 0 }) => {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return work({
    run: async () => {
      const cache = fresh ? await Deno.makeTempDir({ prefix: "benchmark-cache-" }) : undefined;
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-P", "--no-check", file, String(n)],
        cwd: projectFolder,
        env: { NO_COLOR: "1", ...(cache ? { SPEED_LIMITS_CACHE: cache } : {}) },
      }).output();
      if (cache) await Deno.remove(cache, { recursive: true });
      if (!success) throw new Error(new TextDecoder().decode(stderr));
      return JSON.parse(new TextDecoder().decode(stdout)) as number[];
    },
    answer: ([, ...numbers]) => numbers,
    peak: ([peak]) => peak,
  });
};
