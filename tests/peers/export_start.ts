/**
 * Writes what a training run starts from, as NumPy arrays, so that another program can start from
 * the same numbers: images, targets, test images with labels, and initial weights.
 *
 *     deno run -P tests/peers/export_start.ts --channels 128 --n 500 --seeds 6 --output FOLDER
 *
 * Weights of fully connected networks are large: of these go every {@link STRIDE}th and their sum of
 * squares, by which the program that draws them itself sees that they are the same.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  cifar10,
  cifar10Channels,
  fullyConnected,
  myrtle5,
  type Network,
  pixels,
  targets,
} from "../../lib/mod.ts";

/** Of so many weights that are drawn, one is exported. */
const STRIDE = 997;

const HELP = `Writes what a run on CIFAR-10 starts from, as NumPy arrays.

  --channels LIST   channels of Myrtle-5's convolutions, one or more: 128 or 128,32,16 (128)
  --fully-connected LIST   widths of fully connected networks 3072-width-width-10; none if left out
  --n N             training images, the first of the dataset; a smaller n is a prefix (500)
  --seeds N         initial weights of seeds 0 to N − 1 (6)
  --test N          test images, the first of the dataset (2000)
  --output FOLDER   where start.json and the arrays go
`;

interface Options {
  readonly channels: readonly number[];
  readonly fullyConnected: readonly number[];
  readonly n: number;
  readonly seeds: number;
  readonly test: number;
  readonly output: string;
}

function optionsOf(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      channels: { type: "string", default: "128" },
      "fully-connected": { type: "string", default: "" },
      n: { type: "string", default: "500" },
      seeds: { type: "string", default: "6" },
      test: { type: "string", default: "2000" },
      output: { type: "string", default: "" },
    },
  });
  if (values.help) return undefined;
  if (values.output === "") throw new RangeError("--output is missing; name a folder");
  const list = (name: "channels" | "fully-connected") =>
    values[name] === ""
      ? []
      : values[name].split(",").map((text) => count(`--${name}`, text, 4096));
  return {
    channels: list("channels"),
    fullyConnected: list("fully-connected"),
    n: count("--n", values.n, 50000),
    seeds: count("--seeds", values.seeds, 1000),
    test: count("--test", values.test, 10000),
    output: values.output,
  };
}

function count(name: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= most)) {
    throw new RangeError(`${name} is ${text}; it must be an integer from 1 to ${most}`);
  }
  return value;
}

/** A .npy file of version 1.0. */
function npyBytes(shape: readonly number[], data: Float32Array | Uint8Array | Uint8ClampedArray) {
  const kind = data instanceof Float32Array ? "<f4" : "|u1";
  const dims = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${dims}, }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + "\n";
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return bytes;
}

async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.partial`, content);
  await rename(`${path}.partial`, path);
}

type Values = Float32Array | Uint8Array | Uint8ClampedArray;

/** Writes arrays into a folder, and tells their SHA-256 and how many bytes there are. */
function writerTo(output: string) {
  const files: Record<string, string> = {};
  let bytesWritten = 0;
  const write = async (name: string, shape: readonly number[], data: Values) => {
    const bytes = npyBytes(shape, data);
    files[name] = bytesToHex(sha256(bytes));
    bytesWritten += bytes.length;
    await writeWhole(join(output, name), bytes);
  };
  return { write, files, total: () => bytesWritten };
}

/** All weights of a seed, layer after layer. */
function weightsOf(network: Network, seed: number): Float32Array {
  const weights = new Float32Array(network.parameterCount);
  let at = 0;
  for (const { data } of network.init(seed)) {
    weights.set(data, at);
    at += data.length;
  }
  return weights;
}

async function exportStart(options: Options) {
  const { channels, fullyConnected: widths, n, seeds, test: testCount, output } = options;
  await mkdir(output, { recursive: true });
  const { write, files, total } = writerTo(output);
  const { train, test } = await cifar10({ train: n, test: testCount });
  await write("images.npy", train.images.shape, pixels(train.images));
  await write("targets.npy", [n, 10], targets(train.labels).data);
  await write("test-images.npy", test.images.shape, pixels(test.images));
  await write("test-labels.npy", [testCount], test.labels);
  const networks: Record<string, unknown> = {};
  for (const width of channels) {
    const network = myrtle5({ channels: width });
    networks[width] = { configuration: network.configuration, shapes: network.shapes };
    for (let seed = 0; seed < seeds; seed++) {
      const weights = weightsOf(network, seed);
      await write(`weights-${width}-${seed}.npy`, [weights.length], weights);
    }
  }
  for (const width of widths) {
    const name = `fully-connected-${width}`;
    const network = fullyConnected({ widths: [3072, width, width, 10] });
    const squares: number[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const weights = weightsOf(network, seed);
      const sample = weights.filter((_, i) => i % STRIDE === 0);
      squares.push(weights.reduce((sum, weight) => sum + weight * weight, 0));
      await write(`sample-${name}-${seed}.npy`, [sample.length], sample);
    }
    const { configuration, shapes } = network;
    networks[name] = { configuration, shapes, drawn: { stride: STRIDE, squares } };
  }
  const description = {
    note: "images are bytes; x = (byte/255 − mean)/deviation for red, green, blue, in float64, " +
      "then float32. targets are one-hot − 1/10. weights: all layers one after the other, " +
      "[height, width, in, out] and [in, out]; the network multiplies each layer's by " +
      "weightStd/√fan_in. sample: every stride-th weight; squares: the sum of all of a seed.",
    dataset: "CIFAR-10, the first images of the original binary batches",
    normalization: cifar10Channels,
    networks,
    sha256: files,
  };
  await writeWhole(join(output, "start.json"), JSON.stringify(description, null, 2) + "\n");
  console.log(`wrote ${Object.keys(files).length + 1} files, ${(total() / 1e6).toFixed(1)} MB`);
}

try {
  const options = optionsOf(Deno.args);
  if (options) await exportStart(options);
  else console.log(HELP);
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
