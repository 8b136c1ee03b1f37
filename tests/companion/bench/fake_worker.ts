/**
 * A side of a pair that does nothing but answers as one does: a process of its own.
 *
 *     deno run fake_worker.ts NAME SECONDS VALUE
 *
 * SECONDS is what it says that each call took. VALUE "fails" fails on the second call, "ends" ends
 * there, "hangs" never answers there.
 */
import { createInterface } from "node:readline";
import process from "node:process";

const [name, seconds, value] = process.argv.slice(2);
let calls = 0;

async function answer(asked: { do: string; file: string; size?: unknown }): Promise<unknown> {
  if (asked.do === "hello") return { [name]: "1.0" };
  if (asked.do === "answer") {
    await Deno.writeFile(asked.file, new Uint8Array(Float64Array.of(Number(value)).buffer));
  }
  if (asked.do !== "run") return {};
  calls++;
  if (calls === 2 && value === "ends") {
    console.error("out of memory");
    Deno.exit(3);
  }
  if (calls === 2 && value === "hangs") await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (calls === 2 && value === "fails") return { error: "no such kernel" };
  // Grows from round to round, so that a median is told from a mean or a least.
  const taken = Number(seconds) * (calls === 2 ? 5 : 1);
  return { seconds: taken, processorSeconds: 0, worked: 0, peak: 0.1, told: { calls } };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log("what a library prints");
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
