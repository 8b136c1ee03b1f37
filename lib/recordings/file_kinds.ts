/**
 * Which files hold a recording, and what is said of those that do not.
 *
 * @module
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, parse } from "node:path";
import process from "node:process";
import { didYouMean } from "../numerics/checks.ts";
import { WEIGHTS_OPTION } from "./recorded_path.ts";

/** How files of other kinds are made into one that is read, by the endings of their names. */
const OTHER_KINDS: readonly (readonly [endings: readonly string[], instead: string])[] = [
  [
    ["pt", "pth", "pkl", "pickle", "safetensors", "h5", "ckpt"],
    "save NumPy arrays: " +
    "np.save(file, torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy())",
  ],
  [["gz", "bz2", "xz", "zst", "zip", "tar", "tgz"], "unpack it first"],
  [
    ["xlsx", "xls", "ods", "json", "jsonl", "parquet", "feather", "mat", "hdf5"],
    "save it as CSV, one row an entry",
  ],
];

/** The kind of file that a name tells. */
export function kindOf(file: string): "text" | "npy" | "npz" {
  const ending = endingOf(file);
  return ending === "npy" || ending === "npz" ? ending : "text";
}

/**
 * Checks that there is a file or folder of this name.
 *
 * @throws {RangeError} with the name in its folder that may have been meant
 */
export async function checkThere(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    const { base, name, ext } = parse(path);
    const beside = (await readdir(dirname(path)).catch(() => [])).map((one) => parse(one))
      .filter((one) => one.ext === ext && didYouMean(name, [one.name]) !== "");
    throw new RangeError(
      `there is no file ${path}${didYouMean(base, beside.map(({ base }) => base))}; ` +
        `it was sought in ${process.cwd()}`,
    );
  }
}

/**
 * Checks that a file may hold columns, by its name: a folder holds none, nor do other programs' files.
 *
 * @throws {TypeError} telling what to give instead
 */
export async function checkTableFile(file: string, weights?: string): Promise<void> {
  checkKind(file);
  if (!(await stat(file)).isDirectory()) return;
  const arrays = (await readdir(file)).filter((name) => name.endsWith(".npy"));
  throw new TypeError(
    `${file} is a folder; name ${
      weights || arrays.length === 0
        ? "the file in it"
        : `a file of times and losses, and give these ${arrays.length} .npy files to ${WEIGHTS_OPTION}`
    }`,
  );
}

/**
 * Checks that a file or folder may hold snapshots of weights.
 *
 * @throws {TypeError} telling what to give instead, if it is a table or another program's file
 */
export async function checkSnapshotFile(weights: string, file: string): Promise<void> {
  if ((await stat(weights)).isDirectory()) return;
  checkKind(weights);
  if (kindOf(weights) !== "text") return;
  throw new TypeError(
    `weights is ${weights}, no .npy file; snapshots are .npy, .npz or a folder of .npy files` +
      (kindOf(file) === "text"
        ? ""
        : `: exchange the two, ${basename(weights)} for the columns and ${
          basename(file)
        } for the weights`),
  );
}

function checkKind(file: string): void {
  const ending = endingOf(file);
  const other = OTHER_KINDS.find(([endings]) => endings.includes(ending));
  if (!other) return;
  throw new TypeError(`${file} is a .${ending} file, which is not read here; ${other[1]}`);
}

const endingOf = (file: string) => /\.(\w+)$/.exec(file)?.[1].toLowerCase() ?? "";
