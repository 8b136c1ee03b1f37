/**
 * Computes kernels and residues at the starts of a stored speed limit study, and stores them under
 * data/residues/ by the study's name, for panel f of the paper's Figure 1.
 *
 *     deno task residues myrtle_5_32_n500
 *
 * @module
 */
import {
  residueStudy,
  type SpeedLimitStudy,
  storedResults,
  storeResult,
} from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";
import { numberOf, realizationsStored, storingTask, whatStays } from "./storing_task.ts";

const USAGE = `deno task residues STUDY [--seeds N]   into data/residues, for panel f of Figure 1

  STUDY      a study's name in data/speed_limit, as in myrtle_5_32_n500
  --seeds N  how many of its realizations; all by default`;

await storingTask(USAGE, {
  seeds: { type: "string" },
}, async ({ values: { seeds: asked }, positionals }) => {
  const stored = await storedResults<SpeedLimitStudy>("speed_limit");
  const [name] = positionals;
  const study = stored.find((result) => result.name === name)?.result;
  if (!study) {
    throw new RangeError(
      `"${name ?? ""}" is no stored study; there are\n  ${
        stored.map((result) => result.name).join("\n  ")
      }`,
    );
  }
  const seeds = study.configuration.seeds.slice(
    0,
    asked ? numberOf("seeds", asked, { least: 1 }) : undefined,
  );
  const before = await realizationsStored("residues", name);
  if (seeds.length < before) return console.log(whatStays(before));
  const residues = await withProgress(
    `residues of ${name}`,
    {},
    (control) => residueStudy(study, { seeds, ...control }),
  );
  const file = await storeResult(`residues/${name}`, residues, {
    command: `deno task residues ${name}${asked ? ` --seeds ${asked}` : ""}`,
  });
  console.log(`stored in ${file}`);
}, { positionals: true });
