/**
 * Headlines, claims and evidence as a reader wants them: whole sentences, intervals that are short,
 * formulas that are set.
 *
 * @module
 */
import { counted } from "../figures/number_text.ts";
import { inert } from "../figures/tables/table_text.ts";

/**
 * A line of results as Markdown: `20.7 [17.0, 25.3]` becomes `20.7 (17–25)`, powers of ten and what
 * is written with the paper's symbols become formulas; everything else stays text.
 *
 * The ends of an interval keep the digits that its width calls for, and none that were not given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readable } from "./readable.ts";
 * assert.equal(readable("cold 21.6 [13.0, 35.7]"), "cold 21.6 (13–36)");
 * assert.equal(readable("T/T_SL = 4.5 [3.71, 5.48]"), "$T/T_{SL} = 4.5$ (3.7–5.5)");
 * assert.equal(readable("n^-0.07 [-0.07, -0.06]"), "$n^{-0.07}$ (−0.07 to −0.06)");
 * assert.equal(readable("off by 2.9e-15"), "off by $2.9\\cdot10^{-15}$");
 * assert.equal(readable("<script> for $5"), "&lt;script> for \\$5");
 * ```
 */
export function readable(text: string): string {
  return withFormulas(inert(withShortIntervals(text)).replaceAll("$", () => "\\$"));
}

/**
 * The text begun with a capital, where it begins with a word, and ended with a stop.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sentence } from "./readable.ts";
 * assert.equal(sentence("least ratio 1.00"), "Least ratio 1.00.");
 * assert.equal(sentence("n = 500, β⁻¹R?"), "n = 500, β⁻¹R?");
 * ```
 */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const begun = /^([a-z][a-z]|a )/.test(trimmed)
    ? trimmed[0].toUpperCase() + trimmed.slice(1)
    : trimmed;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

const NUMBER = String.raw`[−-]?\d[\d.]*`;
const INTERVAL = new RegExp(`(${NUMBER}) \\[(${NUMBER}), (${NUMBER})\\]`, "g");

/** With minus signs, none before a zero, and intervals between brackets. */
function withShortIntervals(text: string): string {
  return text.replace(INTERVAL, (whole, value: string, ...given: string[]) => {
    const [low, high] = given.slice(0, 2).map(numberOf);
    if (!(low <= high)) return whole;
    const ends = [endText(given[0], low, high), endText(given[1], low, high)];
    const middle = Math.abs(numberOf(value)) < 1e4 ? value : counted(numberOf(value), 3);
    return `${middle} (${ends.join(low < 0 ? " to " : "–")})`;
  }).replace(/(\([\d.,−]+(?:–| to )[\d.,−]+)\) \(/g, "$1; ").replace(
    /(?<![\w.^)])-(?=0(?:\.0+)?(?![\d.]))/g,
    "",
  )
    .replace(/(?<![\w.^])-(?=\d)/g, "−");
}

const numberOf = (text: string): number => Number(text.replace("−", "-")) + 0;

/**
 * An end of an interval to the digit in which half its width begins (one more after a 1), and to two
 * of its own; both ends alike, unless they are a factor of ten apart.
 */
function endText(given: string, low: number, high: number): string {
  const end = numberOf(given);
  const half = (high - low) / 2;
  if (half === 0 || end === 0) return given;
  const first = (value: number) => Math.floor(Math.log10(Math.abs(value)));
  const least = high < 10 * low ? low : end;
  const widthBegins = first(half) - (half < 2 * 10 ** first(half) ? 1 : 0);
  const decimals = (given.split(".")[1] ?? "").length;
  const digit = Math.max(-decimals, Math.min(widthBegins, first(least) - 1));
  return digit > 0 ? counted(end, first(end) - digit + 1) : end.toFixed(-digit);
}

/** What is written in plain letters, and how it is set; the longer before what it begins with. */
const SYMBOLS: readonly (readonly [plain: string, tex: string])[] = [
  ["W2²/β⁻¹R", "W_2^2/\\beta^{-1}R"],
  ["W2/β⁻¹R", "W_2/\\beta^{-1}R"],
  ["β⁻¹R", "\\beta^{-1}R"],
  ["T/T_SL", "T/T_{SL}"],
  ["n T_SL(∞)/2", "n\\,T_{SL}(\\infty)/2"],
  ["n T_SL/2", "n\\,T_{SL}/2"],
  ["T_SL(∞)", "T_{SL}(\\infty)"],
  ["T_SL", "T_{SL}"],
  ["(l_γ/l_geo)²", "(l_\\gamma/l_{geo})^2"],
  ["l_γ/l_geo", "l_\\gamma/l_{geo}"],
  ["l_γ", "l_\\gamma"],
  ["l_geo", "l_{geo}"],
  ["‖Δθ‖²/ΔL", "\\lVert\\Delta\\theta\\rVert^2/\\Delta L"],
  ["½‖Y‖²", "\\frac12\\lVert Y\\rVert^2"],
  ["‖K_τ − K_0‖/‖K_0‖", "\\lVert K_\\tau-K_0\\rVert/\\lVert K_0\\rVert"],
  ["|mean|²/|θ*|²", "\\lvert\\text{mean}\\rvert^2/\\lvert\\theta^*\\rvert^2"],
  ["|θ*|", "\\lvert\\theta^*\\rvert"],
  ["bη*", "b\\eta^*"],
  ["η*", "\\eta^*"],
  ["2/λ_max", "2/\\lambda_{max}"],
  ["λ_max", "\\lambda_{max}"],
  ["W_std", "W_{std}"],
  ["ι∞", "\\iota_\\infty"],
  ["ι_f", "\\iota_f"],
  ["ι_y", "\\iota_y"],
  ["T^((δ−1)/α)", "T^{(\\delta-1)/\\alpha}"],
];

const TEX = new Map(SYMBOLS);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const SYMBOL = SYMBOLS.map(([plain]) => escaped(plain)).join("|");
const POWER = String.raw`(?<![\w.])[nT]\^[−-]?\d+(?:\.\d+)?`;
const TEN = String
  .raw`(?<![\w.])(?:[−-]?\d+(?:\.\d+)?|\([\d.]+ ± [\d.]+\))e-?\d+`;
const RELATION = String.raw` (?:=|≥|≤|>|<|×|−) `;
const SIDE = String.raw`${SYMBOL}|${POWER}|${TEN}`;
/** A symbol, with the number it is said to be and the side before it, so that both are set alike. */
const FORMULA = new RegExp(
  `(?:(?<![\\w/‖|])[A-Za-z]${RELATION})?(?:${SIDE})(?:${RELATION}(?:${SIDE}|${NUMBER}(?!\\w)))*`,
  "g",
);

function withFormulas(text: string): string {
  return text.replace(FORMULA, (formula) => {
    const dot = /[.]$/.test(formula) ? "." : ""; // a sentence's, not a number's
    return `$${texOf(dot ? formula.slice(0, -1) : formula)}$${dot}`;
  });
}

function texOf(formula: string): string {
  return formula
    .replace(new RegExp(SYMBOL, "g"), (plain) => TEX.get(plain)!)
    .replace(/([nT])\^([−-]?[\d.]+)/g, (_, base, power) => `${base}^{${power.replace("−", "-")}}`)
    .replace(
      /([−-]?[\d.]+|\([\d.]+ ± [\d.]+\))e(-?\d+)/g,
      (_, value, power) => value === "1" ? `10^{${power}}` : `${value}\\cdot10^{${power}}`,
    )
    .replace(/[≥≤<>×±−]/g, (sign) => RELATIONS[sign]);
}

const RELATIONS: Readonly<Record<string, string>> = {
  "≥": "\\ge",
  "≤": "\\le",
  "<": "\\lt",
  ">": "\\gt",
  "×": "\\times",
  "±": "\\pm",
  "−": "-",
};
