/**
 * What the public functions of figures take.
 *
 * @module
 */
import {
  anything,
  type Arguments,
  callable,
  column,
  either,
  finite,
  flag,
  iterable,
  like,
  list,
  maybe,
  natural,
  nothing,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  record,
  text,
  tuple,
} from "../kinds.ts";
import {
  anyStudyKind,
  axisKind,
  concludedClaimKind,
  derivationKind,
  derivationStepKind,
  descentBesideFlowKind,
  figureKind,
  fokkerPlanckKind,
  kernelExponentsKind,
  kernelStudyKind,
  landscapeFlowKind,
  landscapeKind,
  linearFlowKind,
  linearizationStudyKind,
  marksKind,
  networkForecastKind,
  notebookConclusionKind,
  panelKind,
  residueStudyKind,
  sampledPowerLawKind,
  seedPathKind,
  sizeGrowthKind,
  sliderFrameKind,
  speedLimitStudyKind,
  terminalKind,
} from "./records.ts";

export const figuresArguments: Arguments = {
  notationRows: { group: oneOf("laws", "paths", "networks") },
  ownLetterRows: {},
  claimRows: { claims: list(concludedClaimKind) },
  conclude: { conclusion: notebookConclusionKind },
  derivation: {
    options: options({
      given: maybe(record({}, text)),
      known: maybe(record({}, text)),
      steps: list(either(text, tuple(text, text))),
      symbols: maybe(record({}, text)),
      ranges: maybe(record({}, tuple(finite, finite))),
      points: maybe(natural),
    }),
  },
  descentFigure: {
    flow: seedPathKind,
    descent: record({ time: column, inefficiency: column, tortuosity: column }),
    options: options({ learningRate: positive, note: maybe(text) }),
  },
  figure: {
    marks: marksKind,
    options: maybe(options({
      width: maybe(finite),
      height: maybe(finite),
      legend: maybe(oneOf("above", "right", "none")),
      layout: maybe(record({}, anything)),
      title: maybe(text),
      x: maybe(either(text, axisKind)),
      y: maybe(either(text, axisKind)),
      log: maybe(oneOf("x", "y", "xy")),
    })),
  },
  densityLines: {
    flow: fokkerPlanckKind,
    at: column,
    options: maybe(options({ label: maybe(text), digits: maybe(natural) })),
  },
  landscapeFigure: {
    landscape: landscapeKind,
    flow: landscapeFlowKind,
    options: maybe(options({ reach: maybe(finite) })),
  },
  lengthsFigure: { flow: landscapeFlowKind },
  exponentPanel: {
    curves: list(record({ name: text, fits: list(sampledPowerLawKind) })),
    y: maybe(text),
  },
  forecastPanel: {
    fit: kernelExponentsKind,
    study: kernelStudyKind,
    options: maybe(
      options({ measured: maybe(speedLimitStudyKind), linearized: maybe(seedPathKind) }),
    ),
  },
  inefficiencyLine: {
    flow: linearFlowKind,
    options: maybe(
      options({
        dash: maybe(oneOf("solid", "dash", "dot")),
        mode: maybe(oneOf("lines", "markers", "lines+markers")),
        width: maybe(finite),
        name: maybe(text),
        color: maybe(text),
      }),
    ),
  },
  residuePanel: { study: kernelStudyKind, options: maybe(options({ nameOf: maybe(callable) })) },
  spectrumPanel: {
    studies: list(kernelStudyKind),
    options: maybe(options({ nameOf: maybe(callable), colors: maybe(list(text)) })),
  },
  exponentRows: { fits: list(kernelExponentsKind) },
  fixedWindowRows: { fits: list(kernelExponentsKind), window: like([10, 100], numbers) },
  forecastRows: { forecasts: list(networkForecastKind) },
  linearizationRows: { study: linearizationStudyKind },
  spreadRows: { seeds: list(kernelExponentsKind), sets: list(kernelExponentsKind) },
  orderedColors: { count: natural },
  heatMap: {
    matrix: either(list(column), record({ rows: finite, cols: finite, data: column })),
    options: maybe(
      options({ label: maybe(text), range: maybe(tuple(finite, finite)), diverging: maybe(flag) }),
    ),
  },
  againstLossLeft: { studies: list(speedLimitStudyKind), start: oneOf("cold", "warm") },
  band: {
    x: column,
    mean: column,
    low: column,
    high: column,
    options: maybe(
      options({
        dash: maybe(oneOf("solid", "dash", "dot")),
        mode: maybe(oneOf("lines", "markers", "lines+markers")),
        width: maybe(finite),
        name: maybe(text),
        color: maybe(text),
      }),
    ),
  },
  bars: {
    labels: list(text),
    values: column,
    options: maybe(
      options({ name: maybe(text), color: maybe(text), low: maybe(column), high: maybe(column) }),
    ),
  },
  line: {
    x: column,
    y: column,
    options: maybe(
      options({
        dash: maybe(oneOf("solid", "dash", "dot")),
        mode: maybe(oneOf("lines", "markers", "lines+markers")),
        width: maybe(finite),
        name: maybe(text),
        color: maybe(text),
      }),
    ),
  },
  points: {
    x: column,
    y: column,
    options: options({
      dash: maybe(oneOf("solid", "dash", "dot")),
      mode: maybe(oneOf("lines", "markers", "lines+markers")),
      width: maybe(finite),
      name: maybe(text),
      color: maybe(text),
      low: column,
      high: column,
    }),
  },
  meanBand: {
    x: column,
    means: list(record({ mean: ranged, standardError: positive })),
    options: maybe(
      options({
        errors: maybe(finite),
        dash: maybe(oneOf("solid", "dash", "dot")),
        mode: maybe(oneOf("lines", "markers", "lines+markers")),
        width: maybe(finite),
        name: maybe(text),
        color: maybe(text),
      }),
    ),
  },
  phaseDiagram: { exponents: list(column) },
  phaseGrid: { cells: natural },
  panels: {
    list: list(panelKind),
    options: maybe(
      options({
        width: maybe(finite),
        height: maybe(finite),
        legend: maybe(oneOf("above", "right", "none")),
        layout: maybe(record({}, anything)),
        title: maybe(text),
        columns: maybe(natural),
      }),
    ),
  },
  progressBar: {
    title: text,
    options: maybe(
      options({
        total: maybe(finite),
        unit: maybe(text),
        delay: maybe(finite),
        broadcast: maybe(either(nothing, callable)),
        onInterrupt: maybe(callable),
        terminal: maybe(terminalKind),
        now: maybe(callable),
      }),
    ),
  },
  runStudies: {
    study: either(text, anyStudyKind),
    configurations: list(anything),
    options: maybe(
      options({
        title: maybe(text),
        cache: maybe(text),
        broadcast: maybe(either(nothing, callable)),
        terminal: maybe(terminalKind),
      }),
    ),
  },
  runStudy: {
    study: either(text, anyStudyKind),
    configuration: anything,
    options: maybe(
      options({
        title: maybe(text),
        cache: maybe(text),
        broadcast: maybe(either(nothing, callable)),
        terminal: maybe(terminalKind),
      }),
    ),
  },
  showDerivation: { lines: either(derivationKind, list(derivationStepKind)) },
  markdown: { text: text },
  show: { figure: figureKind },
  showImages: {
    bytes: column,
    captions: list(text),
    options: maybe(
      options({ size: maybe(natural), columns: maybe(natural), scale: maybe(natural) }),
    ),
  },
  table: { rows: list(record({}, either(text, finite))) },
  withSlider: {
    frames: list(sliderFrameKind),
    options: options({ label: text, start: maybe(ranged) }),
  },
  againstSize: {
    studies: list(speedLimitStudyKind),
    options: maybe(options({ time: maybe(ranged) })),
  },
  speedLimitFigure: {
    studies: list(speedLimitStudyKind),
    options: maybe(options({ residues: maybe(residueStudyKind), title: maybe(text) })),
  },
  drawPng: { figure: figureKind, scale: maybe(finite) },
  descentRows: { entries: list(descentBesideFlowKind) },
  growthRows: { growth: list(sizeGrowthKind), options: maybe(options({ width: maybe(text) })) },
  lossLeft: { study: speedLimitStudyKind },
  ratioCells: { study: speedLimitStudyKind },
  scaleRows: { studies: list(speedLimitStudyKind), options: options({ layers: natural }) },
  variantRows: { studies: list(speedLimitStudyKind) },
  warmStartRows: { studies: list(speedLimitStudyKind) },
  derivativeOf: { expression: text, variable: text },
  simplified: { expression: text },
  tracked: {
    items: iterable,
    title: text,
    options: maybe(
      options({
        broadcast: maybe(either(nothing, callable)),
        terminal: maybe(terminalKind),
        unit: maybe(text),
        delay: maybe(finite),
        onInterrupt: maybe(callable),
        now: maybe(callable),
      }),
    ),
  },
  withProgress: {
    title: text,
    options: options({
      total: maybe(finite),
      unit: maybe(text),
      delay: maybe(finite),
      broadcast: maybe(either(nothing, callable)),
      onInterrupt: maybe(callable),
      terminal: maybe(terminalKind),
      now: maybe(callable),
    }),
    work: callable,
  },
};
