/**
 * What tests need: of Deno's permissions, and of time. Plain `deno test` grants no permissions: it
 * runs what needs none, and names the rest as ignored, with what it lacks. `deno test -P` grants what
 * `deno.json` lists. Long tests run where `--long` stands after the options, `deno task test --long`
 * or `deno test -P -- --long`; else they are named as ignored, with why they are long.
 *
 * @module
 */

/** `Deno.test`, by a name and a function. */
type Test = (name: string, run: (t: Deno.TestContext) => void | Promise<void>) => void;

/** What {@linkcode needs} gives. */
export interface Given {
  /** `Deno.test` where the permissions are granted; else a test that is ignored, and named with why. */
  readonly test: Test;
  /** `test` of what takes long, for the reason given; each has a quick one beside it. */
  readonly long: (why: string) => Test;
  /** What `make` makes for such tests at import; `otherwise` where they are ignored, and see none. */
  readonly made: <T>(make: () => T, otherwise?: T) => T;
}

/** What TensorFlow needs, or a native library of linear algebra where a test must have it. */
export const TENSORFLOW = ["env", "ffi", "read", "sys"] as const;

/** What runs need that are kept in a cache. */
export const KEPT_RUNS = [...TENSORFLOW, "write"] as const;

/** What other programs need, such as a task, a browser or a kernel, and a look at what they do. */
export const PROGRAMS = [...KEPT_RUNS, "net", "run"] as const;

/**
 * Declares what tests need. One that needs more than it declares fails by Deno's refusal.
 *
 * @example
 * ```ts ignore
 * const { test, long, made } = needs("read", "write");
 * const folder = made(() => Deno.makeTempDirSync());
 * test("a file is written whole", () => Deno.writeTextFileSync(`${folder}/a`, "a"));
 * long("2 min: a thousand of them")("all files are written whole", writeAll);
 * Deno.test("a name is made of the configuration", () => {});
 * ```
 */
export function needs(...permissions: readonly Deno.PermissionName[]): Given {
  const lacking = permissions.filter((name) => !isGranted(name));
  const granted = lacking.length === 0;
  const test = granted ? Deno.test : ignored(`needs ${lacking.join(", ")}: deno test -P`);
  return {
    test,
    long: (why) => !granted || LONG ? test : ignored(`${why}: deno task test --long`),
    made: granted ? (make) => make() : <T>(_make: () => T, otherwise = {} as T) => otherwise,
  };
}

const LONG = Deno.args.includes("--long");

const ignored = (why: string): Test => (name, run) => Deno.test.ignore(`${name} (${why})`, run);

/** Asks nobody. Of the net, `-P` grants this machine. */
function isGranted(name: Deno.PermissionName): boolean {
  const asked = name === "net" ? { name, host: "127.0.0.1" } : { name };
  return Deno.permissions.querySync(asked as Deno.PermissionDescriptor).state === "granted";
}
