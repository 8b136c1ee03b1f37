/**
 * Computes one kernel study in the terminal and stores it under data/, for notebook 05.
 *
 *     deno task kernels --architecture fully-connected --n 5000
 *
 * @module
 */
import { kernelStudy, storeResult } from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";
import { numberOf, storingTask } from "./storing_task.ts";

const USAGE = `deno task kernels [options]   a kernel of CIFAR-10, into data/kernels

  --architecture NAME  fully-connected (default) or myrtle-5
  --width N            channels, width of both hidden layers, or infinite (default)
  --n N                training images (5000)
  --seed N             of the initial weights of a finite network (0)`;

await storingTask(USAGE, {
  architecture: { type: "string", default: "fully-connected" },
  width: { type: "string", default: "infinite" },
  n: { type: "string", default: "5000" },
  seed: { type: "string", default: "0" },
}, async ({ values }) => {
  const { architecture, width, n, seed } = values;
  const name = `${architecture.replaceAll("-", "_")}_${width}_n${n}_seed${seed}`;
  const flags = Object.entries(values).map(([name, value]) => `--${name} ${value}`);

  const configuration = {
    architecture: architecture as "myrtle-5",
    width: width === "infinite"
      ? width as "infinite"
      : numberOf("width", width, { least: 1, most: 8192 }),
    n: numberOf("n", n, { least: 20, most: 50000 }),
    seed: numberOf("seed", seed, { least: 0 }),
  };
  const study = await withProgress(name, {}, (control) => kernelStudy(configuration, control));
  const file = await storeResult(`kernels/${name}`, study, {
    command: `deno task kernels ${flags.join(" ")}`,
  });
  console.log(`stored in ${file}`);
});
