/**
 * The explorer's page: its controls, its theme, and the drawing. Whatever a reader brings is shown as
 * text, never as markup.
 *
 * @module
 */
import type { Figure } from "../../figures/figure.ts";
import { DARK, recolored, SETTINGS } from "../../figures/look.ts";
import { powerLawSpectrum } from "../../dynamics/linear/power_law_flow.ts";
import { analyse, type Analysis, figuresOf, findings, type Fits, fitsOf } from "./analysis.ts";
import { readSpectrum, type Spectrum } from "./spectrum.ts";

interface Plotly {
  react(node: Element, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
}

/** The page's own ground shows through the figures. */
const CLEAR = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
const MODEBAR = { bgcolor: CLEAR.paper_bgcolor, color: "#7b8694", activecolor: "#6f7b8a" };

/** A longer text would freeze the box it is pasted into. */
const MOST_PASTED = 2_000_000;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const sliders = ["alpha", "delta", "modes"].map((id) => byId<HTMLInputElement>(id));
const [alpha, delta, modes] = sliders;
const text = byId<HTMLTextAreaElement>("text");
const file = byId<HTMLInputElement>("file");

/** The reader's spectrum, while it is the one shown. */
let own: { readonly spectrum: Spectrum; readonly source: string } | undefined;
let shown: Analysis | undefined;
let fits: Fits | undefined;
/** Counts what was asked for: an answer that comes after a later question is dropped. */
let asked = 0;

function say(message: string, bad = false) {
  const status = byId("status");
  status.textContent = message;
  status.classList.toggle("bad", bad);
}

/** A turn for the browser to paint what was said. */
const painted = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Runs what may fail, and says why it did. */
async function attempt(work: (current: () => boolean) => Promise<void>) {
  const mine = ++asked;
  try {
    await work(() => mine === asked);
  } catch (error) {
    if (mine === asked) say((error as Error).message, true);
  }
}

/** Draws anew what is shown, as for another theme: no question, so what is computed goes on. */
async function redraw() {
  const mine = asked;
  try {
    await draw();
  } catch (error) {
    if (mine === asked) say((error as Error).message, true);
  }
}

async function compute(current: () => boolean) {
  const started = performance.now();
  const spectrum = own?.spectrum ?? powerLaws();
  const analysis = analyse(spectrum, { delta: Number(delta.value) });
  if (!current()) return;
  shown = analysis;
  fits = undefined;
  await draw();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    own
      ? `${own.source}: ${spectrum.eigenvalues.length} modes` +
        (spectrum.squares ? ", with their residues" : `, with Δ² = k^−${delta.value}`) +
        (spectrum.negative > 0 ? `, ${spectrum.negative} of them 0 but for rounding` : "") +
        ` (${seconds} s)`
      : `Power laws, ${spectrum.eigenvalues.length} modes (${seconds} s)`,
  );
  // The fits take longer than the flow: they wait until the slider rests.
  await new Promise((resolve) => setTimeout(resolve, 250));
  if (!current()) return;
  fits = fitsOf(analysis);
  await draw();
}

function powerLaws(): Spectrum {
  const { eigenvalues, residue } = powerLawSpectrum({
    alpha: Number(alpha.value),
    delta: Number(delta.value),
    modes: Math.round(10 ** Number(modes.value)),
  });
  return { eigenvalues, squares: residue.map((value) => value ** 2), negative: 0 };
}

async function use(blob: Blob, source: string) {
  await attempt(async (current) => {
    say(`Reading ${source} …`);
    const chosen = document.querySelector<HTMLInputElement>("input[name=second]:checked")!;
    const second = chosen.value as "residue" | "residueSquared";
    const spectrum = await readSpectrum(blob.stream(), {
      ...{ second, source },
      onProgress: ({ rows }) => {
        if (!current()) throw new Error("another spectrum was asked for");
        say(`Reading ${source}: ${rows} rows …`);
      },
    });
    if (!current()) return;
    own = { spectrum, source };
    say("Computing …");
    await painted();
    await compute(current);
  });
}

/** The page's own choice, which its button changes; the theme writes what it comes to. */
function isDark(): boolean {
  return document.documentElement.dataset.theme === "dark";
}

async function draw() {
  if (!shown) return;
  const { Plotly } = globalThis as unknown as { Plotly?: Plotly };
  if (!Plotly) throw new Error("plotly.min.js did not load; it belongs beside this page");
  const rows = findings(shown, fits).map(({ what, value }) => {
    const row = document.createElement("tr");
    const [head, cell] = [document.createElement("th"), document.createElement("td")];
    head.scope = "row";
    head.textContent = what;
    cell.textContent = value;
    row.append(head, cell);
    return row;
  });
  byId("findings").replaceChildren(...rows);
  const width = Math.max(260, byId("ratio").clientWidth);
  // On a telephone the buttons would lie on the legend, and two fingers do what they do.
  const touched = matchMedia("(pointer: coarse)").matches;
  const settings = { ...SETTINGS, ...(touched ? { displayModeBar: false } : {}) };
  for (const [id, drawn] of Object.entries(figuresOf(shown, { width, fits }))) {
    const { data, layout } = themed(drawn);
    await Plotly.react(byId(id), data, layout, settings);
  }
}

/** The figure in the page's colours. */
function themed({ data, layout }: Figure): Figure {
  const clear = { data, layout: { ...layout, ...CLEAR, modebar: MODEBAR } };
  return isDark() ? recolored(clear, DARK) : clear;
}

function showValues() {
  byId("alpha-value").textContent = alpha.value;
  byId("delta-value").textContent = delta.value;
  byId("modes-value").textContent = String(Math.round(10 ** Number(modes.value)));
}

let waiting: ReturnType<typeof setTimeout> | undefined;
for (const slider of sliders) {
  slider.addEventListener("input", () => {
    showValues();
    // δ belongs to eigenvalues that came without a residue too; the others are the laws' alone.
    if (!(slider === delta && own && !own.spectrum.squares)) own = undefined;
    clearTimeout(waiting);
    waiting = setTimeout(() => attempt(compute), 30);
  });
}
byId("use").addEventListener("click", () => {
  if (text.value.trim() === "") return say("The box is empty: write or paste numbers first", true);
  use(new Blob([text.value]), "the pasted text");
});
text.addEventListener("paste", (event) => {
  const length = event.clipboardData?.getData("text").length ?? 0;
  if (length <= MOST_PASTED) return;
  event.preventDefault();
  say(`The pasted text has ${length} characters; save it as a file and choose that`, true);
});
file.addEventListener("change", () => {
  const [chosen] = file.files ?? [];
  if (chosen) use(chosen, chosen.name);
});
const box = byId("own");
for (const name of ["dragover", "dragleave", "drop"] as const) {
  document.addEventListener(name, (event) => {
    // Text that is dragged goes where it is dropped.
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.toggle("over", name === "dragover");
    const { files } = event.dataTransfer;
    if (name !== "drop" || files.length === 0) return;
    const one = files.length === 1 ? "" : ` (the first of ${files.length} files)`;
    use(files[0], `${files[0].name}${one}`);
  });
}
new MutationObserver(redraw).observe(document.documentElement, {
  attributes: true,
  attributeFilter: ["data-theme"],
});
let resized: ReturnType<typeof setTimeout> | undefined;
let lastWidth = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === lastWidth) return; // a phone's bars come and go
  lastWidth = innerWidth;
  clearTimeout(resized);
  resized = setTimeout(redraw, 150);
});
showValues();
attempt(compute);
