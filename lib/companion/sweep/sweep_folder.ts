/**
 * A sweep's folder on the shared one: its plan for the jobs, the engine's own records, what was
 * gathered.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { writeWhole } from "../../resources/mod.ts";
import type { Plan, PlannedConfiguration } from "./plan.ts";
import { resultFile } from "./run_files.ts";
import { SweepError } from "./sweep_file.ts";

/** A plan as its file has it. */
export interface WrittenPlan extends Omit<Plan, "configurations"> {
  /** The sweep's folder. */
  readonly folder: string;
  /** Where runs are kept by their keys. */
  readonly shared: string;
  /** Where results are stored, as notebooks read them. */
  readonly data: string;
  /** Another with every plan: what a node must find. */
  readonly token: string;
  /** The words by which a job is called. */
  readonly job: readonly string[];
  readonly configurations: Readonly<
    Record<string, PlannedConfiguration & { readonly results: readonly string[] }>
  >;
}

/** The name of a sweep: its file's. */
export function sweepName(file: string): string {
  const name = basename(file).replace(/\.json$/, "");
  if (/^[A-Za-z0-9_-]{1,40}$/.test(name)) return name;
  throw new SweepError(
    `the file's name is ${
      JSON.stringify(name)
    }; it names the jobs: letters, digits, "_" and "-", ` +
      "40 at most",
  );
}

/** The folder of a sweep. */
export const sweepFolder = (shared: string, name: string): string => join(shared, "sweeps", name);

/** The file of its plan. */
export const planFile = (folder: string): string => join(folder, "plan.json");

/**
 * Writes a plan for the jobs, and makes the folders that they write to.
 *
 * @returns the plan as it was written
 */
export async function writePlan(
  plan: Plan,
  options: Pick<WrittenPlan, "folder" | "shared" | "data" | "job">,
): Promise<WrittenPlan> {
  const { folder, shared } = options;
  for (const name of ["gathered", "seen"]) mkdirSync(join(folder, name), { recursive: true });
  rmSync(join(folder, "seen"), { recursive: true });
  mkdirSync(join(folder, "seen"));
  const kindFolder = (kind: number) => join(folder, `run_${kind}`);
  for (const kind of plan.kinds.keys()) {
    if (!existsSync(kindFolder(kind))) symlinkSync(resolve(shared), kindFolder(kind));
  }
  const configurations = Object.fromEntries(
    Object.entries(plan.configurations).map(([name, configuration]) => {
      const results = configuration.keys.map((key) =>
        resultFile(kindFolder(plan.runs[key].kind), key)
      );
      return [name, { ...configuration, results }];
    }),
  );
  const written = { ...plan, ...options, token: randomUUID(), configurations };
  await writeWhole(planFile(folder), `${JSON.stringify(written)}\n`);
  return written;
}

/**
 * The plan that a job is told.
 *
 * @throws {SweepError} if it is not there: then the folder is not the one that it was written to
 */
export function readPlan(file: string): WrittenPlan {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SweepError(
      `${file} cannot be read on ${Deno.hostname()}: ${(error as Error).message}. ` +
        "The shared folder must be one that this machine sees too, under the same path",
    );
  }
}
