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
 * each file must be the one that it tells of; a folder of one's own needs none.
 *
 * @throws {Error} naming the file, if it cannot be read, or is another than its checksum tells
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dataFolder } from "../study/data_folder.ts";
 * import { recordedFiles } from "./recorded_files.ts";
 * const files = await recordedFiles(`${dataFolder}/peers`);
 * assert(files.every(({ about, columns }) => about.n > 0 && columns.time[0] === 0));
 * assert.deepEqual(await recordedFiles("/no/such/folder"), []);
 * ```
 */
export async function recordedFiles(folder: string): Promise<RecordedFile[]> {
  const all = await readdir(folder).catch((): string[] => []);
  const sums = all.includes(SUMS)
    ? sumsIn(await readFile(join(folder, SUMS), "utf8"), join(folder, SUMS))
    : undefined;
  const read = async (file: string) => {
    const bytes = await readFile(file);
    const told = sums?.get(basename(file));
    const found = createHash("sha256").update(bytes).digest("hex");
    if (sums && told !== found) {
      const why = told === undefined
        ? `${SUMS} does not tell of it`
        : `its checksum is not that of ${SUMS}; restore it with git`;
      throw new Error(`${basename(file)}: ${why}`);
    }
    return bytes.toString("utf8");
  };
  const names = all.filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(names.map(async (name) => {
    const file = join(folder, name);
    try {
      const about = withDefaults(checkRecord("its JSON", JSON.parse(await read(file)), PROVENANCE));
      return { about, columns: columnsOf(await read(file.replace(/json$/, "csv"))) };
    } catch (error) {
      throw new Error(`${file} and its CSV cannot be read: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }));
}

/** Checksums by the names of files. */
function sumsIn(text: string, file: string): ReadonlyMap<string, string> {
  return new Map(
    text.trim().split("\n").map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (name === undefined) {
        throw new Error(`${file} has the line ${JSON.stringify(line)}; sha256sum writes none such`);
      }
      return [name, sum] as const;
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
