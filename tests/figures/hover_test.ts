import assert from "node:assert/strict";
import { bars, figure, heatMap, line, panels, points, QUANTITIES } from "../../lib/mod.ts";
import { hoverName } from "../../lib/figures/hover.ts";

const template = (options: Parameters<typeof figure>[1], x: readonly number[] = [0.0093]) =>
  String(figure([line(x, x.map(() => 2.1), { name: "cold" })], options).data[0].hovertemplate);

Deno.test("a point says its values by name, with units", () => {
  assert.equal(
    template({ x: "τ (L a sum)", y: "T/T_{SL}, cold", log: "xy" }),
    "τ = %{x:.3~r} weight²/loss, T/T<sub>SL</sub> = %{y:.3~r}<extra>cold</extra>",
  );
  assert.match(template({ x: "images n", y: "loss L" }, [500]), /^n = %\{x:d\}, loss L = .* loss</);
  assert.match(template({}), /^x = .*, y = /);
  // Long numbers as powers of ten.
  assert.match(template({ x: "time τ" }, [1e-9, 1e7]), /%\{x:\.3~g\}/);
});

Deno.test("every quantity is found in an axis's label by its symbol, alone or after a word", () => {
  for (const { symbol, unit } of Object.values(QUANTITIES)) {
    for (const label of [symbol, `${symbol}, seed 0`, `${symbol} (L a sum)`]) {
      if (symbol.includes(" ") && label !== symbol) continue;
      const name = { name: symbol, unit: unit === "1" ? "" : unit };
      assert.deepEqual(hoverName(label), name, label);
    }
  }
  assert.equal(hoverName("test accuracy").name, "test accuracy");
  assert.equal(hoverName("loss left, L/(½‖Y‖²)").name, "loss left");
  assert.equal(hoverName("x, optimal drive").name, "x");
});

Deno.test("intervals, bars and heat maps are told too; bands stay silent", () => {
  const [trace] = figure([points([500], [21], { low: [12], high: [36] })], {
    ...{ x: "n", y: "T/T_{SL}" },
  }).data;
  assert.deepEqual(trace.customdata, [[12, 36]]);
  assert.match(String(trace.hovertemplate), /= %\{y:d\} \(%\{customdata\[0\]:d\} to /);
  const [bar] = figure([bars(["Adam"], [2.5])], { y: "T/T_{SL}" }).data;
  assert.match(String(bar.hovertemplate), /^%\{x\}, T\/T<sub>SL<\/sub> = /);
  const [heat] = figure([heatMap([[1, 2]], { label: "exponent", x: [0, 4], y: [0, 1] })], {
    ...{ x: "δ", y: "α" },
  }).data;
  assert.deepEqual([heat.x, heat.y], [[1, 3], [0.5]]);
  assert.match(String(heat.hovertemplate), /^δ = .*, α = .*, exponent = %\{z:\.3~g\}</);
});

Deno.test("in panels each trace speaks of its own axes", () => {
  const { data } = panels([
    { marks: line([1], [2]), x: "time τ", y: "T/T_{SL}" },
    { marks: line([1], [2]), x: "k", y: "λ_{k}/n", inset: { marks: line([1], [2]), x: "n" } },
  ]);
  const starts = data.map(({ hovertemplate }) => String(hovertemplate).split(" = ")[0]);
  assert.deepEqual(starts, ["τ", "k", "n"]);
});
