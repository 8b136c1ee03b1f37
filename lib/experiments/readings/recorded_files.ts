/**
 * Recordings of another program as files: a CSV of columns, and beside it what the program tells of
 * the run in JSON.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type ArchitectureName, architectureNames } from "../../networks/mod.ts";
import {
  checkEntries,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { DamagedFileError } from "../study/damaged_file.ts";
import type { OnDamaged } from "../study/stored_files.ts";

/** What a recording tells of itself; the program's first version knew Myrtle-5's channels alone. */
interface Provenance {
  readonly channels?: number;
  readonly architecture?: ArchitectureName;
  readonly width?: number;
  readonly weightStd?: number;
  readonly parametrization?: "ntk" | "standard";
  /** Where positive, the run ends with the first row whose loss is this share of ½‖Y‖². */
  readonly lossLeft?: number;
  readonly n: number;
  readonly seed: number;
  readonly perturb: number;
  readonly horizon: number;
  readonly tolerance: number;
  readonly testImages: number;
  readonly program: string;
  readonly device: string;
  readonly wallSeconds: number;
  readonly gradients: number;
  /** ‖θ_t − θ_s‖² from some rows s on, which may be a warm start; the first recordings have none. */
  readonly displacementSquaredFrom?: Readonly<Record<string, readonly number[]>>;
}

const size = must(checkNumber, { least: 0 }), sizeIfAny = maybe(checkNumber, { least: 0 });
const PROVENANCE = {
  ...{ program: checkText, device: checkText, n: size, seed: size, perturb: size },
  ...{ horizon: size, tolerance: size, testImages: size, wallSeconds: size, gradients: size },
  ...{ channels: sizeIfAny, width: sizeIfAny, weightStd: sizeIfAny, lossLeft: sizeIfAny },
  architecture: maybe(checkOneOf<ArchitectureName>, architectureNames),
  parametrization: maybe(checkOneOf<"ntk" | "standard">, ["ntk", "standard"]),
  displacementSquaredFrom: maybe(checkEntries<object>, must(checkNumbers)),
};

/** The columns that a recording must have. */
export const COLUMNS = [
  "time",
  "loss",
  "lossDrop",
  "displacementSquared",
  "pathLength",
  "testLoss",
  "testAccuracy",
  "lambdaMax",
] as const;

/** One of these. */
export type Column = typeof COLUMNS[number];

/** A recording that was read. */
export interface RecordedFile {
  readonly about: Required<Omit<Provenance, "channels">>;
  readonly columns: Readonly<Record<Column, number[]>>;
}

/** Lies beside the recordings: what `sha256sum *.csv *.json` says of them. */
const SUMS = "SHA256SUMS";

/**
 * The recordings of a folder, by name; none if it is not there. Where `SHA256SUMS` lies beside them
 * each file must be the one that it tells of; a folder of one's own needs none. What cannot be read,
 * or is another than its checksum tells, is left out and told.
 *
 * @param onDamaged told of each recording that is left out, by an error that names its file
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dataFolder } from "../study/data_folder.ts";
 * import { recordedFiles } from "./recorded_files.ts";
 * const onDamaged = (error: Error) => assert.fail(error.message);
 * const files = await recordedFiles(`${dataFolder}/peers`, onDamaged);
 * assert(files.every(({ about, columns }) => about.n > 0 && columns.time[0] === 0));
 * assert.deepEqual(await recordedFiles("/no/such/folder", onDamaged), []);
 * ```
 */
export async function recordedFiles(folder: string, onDamaged: OnDamaged): Promise<RecordedFile[]> {
  const all = await readdir(folder).catch((): string[] => []);
  const sums = all.includes(SUMS)
    ? sumsIn(await readFile(join(folder, SUMS), "utf8"), join(folder, SUMS), onDamaged)
    : undefined;
  const names = all.filter((name) => name.endsWith(".json")).sort();
  const files = await Promise.all(names.map(async (name) => {
    try {
      return await recordingIn(join(folder, name), sums);
    } catch (error) {
      onDamaged(error as Error);
      return undefined;
    }
  }));
  return files.filter((file) => file !== undefined);
}

async function recordingIn(file: string, sums: Sums | undefined): Promise<RecordedFile> {
  try {
    const told = JSON.parse(await checkedText(file, sums));
    const about = withDefaults(checkRecord("its JSON", told, PROVENANCE));
    const text = await checkedText(file.replace(/json$/, "csv"), sums);
    return { about, columns: columnsOf(text) };
  } catch (error) {
    throw new DamagedFileError(
      `${file} and its CSV cannot be read: ${(error as Error).message}` +
        (sums ? "; restore them with git" : ""),
      { cause: error },
    );
  }
}

/** Checksums by the names of files. */
type Sums = ReadonlyMap<string, string>;

async function checkedText(file: string, sums: Sums | undefined): Promise<string> {
  const bytes = await readFile(file);
  const told = sums?.get(basename(file));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (sums && told === undefined) throw new Error(`${SUMS} does not tell of ${basename(file)}`);
  if (sums && told !== found) throw new Error(`the checksum of ${basename(file)} does not match`);
  return bytes.toString("utf8");
}

/** What the file of checksums tells; a line of another form is told, and is of no file. */
function sumsIn(text: string, file: string, onDamaged: OnDamaged): Sums {
  return new Map(
    text.trim().split("\n").flatMap((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (name !== undefined) return [[name, sum] as const];
      onDamaged(
        new DamagedFileError(
          `${file} has the line ${
            JSON.stringify(line.slice(0, 100))
          }; sha256sum writes none such; ` +
            "restore it with git",
        ),
      );
      return [];
    }),
  );
}

function withDefaults({ channels, ...about }: Provenance): RecordedFile["about"] {
  const width = about.width ?? channels;
  if (width === undefined) throw new RangeError("it tells no width");
  return {
    ...{ architecture: "myrtle-5", weightStd: Math.SQRT2, parametrization: "ntk", lossLeft: 0 },
    displacementSquaredFrom: {},
    ...about,
    width,
  };
}

function columnsOf(text: string): Record<Column, number[]> {
  const [head, ...rows] = text.trim().split("\n").map((row) => row.trim().split(","));
  const uneven = rows.findIndex((row) => row.length !== head.length);
  if (uneven >= 0) {
    throw new RangeError(
      `row ${uneven + 1} has ${rows[uneven].length} cells, and the first line ${head.length}`,
    );
  }
  return Object.fromEntries(COLUMNS.map((name) => {
    const at = head.indexOf(name);
    if (at < 0) throw new RangeError(`there is no column ${name}, but ${head.join(", ")}`);
    if (at !== head.lastIndexOf(name)) throw new RangeError(`there are two columns ${name}`);
    // An empty cell would be the number 0.
    const column = rows.map((row) => row[at].trim() === "" ? NaN : Number(row[at]));
    const bad = column.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new RangeError(
        `${name}[${bad}] is ${rows[bad][at] || "empty"}; it must be a finite number`,
      );
    }
    return [name, column];
  })) as Record<Column, number[]>;
}
