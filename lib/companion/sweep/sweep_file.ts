/**
 * A sweep's file: one study, and a grid or list of its configurations.
 *
 * @module
 */
import { Ajv, type ErrorObject } from "ajv";
import { type AnyStudy, didYouMean, fieldsOf, studies, studyNamed } from "../../experiments/mod.ts";
import { RESOURCES, sweepSchema } from "./schema.ts";

/** What a file may say of the jobs. */
export interface SweepResources {
  readonly threads?: number;
  readonly memory?: number;
  readonly minutes?: number;
}

/** What is swept. */
export interface Sweep {
  readonly study: AnyStudy;
  /** Configurations as they were given: base, a list's entry, a point of the grid, the later over the earlier. */
  readonly given: readonly Readonly<Record<string, unknown>>[];
  readonly resources: SweepResources;
}

/** A file that is no sweep. */
export class SweepError extends Error {
  override readonly name = "SweepError";
}

type Values = Readonly<Record<string, unknown>>;

/** What the schema lets through. */
interface Written {
  readonly study: string;
  readonly base?: Values;
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
  readonly list?: readonly Values[];
  readonly resources?: SweepResources;
}

/**
 * What a file's text asks for. Values are checked by the study when the sweep is planned: what the
 * schema cannot say, such as two fields that exclude each other, too.
 *
 * @throws {SweepError} naming what is amiss: where, its value, what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSweep } from "./sweep_file.ts";
 * const { given } = parseSweep(JSON.stringify({
 *   study: "speed-limit",
 *   base: { n: 500 },
 *   grid: { width: [16, 32], horizon: [0.2, 5] },
 * }));
 * assert.equal(given.length, 4);
 * assert.deepEqual(given[1], { n: 500, width: 16, horizon: 5 });
 * assert.throws(
 *   () => parseSweep('{ "study": "kernels", "base": { "widht": 8 } }'),
 *   /base: kernels has no field widht \(did you mean width\?\)/,
 * );
 * ```
 */
export function parseSweep(text: string): Sweep {
  const written = parsed(text);
  const validate = compiled();
  if (!validate(written)) throw new SweepError(toldOf(validate.errors![0], written));
  const { study, base = {}, grid = {}, list = [{}], resources = {} } = written as Written;
  const given = list.flatMap((one) =>
    combinations(grid).map((point) => ({ ...base, ...one, ...point }))
  );
  return { study: studyNamed(study), given, resources };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SweepError(`it is no JSON: ${(error as Error).message}`);
  }
}

let validator: ReturnType<Ajv["compile"]> | undefined;

const compiled = () =>
  validator ??= new Ajv({ verbose: true, strict: false }).compile(sweepSchema() as object);

/** All combinations, the last field's values fastest. */
const combinations = (grid: Readonly<Record<string, readonly unknown[]>>): Values[] =>
  Object.entries(grid).reduce<Values[]>(
    (points, [name, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );

/** The first thing that is amiss, in words. */
function toldOf(error: ErrorObject, written: unknown): string {
  const place = error.instancePath.slice(1).split("/").filter((part) => part !== "");
  const at = place.join(".");
  const study = studyOf(written);
  if (error.keyword === "additionalProperties") {
    const unknown = error.params.additionalProperty as string;
    const known = Object.keys((error.parentSchema as { properties: object }).properties);
    const owner = place.length === 0
      ? "a sweep"
      : place[0] === "resources"
      ? "resources"
      : study!.name;
    return `${at && at !== owner ? `${at}: ` : ""}${owner} has no field ${unknown}` +
      `${didYouMean(unknown, known)}; it has ${known.join(", ")}`;
  }
  if (error.keyword === "required" || error.keyword === "anyOf" && place.length === 0) {
    return error.params.missingProperty === "study" || typeof written !== "object"
      ? `study is missing; it must be one of ${Object.keys(studies).join(", ")}`
      : "there is nothing to sweep over: give grid, list or base";
  }
  if (at === "study") {
    const name = String(error.data);
    const names = Object.keys(studies);
    return `study is ${JSON.stringify(error.data)}${didYouMean(name, names)}; ` +
      `it must be one of ${names.join(", ")}`;
  }
  return `${at || "the file"} is ${JSON.stringify(error.data)}; it must be ${
    mayBe(place, error, study)
  }`;
}

function studyOf(written: unknown): AnyStudy | undefined {
  const { study } = (written ?? {}) as { study?: string };
  return typeof study === "string" && Object.hasOwn(studies, study) ? studyNamed(study) : undefined;
}

/** What stands at that place, by the field's range where it is a field's value. */
function mayBe(
  place: readonly string[],
  { keyword, params, message }: ErrorObject,
  study?: AnyStudy,
): string {
  const [part, ...within] = place;
  const name = part === "list" ? within[1] : within[0];
  const inGrid = part === "grid" && within.length === 1;
  if (inGrid && name !== undefined) return "a list of at least one value";
  const field = study && fieldsOf(study.fields).find((one) => one.name === name);
  if (field) return field.range;
  if (part === "resources" && within.length === 1) {
    const { type, minimum } = RESOURCES[within[0]] as { type: string; minimum: number };
    return `an ${type} from ${minimum} up`;
  }
  if (keyword === "minItems") return "a list of at least one configuration";
  if (keyword === "minProperties") return "an object of at least one field with its values";
  if (keyword === "type") return `${/^[aeio]/.test(params.type) ? "an" : "a"} ${params.type}`;
  return message ?? keyword;
}
