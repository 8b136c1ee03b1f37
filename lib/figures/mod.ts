/**
 * Results as plotly records and rows of tables, with one look for every figure. All of it is pure:
 * what shows them is the notebook's room.
 *
 * @module
 */
export { type Derivation, derivation, type DerivationOptions } from "./derivations/derivation.ts";
export { descentFigure } from "./descent_figure.ts";
export { type Figure, figure, type FigureOptions } from "./figure.ts";
export { densityLines, landscapeFigure, lengthsFigure } from "./flow_figures.ts";
export {
  type ExponentCurve,
  exponentPanel,
  forecastPanel,
  inefficiencyLine,
  residuePanel,
  spectrumPanel,
} from "./kernel_panels.ts";
export {
  exponentRows,
  fixedWindowRows,
  forecastRows,
  linearizationRows,
  spreadRows,
} from "./tables/kernel_tables.ts";
export {
  stepsDifferencePanel,
  stepsEdgePanel,
  stepsLimitsPanel,
  stepsNoisePanel,
  type StepsPanelOptions,
  stepsRatioPanel,
} from "./discrete_steps_panels.ts";
export {
  stepsEdgeRows,
  stepsNoiseRows,
  stepsRateRows,
  stepsTimesRows,
} from "./tables/discrete_steps_tables.ts";
export { stepsLongRows } from "./tables/long_steps_table.ts";
export {
  type NamedPartition,
  owedPanel,
  sharePanel,
  sharePathsPanel,
} from "./initial_weights_panels.ts";
export {
  ensembleRows,
  owedRows,
  sharePeakRows,
  startRows,
} from "./tables/initial_weights_tables.ts";
export { orderedColors } from "./look.ts";
export { heatMap } from "./heat_map.ts";
export { againstLossLeft } from "./loss_left_panel.ts";
export { band, bars, line, points } from "./marks.ts";
export { meanBand } from "./mean_band.ts";
export { phaseDiagram, type PhaseGrid, phaseGrid } from "./phase_diagram.ts";
export { type Panel, panels } from "./panels.ts";
export { reportFigure } from "./report_figure.ts";
export { type NotationGroup, notationRows, ownLetterRows } from "./notation.ts";
export { type DrawnQuantity, QUANTITIES, type Quantity, type QuantityName } from "./quantities.ts";
export { type SliderFrame, type SliderOptions, withSlider } from "./slider.ts";
export { scopePanel, thresholdPanel } from "./scope_panels.ts";
export { labelBoundRows, scopeBoundRows } from "./tables/scope_bounds.ts";
export { scopeFormulaRows, scopeLawRows, scopePeakRows } from "./tables/scope_formula.ts";
export { comparisonRows, scopeRows, timeRows } from "./tables/scope_tables.ts";
export { sizeByMark, type SizeByMarkOptions } from "./size_by_mark.ts";
export {
  againstSize,
  speedLimitFigure,
  type SpeedLimitFigureOptions,
} from "./speed_limit_figure.ts";
export { lossRiseRows } from "./tables/loss_rise_tables.ts";
export { agreementRows, growthRows, markRows, scaleRows } from "./tables/mark_tables.ts";
export {
  besideWideLimitRows,
  peakFactorRows,
  peakRows,
  wideLimitRows,
} from "./tables/peak_tables.ts";
export {
  type ColumnName,
  columnPanel,
  type ColumnPanelOptions,
  peakPanels,
  ratioByStartPanel,
} from "./mark_panels.ts";
export { descentRows, lossLeft, ratioCells, variantRows } from "./tables/study_tables.ts";
export { asymmetryPanel, ensembleBoundsPanel, leastEigenvaluePanel } from "./ensemble_panels.ts";
export {
  langevinStepRows,
  langevinStepSizeRows,
  linearLangevinStepRows,
} from "./tables/langevin_step_tables.ts";
export {
  ensembleBoundRows,
  ensembleGeometryRows,
  langevinRows,
  lazyAsymmetryRows,
  linearizedEnsembleRows,
  partitionRows,
} from "./tables/ensemble_tables.ts";
export { driftPanels } from "./drift_panels.ts";
export { factorsPanel, kernelDriftPanel, lazyPanel, partsPanel } from "./kernel_drift_panels.ts";
export {
  exponentAlongRows,
  kernelDriftRows,
  lazyRows,
  lazySlopeRows,
  lossBesideRows,
  partRows,
} from "./tables/kernel_drift_tables.ts";
export { lazinessPanel, lazyPartingPanel } from "./lazy_parting_panels.ts";
export { lazyPartingRows, lossPartRows } from "./tables/lazy_parting_tables.ts";
export { lazinessRows, sinceWarmRows } from "./tables/kernel_along_tables.ts";
export { driftRows, thresholdRows, warmStartRows } from "./tables/warm_start_tables.ts";
export { wideLimitPanel, wideRegimePanel } from "./wide_limit_panels.ts";
export {
  type DerivationStep,
  derivativeOf,
  simplified,
  type Symbolic,
} from "./derivations/symbolic.ts";
export { widthKernelPanel, widthPanel, widthSpreadPanel } from "./width_panels.ts";
export {
  correctionPartRows,
  correctionRows,
  widthBoundRows,
  widthRows,
  widthSpreadRows,
} from "./tables/width_tables.ts";
export {
  generalizationPanel,
  type OptimizerRatio,
  optimizerRatioPanel,
  schedulePanel,
  stepsAgainstRatioPanel,
} from "./optimizer_panels.ts";
export { judgeRows, optimizerRows, tuningRows } from "./tables/optimizer_tables.ts";
export {
  generalizationRows,
  scheduleFlowRows,
  scheduleRows,
  scheduleStepRows,
} from "./tables/schedule_tables.ts";
