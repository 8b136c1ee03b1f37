/**
 * Runs a study in the terminal and stores it under data/, each run as it is finished; a second call
 * goes on where the first was cut off.
 *
 *     deno task study speed-limit --architecture myrtle-5 --width 32 --n 500 --seeds 6
 *
 * @module
 */
import { studies, studyNamed } from "../../experiments/mod.ts";
import { printable, UsageError } from "./run_options.ts";
import { storedList } from "./stored_list.ts";
import { storeStudy } from "./store_study.ts";
import { configurationTyped, studyHelp } from "./study_flags.ts";

const asksHelp = (arg: string) => arg === "--help" || arg === "-h";

/** All studies with their help. */
function overview(): string {
  return [
    "deno task study NAME [options]   runs a study and stores its result under data/",
    "deno task study NAME --help      its options alone",
    "deno task study --stored         lists what is stored, and what of it is older than the code",
    ...Object.values(studies).map((study) => `\n${studyHelp(study)}`),
  ].join("\n");
}

async function main([first, ...rest]: string[]): Promise<number> {
  if (first === undefined || asksHelp(first)) {
    console.log(overview());
    return 0;
  }
  if (first === "--stored") {
    console.log(printable((await storedList()).join("\n")));
    return 0;
  }
  // Without a name it is the speed limit: so read the commands that older stored results tell.
  const [name, args] = first.startsWith("-")
    ? ["speed-limit", [first, ...rest]]
    : [first, rest] as const;
  try {
    const study = studyNamed(name);
    if (args.some(asksHelp)) console.log(studyHelp(study));
    else console.log((await storeStudy(study, configurationTyped(study, [...args]))).join("\n"));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${printable(error.message)}\n(deno task study --help tells what there is)`);
      return 2;
    }
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    console.error(`${printable(error.message)}\n(--help tells the options)`);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
