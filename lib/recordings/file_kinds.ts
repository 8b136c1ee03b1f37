/**
 * Which files hold a recording, and what is said of those that do not.
 *
 * @module
 */
import { isFolder, lastName, type OpenedFile, type OpenedFolder } from "./opened_file.ts";
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
 * The file of columns: a folder holds none, nor do other programs' files, by their names.
 *
 * @param weights whether snapshots of weights are given beside
 * @throws {TypeError} telling what to give instead
 */
export function tableFile(opened: OpenedFile | OpenedFolder, weights: boolean): OpenedFile {
  checkKind(opened.name);
  if (!isFolder(opened)) return opened;
  const arrays = opened.members.filter((name) => name.endsWith(".npy"));
  throw new TypeError(
    `${opened.name} is a folder; name ${
      weights || arrays.length === 0
        ? "the file in it"
        : `a file of times and losses, and give these ${arrays.length} .npy files to ${WEIGHTS_OPTION}`
    }`,
  );
}

/**
 * Checks that a file or folder may hold snapshots of weights, by its name.
 *
 * @throws {TypeError} telling what to give instead, if it is a table or another program's file
 */
export function checkSnapshotFile(weights: OpenedFile | OpenedFolder, { name }: OpenedFile): void {
  if (isFolder(weights)) return;
  checkKind(weights.name);
  if (kindOf(weights.name) !== "text") return;
  throw new TypeError(
    `weights is ${weights.name}, no .npy file; snapshots are .npy, .npz or a folder of .npy files` +
      (kindOf(name) === "text"
        ? ""
        : `: exchange the two, ${lastName(weights.name)} for the columns and ${
          lastName(name)
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
