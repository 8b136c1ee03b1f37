/**
 * What is stored under data/: by which command, when, and whether the code has changed since.
 *
 * @module
 */
import { type NamedResult, storedResults, studies } from "../../experiments/mod.ts";

/**
 * A line for each stored result, with a last one that counts those that are older than the code.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedList } from "./stored_list.ts";
 * const lines = await storedList();
 * assert(lines.some((line) => line.startsWith("speed_limit/myrtle_5_128_n500")));
 * ```
 */
export async function storedList(): Promise<string[]> {
  const all: { readonly folder: string; readonly one: NamedResult<unknown> }[] = [];
  const damaged: string[] = [];
  for (const { folder } of Object.values(studies)) {
    const onDamaged = ({ message }: Error) => void damaged.push(message);
    for (const one of await storedResults(folder, { onDamaged })) all.push({ folder, one });
  }
  const names = all.map(({ folder, one }) => `${folder}/${one.name}`);
  const column = Math.max(...names.map((name) => name.length)) + 2;
  const older = all.filter(({ one }) => one.olderThanCode).length;
  return [
    ...all.map(({ one: { made, olderThanCode, checked } }, i) =>
      `${names[i].padEnd(column)}${made.date}  ${olderThanCode ? "older code" : "this code "}  ` +
      `${checked ? "" : "(no checksum)  "}${made.command}`
    ),
    ...damaged,
    `${all.length} results, ${older} of them made by other code than this (which may not matter: ` +
    "tests/experiments/study/stored_again_test.ts makes a part of each again)",
  ];
}
