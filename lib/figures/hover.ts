/**
 * What a figure says of the point that a reader points at: "τ = 0.0093 weight²/loss, T/T_SL = 2.1".
 *
 * @module
 */
import { type Axis, mathLabel, type PlotlyPart } from "./look.ts";
import { QUANTITIES, type Quantity } from "./quantities.ts";
import type { Axes } from "./within.ts";

/** How a value is called, and its unit, "" for a pure number. */
export interface HoverName {
  readonly name: string;
  readonly unit: string;
}

const UNITS = new Map(
  Object.values(QUANTITIES).map(({ symbol, unit }: Quantity) => [symbol, unit] as const),
);

/**
 * The name of what stands on an axis, from its label: the quantity that this begins with, after a word such
 * as "time" at most, or the label up to its first remark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hoverName } from "./hover.ts";
 * const time = { name: "τ", unit: "weight²/loss" };
 * assert.deepEqual(hoverName("τ (L a sum) since the warm start"), time);
 * assert.deepEqual(hoverName("time τ"), time);
 * assert.deepEqual(hoverName("T/T_{SL}, cold"), { name: "T/T_{SL}", unit: "" });
 * assert.deepEqual(hoverName("r = (1 − δ)/α"), { name: "r", unit: "" });
 * assert.deepEqual(hoverName("λ_{k}/n"), { name: "λ_{k}/n", unit: "" });
 * ```
 */
export function hoverName(label: string): HoverName {
  const words = label.split(/[\s,]+/);
  const known = [label, words[0], /^[a-z]+$/.test(words[0]) ? words[1] : undefined]
    .find((word) => word !== undefined && UNITS.has(word));
  const name = known ?? label.split(/, | \((?=[a-z])| = /i)[0];
  const unit = UNITS.get(name) ?? "";
  return { name, unit: unit === "1" ? "" : unit };
}

/**
 * The trace with the text that is shown where a reader points: the values by name, with units and intervals.
 * What says so itself, or is skipped, stays as it is.
 */
export function hovered(trace: PlotlyPart, axes: Axes): PlotlyPart {
  if (trace.hovertemplate !== undefined || trace.hoverinfo === "skip") return trace;
  if (!["scatter", "bar", "heatmap"].includes(String(trace.type))) return trace;
  const [x, y] = (["x", "y"] as const).map((letter) =>
    said(letter, axes[letter], trace[letter] as readonly unknown[] | undefined)
  );
  const bars = trace.error_y as Bars | undefined;
  const customdata = bars && (trace.y as readonly number[]).map((value, i) => [
    value - bars.arrayminus[i],
    value + bars.array[i],
  ]);
  const format = customdata ? formatOf(customdata.flat()) : "";
  const interval = customdata ? ` (%{customdata[0]${format}} to %{customdata[1]${format}})` : "";
  const z = trace.type === "heatmap" ? `, ${saidOfColor(trace)}` : "";
  const name = trace.name === undefined ? "" : String(trace.name);
  return {
    ...trace,
    ...(customdata ? { customdata } : {}),
    hovertemplate: `${x}, ${y}${interval}${z}<extra>${name}</extra>`,
  };
}

interface Bars {
  readonly array: readonly number[];
  readonly arrayminus: readonly number[];
}

function said(letter: "x" | "y", { label = "" }: Axis, values: readonly unknown[] = []): string {
  if (values.some((value) => typeof value === "string")) return `%{${letter}}`;
  const { name, unit } = hoverName(label);
  const of = `%{${letter}${formatOf(values)}}${unit && ` ${unit}`}`;
  return `${name === "" ? letter : mathLabel(name)} = ${of}`;
}

function saidOfColor({ colorbar }: PlotlyPart): string {
  const title = (colorbar as { title?: { text?: string } } | undefined)?.title?.text ?? "";
  return `${title.replace(/<br>.*$/, "") || "value"} = %{z:.3~g}`;
}

/** Whole numbers whole, others to three digits: as decimals where these are not long. */
function formatOf(values: readonly unknown[]): string {
  const sizes = values.filter((value) => typeof value === "number" && Number.isFinite(value))
    .map((value) => Math.abs(value as number));
  if (sizes.every(Number.isInteger)) return ":d";
  const within = sizes.every((size) => size === 0 || (size >= 1e-6 && size < 1e6));
  return within ? ":.3~r" : ":.3~g";
}
