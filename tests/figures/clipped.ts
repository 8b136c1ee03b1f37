import type { Figure } from "../../lib/figures/figure.ts";

type Trace = Figure["data"][number];
interface Axis {
  readonly range?: readonly [number, number];
  readonly type?: string;
}

/** Rounding to five digits. */
const SLACK = 1e-4;

/**
 * What of a figure is drawn outside of its axes: each number of each trace, and each end of each interval,
 * that lies beyond the axis's range. Axes without a range of their own hold all, as plotly makes them.
 */
export function clipped({ data, layout }: Figure): string[] {
  return data.flatMap((trace, i) =>
    (["x", "y"] as const).flatMap((letter) => {
      const name = String(trace[`${letter}axis`] ?? letter);
      const axis = layout[name.replace(letter, `${letter}axis`)] as Axis | undefined;
      if (!axis?.range) return [];
      const onAxis = (value: number) => axis.type === "log" ? Math.log10(value) : value;
      const [low, high] = axis.range.toSorted((a, b) => a - b);
      const slack = SLACK * (high - low);
      return drawn(trace, letter).filter((value) => typeof value === "number")
        .filter((value) => !(onAxis(value) >= low - slack && onAxis(value) <= high + slack))
        .map((value) => `${trace.name ?? `trace ${i}`}: ${letter} = ${value} of [${axis.range}]`);
    })
  );
}

function drawn(trace: Trace, letter: "x" | "y"): readonly unknown[] {
  const values = (trace[letter] ?? []) as readonly unknown[];
  const bars = trace[`error_${letter}`] as
    | { readonly array: readonly number[]; readonly arrayminus: readonly number[] }
    | undefined;
  if (!bars) return trace.type === "bar" && letter === "y" ? [...values, 0] : values;
  const ends = (values as readonly number[]).flatMap((value, i) => [
    value - bars.arrayminus[i],
    value + bars.array[i],
  ]);
  return [...values, ...ends];
}
