// An archive with one bit changed gives the same columns, or an error: nothing in between.
import assert from "node:assert/strict";
import { strToU8, zipSync } from "fflate";
import { join } from "node:path";
import { openNpz } from "../../lib/recordings/npz.ts";
import { withFolder } from "../resources/made_wheel.ts";
import { npyBytes } from "./made_npy.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

const vector = (values: number[]) => npyBytes([values.length], Float64Array.from(values));
const members = {
  "time.npy": vector([0, 1, 2.5]),
  "loss.npy": vector([3, 2, 1]),
  "notes.txt": strToU8("left alone"),
};

/** The vectors in an archive's file. */
async function vectorsOf(file: string): Promise<Record<string, number[]>> {
  const arrays = await openNpz(file, () => true);
  const vectors: Record<string, number[]> = {};
  for (const [name, array] of Object.entries(arrays)) {
    vectors[name] = [];
    for await (const row of array.rows()) vectors[name].push(...row);
  }
  return vectors;
}

for (const level of [0, 6] as const) {
  const packing = level === 0 ? "stored as np.savez does" : "packed as np.savez_compressed does";
  test(`a bit that is changed anywhere in an archive, ${packing}, is told`, () =>
    withFolder(async (folder) => {
      const file = join(folder, "run.npz");
      const bytes = zipSync(members, { level });
      const read = async (changed: Uint8Array) => {
        await Deno.writeFile(file, changed);
        return await vectorsOf(file);
      };
      const whole = await read(bytes);
      assert.deepEqual(whole, { time: [0, 1, 2.5], loss: [3, 2, 1] });
      let refused = 0;
      const places = [...bytes.keys()].map((at) => [at, at % 8]);
      const count = bytes.length - 12; // of entries: three, or one of them
      for (const [at, bit] of [...places, [count, 1]]) {
        const changed = bytes.slice();
        changed[at] ^= 1 << bit;
        try {
          assert.deepEqual(await read(changed), whole, `byte ${at} of ${bytes.length}`);
        } catch (error) {
          assert(error instanceof TypeError || error instanceof RangeError, `${at}: ${error}`);
          refused++;
        }
      }
      // The others are dates, versions and rights, which nothing reads.
      assert(refused > bytes.length / 2, `${refused} of ${bytes.length}`);
    }));
}

test("a damaged array is named; one that is not asked for is not looked at", () =>
  withFolder(async (folder) => {
    const file = join(folder, "run.npz");
    const bytes = zipSync(members, { level: 0 });
    const start = new TextDecoder("latin1").decode(bytes).indexOf("}", 30);
    bytes[start + 60] ^= 1; // among the times
    await Deno.writeFile(file, bytes);
    await assert.rejects(vectorsOf(file), {
      name: "TypeError",
      message: /run\.npz is no whole .npz file: time\.npy is damaged: its checksum does not match/,
    });
    const { loss } = await openNpz(file, (name) => name === "loss");
    assert.deepEqual(loss.shape, [3]);
  }));
