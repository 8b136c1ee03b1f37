/**
 * Stores what myrtle_kernel.py computed as the study of residues has it, data/residues: averaged
 * kernels and residues at initialization and at the warm start, Figure 1f.
 *
 *     deno run -P tests/peers/store_kernels.ts --from FILE.npz --study myrtle_5_128_n500
 *
 * Its second time must be the study's warm start. Where a result is stored already, it is compared with
 * the file and nothing is stored.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  kernelSpectrum,
  kernelTargetAlignment,
  type Matrix,
  relativeKernelChange,
  residueComponents,
  type ResidueStudy,
  type SpeedLimitStudy,
  storedResult,
  storeResult,
  trainingSet,
} from "../../lib/mod.ts";
import { openNpz } from "../../lib/recordings/npz.ts";

const HELP = `Stores kernels that myrtle_kernel.py computed, as data/residues has them.

  --from FILE    myrtle_kernel.py's output
  --study NAME   the stored speed limit study whose starts they are, as in myrtle_5_128_n500
  --check        compares the kernels at initialization with what is stored, and stores nothing
`;

/** What the file tells of itself. */
interface Provenance {
  readonly program: string;
  readonly channels: number;
  readonly n: number;
  readonly times: readonly number[];
  readonly device: string;
  readonly torch: string;
}

/** Averaged kernel [n, n] and residue f − y [n · 10] of a seed, at one of the times. */
interface At {
  readonly kernel: Matrix;
  readonly residue: Float64Array;
}

interface Kernels {
  readonly about: Provenance;
  readonly seeds: readonly number[];
  at(seed: number, time: number): At;
}

async function kernelsOf(path: string): Promise<Kernels> {
  const arrays = await openNpz(
    path,
    (name) => /^(about|\d+_(done|\d+_(averaged|residue)))$/.test(name),
  );
  const numbers = new Map<string, Float64Array>();
  for (const [name, array] of Object.entries(arrays)) {
    const rows: number[] = [];
    for await (const row of array.rows()) for (const value of row) rows.push(value);
    numbers.set(name, Float64Array.from(rows));
  }
  const bytes = numbers.get("about");
  if (!bytes) throw new RangeError(`${path} has no about: myrtle_kernel.py writes such a file`);
  const about: Provenance = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes)));
  const seeds = [...numbers.keys()].flatMap((name) =>
    name.endsWith("_done") ? [parseInt(name)] : []
  )
    .sort((a, b) => a - b);
  return {
    about,
    seeds,
    at: (seed, time) => {
      const packed = numbers.get(`${seed}_${time}_averaged`);
      const residue = numbers.get(`${seed}_${time}_residue`);
      if (!packed || !residue) {
        throw new RangeError(`${path} has no kernel ${time} of seed ${seed}`);
      }
      return { kernel: symmetric(packed, about.n), residue };
    },
  };
}

/** A symmetric matrix of its upper triangle, row by row. */
function symmetric(packed: Float64Array, n: number): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i; j < n; j++, at++) data[i * n + j] = data[j * n + i] = packed[at];
  }
  return { rows: n, cols: n, data };
}

const rounded = (value: number) => Number(value.toPrecision(5));

async function residueAt({ kernel, residue }: At, time: number, targets: Float32Array) {
  const spectrum = await kernelSpectrum(kernel);
  return {
    time,
    eigenvalues: Array.from(spectrum.eigenvalues, rounded),
    squares: Array.from(residueComponents(spectrum, residue), (d) => rounded(d * d)),
    alignment: rounded(kernelTargetAlignment(kernel, targets)),
  };
}

/** The study's result, as its own computation makes it of a network. */
async function studyOf(
  { about, seeds, at }: Kernels,
  { configuration }: SpeedLimitStudy,
): Promise<ResidueStudy> {
  const { data: y } = (await trainingSet(about.n)).targets;
  const realizations = [];
  for (const seed of seeds) {
    const [cold, warm] = [at(seed, 0), at(seed, 1)];
    realizations.push({
      seed,
      cold: await residueAt(cold, 0, y),
      warm: await residueAt(warm, about.times[1], y),
      kernelChange: rounded(relativeKernelChange(cold.kernel, warm.kernel)),
    });
  }
  return { configuration: { ...configuration, seeds }, realizations };
}

/** The largest difference of two lists relative to the second's largest number. */
const apart = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0) / Math.max(...b);

function compare(one: ResidueStudy, other: ResidueStudy): void {
  for (const { seed, cold } of one.realizations) {
    const same = other.realizations.find((realization) => realization.seed === seed);
    if (!same) continue;
    const [values, squares] = (["eigenvalues", "squares"] as const).map((name) =>
      apart(cold[name], same.cold[name])
    );
    console.log(
      `seed ${seed}, at initialization: eigenvalues ${values.toExponential(1)}, squares ` +
        `${squares.toExponential(1)} of the largest apart; alignment ${cold.alignment}, ` +
        `${same.cold.alignment}`,
    );
    if (!(values < 1e-4 && squares < 1e-3)) {
      throw new RangeError(`seed ${seed}: only 1e-4 and 1e-3 are allowed`);
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h" },
      check: { type: "boolean" },
      from: { type: "string", default: "" },
      study: { type: "string", default: "" },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.from === "") throw new RangeError("--from is missing; name a file");
  const of = await storedResult<SpeedLimitStudy>(`speed_limit/${values.study}`);
  if (!of) throw new RangeError(`--study is ${values.study}; data/speed_limit has no such study`);
  const { configuration: c, time, warmIndex } = of.result;
  const kernels = await kernelsOf(values.from);
  const { program, channels, n, times, device, torch } = kernels.about;
  if (c.architecture !== "myrtle-5" || c.width !== channels || c.n !== n) {
    throw new RangeError(`--from has ${channels} channels, n = ${n}; ${values.study} has not`);
  }
  const result = await studyOf(kernels, of.result);
  const stored = await storedResult<ResidueStudy>(`residues/${values.study}`);
  if (stored) compare(result, stored.result);
  if (stored || values.check) return;
  if (times[1] !== time[warmIndex]) {
    throw new RangeError(`--from is at τ = ${times[1]}; the warm start is ${time[warmIndex]}`);
  }
  const command = `deno run -P tests/peers/store_kernels.ts --from FILE --study ${values.study} ` +
    `# FILE by ${program}, PyTorch ${torch}, ${device}`;
  await storeResult(`residues/${values.study}`, result, { command });
  console.log(`stored as residues/${values.study}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
