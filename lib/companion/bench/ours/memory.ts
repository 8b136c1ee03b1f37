/**
 * How much memory this process has taken.
 *
 * @module
 */
import process from "node:process";

/**
 * The largest memory of this process so far, in GB.
 *
 * On Linux `maxRSS` begins with what the process that started this one had at its largest, so the
 * kernel's own figure is asked for; Deno reads no file of `/proc` without all permissions, `grep` does.
 */
export async function peakGigabytes(): Promise<number> {
  if (Deno.build.os !== "linux") return process.resourceUsage().maxRSS / 1e6;
  const { stdout } = await new Deno.Command("grep", {
    args: ["VmHWM", `/proc/${Deno.pid}/status`],
  }).output();
  return Number(/\d+/.exec(new TextDecoder().decode(stdout))?.[0]) / 1e6;
}
