import assert from "node:assert/strict";
import { listNotebooks } from "../../lib/notebook/conclusions.ts";
import { notebooksFolder } from "../../lib/notebook/folders.ts";
import type { Figure } from "../../lib/figures/figure.ts";
import { clipped } from "../figures/clipped.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const PLOTLY = "application/vnd.plotly.v1+json";

interface Shown {
  readonly where: string;
  readonly figure: Figure;
}

/** Every figure that a notebook shows, as it was saved. */
async function shown(): Promise<Shown[]> {
  const all = (await listNotebooks(notebooksFolder)).map(async (name) => {
    const { cells } = JSON.parse(await Deno.readTextFile(`${notebooksFolder}/${name}.ipynb`)) as {
      cells: { id: string; outputs?: { data?: Record<string, Figure> }[] }[];
    };
    return cells.flatMap(({ id, outputs = [] }) =>
      outputs.flatMap(({ data }) =>
        data?.[PLOTLY] ? [{ where: `${name} ${id}`, figure: data[PLOTLY] }] : []
      )
    );
  });
  return (await Promise.all(all)).flat();
}

test("no figure of a notebook cuts a point, a bar or an end of an interval", async () => {
  const figures = await shown();
  assert.ok(figures.length > 20);
  const cut = figures.flatMap(({ where, figure }) =>
    clipped(figure).map((what) => `${where}: ${what}`)
  );
  assert.deepEqual(cut, []);
});

test("no band or interval of T/T_SL in a notebook reaches below 1", async () => {
  const below = (await shown()).flatMap(({ where, figure: { data, layout } }) =>
    data.filter((trace) => {
      const axis = layout[String(trace.yaxis ?? "y").replace("y", "yaxis")] as
        | { title?: { text?: string } }
        | undefined;
      // One network's "over" another's may be below.
      const ratio = /^T\/T<sub>SL(?!.*\bover\b)/.test(axis?.title?.text ?? "");
      return (trace.fill || trace.error_y) && ratio;
    }).flatMap((trace) => {
      const bars = trace.error_y as { arrayminus: number[] } | undefined;
      const ends = (trace.y as number[]).map((value, i) => value - (bars?.arrayminus[i] ?? 0));
      // Realizations, which bands span, may be below by twice the flow's tolerance, 1 %.
      const least = bars ? 0.999 : 0.98;
      return ends.filter((end) => end < least).map((end) => `${where}, ${trace.name}: ${end}`);
    })
  );
  assert.deepEqual(below, []);
});

test("every point of a notebook's figure says what it is, or is part of a line that does", async () => {
  for (const { where, figure: { data } } of await shown()) {
    for (const { hovertemplate, hoverinfo, name } of data) {
      assert.ok(
        hoverinfo === "skip" || / = %\{|%\{x\}/.test(String(hovertemplate)),
        `${where} ${name}`,
      );
    }
  }
});
