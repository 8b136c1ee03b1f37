/**
 * Computes kernels and residues at the starts of a stored speed limit study, and stores them under
 * data/residues/ by the study's name, for panel f of the paper's Figure 1.
 *
 *     deno task residues myrtle_5_32_n500
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  residueStudy,
  type SpeedLimitStudy,
  storedResults,
  storeResult,
} from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";

const { values: { seeds: asked }, positionals } = parseArgs({
  options: { seeds: { type: "string" } },
  allowPositionals: true,
});
const stored = await storedResults<SpeedLimitStudy>("speed_limit");
const [name] = positionals;
const study = stored.find((result) => result.name === name)?.result;
if (!study) {
  console.error(
    `"${name ?? ""}" is no stored study; there are\n  ${
      stored.map((result) => result.name).join("\n  ")
    }`,
  );
  Deno.exit(2);
}
const seeds = study.configuration.seeds.slice(0, asked ? Number(asked) : undefined);
const residues = await withProgress(
  `residues of ${name}`,
  {},
  (control) => residueStudy(study, { seeds, ...control }),
);
const file = await storeResult(`residues/${name}`, residues, {
  command: `deno task residues ${name}${asked ? ` --seeds ${asked}` : ""}`,
});
console.log(`stored in ${file}`);
