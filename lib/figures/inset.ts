/**
 * A small plot within a panel, above what the panel shows: no line runs through it.
 *
 * @module
 */
import type { Axis, PlotlyPart } from "./look.ts";

/** Of the panel's height, what its own marks keep. */
const BELOW = 0.54;

interface Domain {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The panel's y axis with room for an inset above what it shows. */
export function withRoomAbove(axis: Axis, shown: readonly [number, number] | undefined): Axis {
  const [from, to] = axis.range ?? shown ?? [0, 1];
  const up = axis.log ? from * (to / from) ** (1 / BELOW) : from + (to - from) / BELOW;
  return { ...axis, range: [from, up] };
}

/**
 * Where in its panel an inset lies, with room for its own tick texts and labels.
 *
 * @param size of the panel's plot in pixels
 */
export function insetDomain(
  { x, y }: Domain,
  size: { readonly width: number; readonly height: number },
): Domain {
  const at = ([from, to]: readonly number[], share: number) => from + share * (to - from);
  return {
    x: [at(x, Math.min(0.45, 52 / size.width)), at(x, 0.98)],
    y: [at(y, Math.min(0.8, BELOW + 32 / size.height)), at(y, 0.99)],
  };
}

/** An inset's axes: small texts, no grid. */
export function insetAxes(layout: PlotlyPart): PlotlyPart {
  return ofAxes(layout, (part, name) => {
    // Plotly takes a power of ten for lower and narrower than it is: the title would touch it.
    const standoff = name.startsWith("y") ? 9 : 3;
    const title = { ...part.title as PlotlyPart, standoff, font: { size: 10 } };
    return { ...withoutGrid(part), title, tickfont: { size: 9 }, ticklen: 2 };
  });
}

/** Axes of a panel that has an inset: lines of a grid would run through it. */
export function gridless(layout: PlotlyPart): PlotlyPart {
  return ofAxes(layout, withoutGrid);
}

const withoutGrid = ({ minor: _, ...part }: PlotlyPart): PlotlyPart => ({
  ...part,
  showgrid: false,
});

function ofAxes(
  layout: PlotlyPart,
  of: (axis: PlotlyPart, name: string) => PlotlyPart,
): PlotlyPart {
  return Object.fromEntries(
    Object.entries(layout).map(([name, axis]) => [name, of(axis as PlotlyPart, name)]),
  );
}

/**
 * Which pairs of axes are insets, and of which other pair: those that lie within it.
 *
 * @returns for the number of an inset, that of its panel
 */
export function insetsOf(domains: ReadonlyMap<string, Domain>): Map<string, string> {
  const isWithin = (one: Domain, other: Domain) =>
    (["x", "y"] as const).every((letter) =>
      one[letter][0] > other[letter][0] && one[letter][1] < other[letter][1]
    );
  return new Map(
    [...domains].flatMap(([number, domain]) => {
      const panel = [...domains].find(([, other]) => isWithin(domain, other));
      return panel ? [[number, panel[0]] as const] : [];
    }),
  );
}
