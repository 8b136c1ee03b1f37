/**
 * What a notebook's cell needs: showing, progress that can be stopped, studies, parameters, and the
 * record of what a notebook concludes.
 *
 * @module
 */
export { checkParameters } from "./check_parameters.ts";
export { type ConcludedNotebook, conclusionCards } from "./claim_cards.ts";
export { type ConcludedClaim, CONCLUSION_TYPE, type NotebookConclusion } from "./concluded.ts";
export { conclude, testedIn } from "./conclusion.ts";
export { collectConclusions } from "./conclusions.ts";
export { type ProgressBar, progressBar, type ProgressOptions } from "./progress.ts";
export { runStudies, runStudy, type RunStudyOptions } from "./run_study.ts";
export { markdown, show, showImages, table } from "./show.ts";
export { showDerivation } from "./show_derivation.ts";
export { drawPng } from "./static.ts";
export { type Takeaway, takeawayList } from "./takeaways.ts";
export { tracked } from "./tracked.ts";
export { type ProgressControl, withProgress } from "./with_progress.ts";
