/**
 * The `test` task: set-up, format, lint and types (the notebooks' code too), then all tests with
 * the documentation's examples. Its last line counts what passed.
 *
 * @module
 */
import { buildFolder, projectFolder } from "./folders.ts";
import { checkNotebooks, describeFinding } from "./check_notebooks.ts";
import { setUp } from "./setup.ts";

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
 * Counts the tests of a JUnit report.
 *
 * @example
 * ```ts
 * import { countTests } from "./test.ts";
 * const { passed, failed } = countTests(
 *   '<testcase name="a"></testcase><testcase name="b"><failure message="x"></failure></testcase>',
 * );
 * console.assert(passed === 1 && failed === 1);
 * ```
 */
export function countTests(junit: string): Counts {
  const cases = junit.match(/<testcase\b[^>]*?(?:\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
  const failed = cases.filter((text) => /<(failure|error)\b/.test(text)).length;
  const skipped = cases.filter((text) => /<skipped\b/.test(text)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

/**
 * Sets up what the tests need and runs every stage; a stage that fails does not keep the next from
 * running.
 *
 * @param args paths and options for `deno test`; with any, only the tests are run
 * @returns the exit status: 0 if all passed
 */
export async function runTests(args: string[] = []): Promise<number> {
  await setUp();
  const stages: { name: string; run: () => Promise<boolean> }[] = args.length > 0 ? [] : [
    { name: "format", run: () => deno("fmt", "--check") },
    { name: "lint", run: () => deno("lint") },
    { name: "types", run: () => deno("check", "lib", "tests") },
    { name: "notebooks' code", run: notebooksAreSound },
  ];
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of stages) {
    const passed = await timed(name, run);
    counts = added(counts, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  counts = added(counts, await denoTests(args));
  console.log(closingLine(counts));
  return counts.failed === 0 ? 0 : 1;
}

async function timed(name: string, run: () => Promise<boolean>): Promise<boolean> {
  const start = performance.now();
  const passed = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${passed ? "ok" : "FAILED"} (${seconds} s)`);
  return passed;
}

/**
 * All tests in one process after another: TensorFlow already uses every core, and two runs side by
 * side slow each other down.
 */
async function denoTests(args: string[]): Promise<Counts> {
  await Deno.mkdir(buildFolder, { recursive: true });
  const report = `${buildFolder}/tests-${Deno.pid}.xml`;
  const paths = args.length > 0 ? args : ["tests", "lib"];
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const passed = await timed("tests", async () => {
    const status = await deno(
      "test",
      "-P",
      "--doc",
      "--no-check",
      `--junit-path=${report}`,
      ...paths,
    );
    const junit = await Deno.readTextFile(report).catch(() => "");
    counts = countTests(junit);
    return status && counts.passed + counts.failed > 0;
  });
  await Deno.remove(report).catch(() => {});
  // A run that broke off before or after its tests has failed, whatever it counted.
  return passed || counts.failed > 0 ? counts : added(counts, { passed: 0, failed: 1, skipped: 0 });
}

async function notebooksAreSound(): Promise<boolean> {
  const findings = await checkNotebooks();
  for (const finding of findings) console.error(describeFinding(finding));
  return findings.length === 0;
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
