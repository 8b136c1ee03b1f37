/**
 * A process that draws a first figure: the spectrum of a tangent kernel of n inputs.
 *
 * @module
 */
import { figure, line } from "../../../figures/mod.ts";
import { fullyConnected } from "../../../networks/mod.ts";
import { drawPng } from "../../../notebook/mod.ts";
import { infiniteKernels } from "../../../ntk/mod.ts";
import { eigh } from "../../../numerics/mod.ts";
import { peakGigabytes } from "./memory.ts";

const n = Number(Deno.args[0]);
const data = new Float32Array(20 * n).map((_, i) => Math.sin(i * (i % 7 + 1)));
const network = fullyConnected({ widths: [20, 64, 1], parametrization: "ntk" });
const { ntk } = await infiniteKernels(network, { shape: [n, 20], data });
const { values } = await eigh(ntk, { vectors: false });
const rank = Array.from(values, (_, k) => k + 1);
const drawn = figure([line(rank, values.toReversed())], {
  ...{ x: "k", y: "eigenvalue", log: "xy" },
});
await drawPng(drawn);
console.log(JSON.stringify([await peakGigabytes(), ...values]));
