/**
 * Computes one kernel study in the terminal and stores it under data/, for notebook 05.
 *
 *     deno task kernels --architecture fully-connected --n 5000
 *
 * @module
 */
import { parseArgs } from "node:util";
import { kernelStudy, storeResult } from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";

const { values } = parseArgs({
  options: {
    architecture: { type: "string", default: "fully-connected" },
    width: { type: "string", default: "infinite" },
    n: { type: "string", default: "5000" },
    seed: { type: "string", default: "0" },
  },
});
const { architecture, width, n, seed } = values;
const name = `${architecture.replaceAll("-", "_")}_${width}_n${n}_seed${seed}`;
const flags = Object.entries(values).map(([name, value]) => `--${name} ${value}`);

const configuration = {
  architecture: architecture as "myrtle-5",
  width: width === "infinite" ? width as "infinite" : Number(width),
  n: Number(n),
  seed: Number(seed),
};
const study = await withProgress(name, {}, (control) => kernelStudy(configuration, control));
const file = await storeResult(`kernels/${name}`, study, {
  command: `deno task kernels ${flags.join(" ")}`,
});
console.log(`stored in ${file}`);
