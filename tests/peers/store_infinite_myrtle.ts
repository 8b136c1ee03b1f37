/**
 * Stores what infinite_myrtle.py computed as the study of kernels has it, data/kernels.
 *
 *     deno run -P tests/peers/store_infinite_myrtle.ts --from FOLDER --n 256
 *
 * Before it stores, the first images' kernels are computed here too, and spectra that are stored of
 * fewer of the images are made again from the file: where they differ, nothing is stored.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  expectedResidueComponents,
  infiniteKernels,
  kernelSpectrum,
  type KernelStudy,
  type Matrix,
  myrtle5,
  residueComponents,
  storedResult,
  storeResult,
  trainingSet,
} from "../../lib/mod.ts";
import { kernels } from "../../lib/experiments/studies/kernels.ts";

const HELP = `Stores kernels that infinite_myrtle.py computed, as data/kernels/myrtle_5_infinite_n….

  --from FOLDER   infinite_myrtle.py's output: nngp.npy, ntk.npy, infinite.json
  --n N           images, the first of the dataset: as many as are there, or fewer
  --data FOLDER   where stored results lie, and the new one goes (the project's data)
  --check         compares, and stores nothing
`;

/** What infinite.json tells. */
interface Provenance {
  readonly images: number;
  readonly program: string;
  readonly torch: string;
  readonly device: string;
}

/** Kernels of as many of the first images as are asked for, from their packed lower triangle. */
interface Packed {
  readonly provenance: Provenance;
  first(n: number): { readonly nngp: Matrix; readonly ntk: Matrix };
}

/** The numbers of a .npy file of one axis of float64, up to `count`. */
async function npyNumbers(path: string, count: number): Promise<Float64Array> {
  const bytes = new Uint8Array(await readFile(path));
  const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(1, start));
  if (!header.startsWith("NUMPY\x01") || !header.includes("'<f8'")) {
    throw new RangeError(`${path} is no .npy file of float64`);
  }
  if (bytes.length < start + 8 * count) {
    throw new RangeError(`${path} ends before number ${count}`);
  }
  return new Float64Array(bytes.slice(start, start + 8 * count).buffer);
}

async function packedKernels(folder: string): Promise<Packed> {
  const text = await readFile(join(folder, "infinite.json"), "utf8").catch((cause) => {
    throw new RangeError(`--from ${folder} has no infinite.json: infinite_myrtle.py writes it`, {
      cause,
    });
  });
  const provenance: Provenance = JSON.parse(text);
  const count = provenance.images * (provenance.images + 1) / 2;
  const [nngp, ntk] = await Promise.all(
    ["nngp.npy", "ntk.npy"].map((name) => npyNumbers(join(folder, name), count)),
  );
  const square = (packed: Float64Array, n: number): Matrix => {
    const data = new Float64Array(n * n);
    for (let i = 0, at = 0; i < n; i++) {
      for (let j = 0; j <= i; j++, at++) data[i * n + j] = data[j * n + i] = packed[at];
    }
    return { rows: n, cols: n, data };
  };
  return { provenance, first: (n) => ({ nngp: square(nngp, n), ntk: square(ntk, n) }) };
}

const squares = (components: Float64Array) =>
  Array.from(components, (value) => Number((value * value).toPrecision(7)));

/** The study's result, as its own computation makes it of a kernel. */
async function studyOf({ first }: Packed, n: number): Promise<KernelStudy> {
  const { nngp, ntk } = first(n);
  const { data: y } = (await trainingSet(n)).targets;
  const spectrum = await kernelSpectrum(ntk);
  const startSquares = squares(expectedResidueComponents(spectrum, y, nngp));
  return {
    configuration: { architecture: "myrtle-5", width: "infinite", n },
    eigenvalues: Array.from(spectrum.eigenvalues, (value) => Number(value.toPrecision(9))),
    labelSquares: squares(residueComponents(spectrum, y)),
    startSquares,
    lossAtStart: startSquares.reduce((sum, value) => sum + value, 0) / 2,
  };
}

/** The largest |a/b − 1|. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value / b[k] - 1)), 0);

/** The same of what `lib` computes: lines, each with how far apart both are and may be. */
async function comparisons(packed: Packed, n: number, data: string | undefined) {
  const few = Math.min(3, n);
  const { images } = await trainingSet(few);
  const [own, theirs] = [await infiniteKernels(myrtle5(), images), packed.first(few)];
  const found = (["nngp", "ntk"] as const).map((name) => ({
    what: `${name} of ${few} images`,
    apart: apart(theirs[name].data, own[name].data),
    allowed: 1e-9,
  }));
  for (const fewer of [64, 128, n]) {
    const stored = await storedResult<KernelStudy>(nameOf(fewer), { data });
    if (fewer > n || !stored) continue;
    const again = await studyOf(packed, fewer);
    for (const [name, allowed] of [["eigenvalues", 1e-7], ["startSquares", 1e-5]] as const) {
      found.push({
        ...{ what: `${name} of ${fewer} images, stored`, allowed },
        apart: apart(again[name], stored.result[name]),
      });
    }
  }
  return found;
}

const nameOf = (n: number) =>
  `kernels/${kernels.fileName({ architecture: "myrtle-5", width: "infinite", n })}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h" },
      check: { type: "boolean" },
      from: { type: "string", default: "" },
      n: { type: "string", default: "" },
      data: { type: "string" },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.from === "") throw new RangeError("--from is missing; name a folder");
  const packed = await packedKernels(values.from);
  const { images, program, torch, device } = packed.provenance;
  const n = /^\d+$/.test(values.n) ? Number(values.n) : NaN;
  if (!(n >= 1 && n <= images)) {
    throw new RangeError(`--n is ${values.n}; it must be an integer from 1 to ${images}`);
  }
  for (const { what, apart, allowed } of await comparisons(packed, n, values.data)) {
    console.log(`${what}: ${apart.toExponential(1)} apart`);
    if (!(apart <= allowed)) throw new RangeError(`${what}: only ${allowed} is allowed`);
  }
  if (values.check) return;
  const command = `deno run -P tests/peers/store_infinite_myrtle.ts --from FOLDER --n ${n} ` +
    `# FOLDER by ${program}, PyTorch ${torch}, ${device}`;
  const result = await studyOf(packed, n);
  await storeResult(nameOf(n), result, { command, folder: values.data });
  console.log(`stored as ${nameOf(n)}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
