/**
 * The cases that claims of ensembles are judged over: studies, and studies at times.
 *
 * @module
 */
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import { checkEnsembles, ensembleName } from "../readings/ensembles.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import type { Case } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Digits of a share. */
export const DIGITS = { digits: 2 } as const;

/** Those of networks, which there must be. */
export function networksOf(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): EnsemblesStudy[] {
  checkList("studies", studies, checkEnsembles);
  checkNumbers("times", times);
  const networks = studies.filter(({ configuration: { depth } }) => depth > 0);
  return [...atLeastOne(networks, "study of networks")];
}

/** A case of each study. */
export function overStudies(
  studies: readonly EnsemblesStudy[],
  of: (study: EnsemblesStudy) => Omit<Case, "where">,
): Case[] {
  checkList("studies", studies, checkEnsembles);
  return atLeastOne(studies, "study").map((study) => ({
    where: ensembleName(study),
    ...of(study),
  }));
}

/** A case of each study at each time. */
export function overTimes(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
  of: (study: EnsemblesStudy, time: number) => Omit<Case, "where">,
): Case[] {
  atLeastOne(Array.from(times), "time");
  return studies.flatMap((study) =>
    Array.from(times, (time) => ({
      where: `${ensembleName(study)}, τ = ${time}`,
      ...of(study, time),
    }))
  );
}
