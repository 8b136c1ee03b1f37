/**
 * The `test` task: set-up, format, lint and types (the notebooks' code too), then the tests with
 * the documentation's examples. Its last line counts what passed; long tests, which `--long` runs
 * too, are counted as skipped, and each is named with its reason.
 *
 * @module
 */
import { buildFolder, projectFolder } from "../../notebook/folders.ts";
import { checkNotebooks, describeFinding } from "../notebooks/check_notebooks.ts";
import { inTurn } from "../in_turn.ts";
import { describeStale, staleNotebooks } from "../notebooks/freshness.ts";
import { setUp } from "./setup.ts";
import { testParts } from "./test_parts.ts";
import { SetUpError } from "../../resources/set_up_error.ts";

/** What was counted: each stage is one, each test of `deno test` one. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The line that closes a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Counts the tests of a JUnit report. Steps, which it lists as "test > step", are not counted: they
 * are part of their test, and fail with it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { countTests } from "./test.ts";
 * const { passed, failed } = countTests(
 *   '<testcase name="a"></testcase><testcase name="b"><failure message="x"></failure></testcase>',
 * );
 * assert(passed === 1 && failed === 1);
 * ```
 */
export function countTests(junit: string): Counts {
  const all = [...junit.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)];
  const cases = all.map(([, attributes, body = ""]) => {
    const [name, file] = ["name", "classname"].map((key) =>
      new RegExp(`\\b${key}="([^"]*)"`).exec(attributes)?.[1] ?? ""
    );
    return { name, file, body };
  });
  const known = new Set(cases.map(({ file, name }) => `${file} ${name}`));
  const isStep = ({ file, name }: { file: string; name: string }) =>
    name.split(" &gt; ").some((_, i, parts) =>
      i > 0 && known.has(`${file} ${parts.slice(0, i).join(" &gt; ")}`)
    );
  const tests = cases.filter((test) => !isStep(test));
  const failed = tests.filter(({ body }) => /<(failure|error)\b/.test(body)).length;
  const skipped = tests.filter(({ body }) => /<skipped\b/.test(body)).length;
  return { passed: tests.length - failed - skipped, failed, skipped };
}

/**
 * Sets up what the tests need, which mostly waits for other machines, and runs them, beside the stages
 * that need nothing of it; a stage that fails does not keep the next from running, but for the set-up.
 * The last line printed is {@linkcode closingLine}.
 *
 * @param args paths and options for `deno test`; with any but `--long`, nothing but the set-up and
 * these is run
 * @returns the exit status: 0 if all passed
 */
export async function runTests(args: readonly string[] = []): Promise<number> {
  const checks: readonly Stage[] = [
    { name: "format", run: () => deno("fmt", "--check") },
    { name: "lint", run: () => deno("lint") },
    { name: "types", run: () => deno("check", "--doc", "lib", "tests") },
    { name: "notebooks' code", run: notebooksAreSound },
    { name: "notebooks' outputs", run: notebooksAreFresh },
  ];
  const cluster = args.includes(CLUSTER);
  const long = args.includes(LONG);
  const given = (cluster ? clusterTests(args) : args).filter((arg) => arg !== LONG);
  let counts: Counts = NONE;
  const stage = async ({ name, run }: Stage) => {
    const passed = await timed(name, run);
    counts = added(counts, { ...NONE, [passed ? "passed" : "failed"]: 1 });
    return passed;
  };
  const stages = async () => {
    if (given.length === 0) { for (const check of checks) await stage(check); }
  };
  const tests = async () => {
    if (!await stage({ name: "set-up", run: () => isSetUp(cluster) })) return;
    const tested = await denoTests(given, long);
    counts = added(counts, tested);
  };
  await Promise.all([tests(), stages()]);
  console.log(closingLine(counts));
  return counts.failed === 0 ? 0 : 1;
}

interface Stage {
  readonly name: string;
  readonly run: () => Promise<boolean>;
}

const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

async function timed(name: string, run: () => Promise<boolean>): Promise<boolean> {
  const start = performance.now();
  const passed = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${passed ? "ok" : "FAILED"} (${seconds} s)`);
  return passed;
}

/** Long tests too: those that `long` of `tests/permissions.ts` marks. */
const LONG = "--long";

/** Sweeps by Snakemake, here and on a Slurm that the tests set up: minutes, and programs of Debian's. */
const CLUSTER = "--cluster";

function clusterTests(args: readonly string[]): string[] {
  Deno.env.set("SPEED_LIMITS_CLUSTER", "1");
  return ["--no-check", "tests/companion/sweep", ...args.filter((arg) => arg !== CLUSTER)];
}

async function isSetUp(sweep: boolean): Promise<boolean> {
  try {
    await setUp({ sweep });
    return true;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`The set-up stopped: ${error.message}`);
    return false;
  }
}

/** Parts at once beside one for each core: some mostly wait, for browsers and kernels. */
const WAITING = 2;

/** All tests in parts, some side by side, the next as soon as one ends; or what is asked for, in one. */
async function denoTests(args: readonly string[], long: boolean): Promise<Counts> {
  await Deno.mkdir(buildFolder, { recursive: true });
  let counts = NONE;
  const passed = await timed("tests", async () => {
    // Types have had a stage of their own.
    const parts = args.length > 0
      ? [args]
      : (await testParts({ long })).map((part) => ["--no-check", ...part]);
    const words = long ? ["--", LONG] : []; // what stands after them tests see
    let sound = true;
    await inTurn([...parts.entries()], async ([part, what]) => {
      const { success, counts: own } = await testsOf([...what, ...words], part);
      counts = added(counts, own);
      sound &&= success && own.passed + own.failed + own.skipped > 0;
    }, { atOnce: navigator.hardwareConcurrency + WAITING });
    return sound;
  });
  // A run that broke off before or after its tests has failed, whatever it counted.
  return passed || counts.failed > 0 ? counts : added(counts, { ...NONE, failed: 1 });
}

/** Runs `deno test`, and shows what it prints file by file, so that those side by side stay legible. */
async function testsOf(what: readonly string[], part: number) {
  const report = `${buildFolder}/tests-${Deno.pid}-${part}.xml`;
  const args = ["test", "-P", "--doc", `--junit-path=${report}`, ...what];
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectFolder,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let file = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    file += text;
    const next = file.lastIndexOf("\nrunning ");
    if (next < 0) continue;
    console.log(file.slice(0, next));
    file = file.slice(next + 1);
  }
  console.log(file.trimEnd());
  const { success } = await child.status;
  const counts = countTests(await Deno.readTextFile(report).catch(() => ""));
  await Deno.remove(report).catch(() => {});
  return { success, counts };
}

async function notebooksAreSound(): Promise<boolean> {
  const findings = await checkNotebooks();
  for (const finding of findings) console.error(describeFinding(finding));
  return findings.length === 0;
}

async function notebooksAreFresh(): Promise<boolean> {
  const stale = await staleNotebooks();
  for (const notebook of stale) console.error(describeStale(notebook));
  return stale.every(({ what }) => what !== "code");
}

async function deno(...args: string[]): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), { args, cwd: projectFolder, stdin: "null" });
  return (await child.spawn().status).success;
}

const added = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});
