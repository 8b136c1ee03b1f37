/**
 * Computes kernels and residues at the starts of a stored speed limit study, and stores them under
 * data/residues/ by the study's name, for panel f of the paper's Figure 1.
 *
 *     deno task residues myrtle_5_32_n500
 *
 * @module
 */
import {
  type ResidueStudy,
  residueStudy,
  type SpeedLimitStudy,
  storedResults,
  storeResult,
} from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";
import { numberOf, storingTask } from "./storing_task.ts";

const USAGE = `deno task residues STUDY [--seeds N]   into data/residues, for panel f of Figure 1

  STUDY      a study's name in data/speed_limit, as in myrtle_5_32_n500
  --seeds N  how many of its realizations; all by default`;

await storingTask(USAGE, {
  options: { seeds: { type: "string" } },
  allowPositionals: true,
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
  const residues = await withProgress(
    `residues of ${name}`,
    {},
    (control) => residueStudy(study, { seeds, ...control }),
  );
  const before = (await storedResults<ResidueStudy>("residues"))
    .find((result) => result.name === name)?.result.realizations.length ?? 0;
  if (seeds.length < before) {
    console.log(`what is stored has ${before} realizations and stays; --seeds ${before} renews it`);
    return;
  }
  const file = await storeResult(`residues/${name}`, residues, {
    command: `deno task residues ${name}${asked ? ` --seeds ${asked}` : ""}`,
  });
  console.log(`stored in ${file}`);
});
