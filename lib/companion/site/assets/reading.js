/*
 * What symbols mean, where a formula is pointed at, tapped or has the focus; and a figure as SVG and
 * as CSV of what it draws, made here and asked of no one.
 */
(() => {
  const DELAY = 150; // ms: pointing across a line of text opens nothing

  /* Symbols. */

  let tip; // the one note, made when it is first needed
  let owner; // the formula that it is of
  let waiting;

  function noteOf(formula) {
    const rows = formula.dataset.symbols.split(" ")
      .map((key) => document.getElementById(`symbol-${key}`)?.parentElement)
      .filter((row) => row);
    const list = document.createElement("dl");
    for (const row of rows) {
      const copy = row.cloneNode(true);
      for (const element of [copy, ...copy.querySelectorAll("[id]")]) {
        // Ids stay with the list; those within a set formula are its own glyphs'.
        if (!element.closest("mjx-container, svg")) element.removeAttribute("id");
      }
      for (const link of copy.querySelectorAll("a[href]")) link.replaceWith(link.textContent);
      list.append(copy);
    }
    return list;
  }

  function show(formula) {
    if (owner === formula) return;
    if (!tip) {
      tip = document.createElement("div");
      tip.className = "symbol-note";
      tip.setAttribute("role", "tooltip");
      tip.addEventListener("pointerleave", () => later(hide));
      tip.addEventListener("pointerenter", () => clearTimeout(waiting));
      document.body.append(tip);
    }
    const note = noteOf(formula);
    if (!note.firstChild) return;
    owner = formula;
    tip.replaceChildren(note);
    tip.hidden = false;
    const at = formula.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tip;
    const room = document.documentElement.clientWidth - offsetWidth - 8;
    const below = at.bottom + 4 + offsetHeight <= innerHeight || at.top < offsetHeight + 8;
    tip.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
    tip.style.top = `${scrollY + (below ? at.bottom + 4 : at.top - offsetHeight - 4)}px`;
  }

  function hide() {
    clearTimeout(waiting);
    owner = undefined;
    if (tip) tip.hidden = true;
  }

  function later(work) {
    clearTimeout(waiting);
    waiting = setTimeout(work, DELAY);
  }

  const formulaAt = (event) => event.target.closest?.(".symbols");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const formula = formulaAt(event);
    if (formula) later(() => show(formula));
    else if (owner && !tip.contains(event.target)) later(hide);
  });
  document.addEventListener("focusin", (event) => {
    const formula = formulaAt(event);
    if (formula) show(formula);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const formula = formulaAt(event);
    if (formula) show(formula);
    else if (!tip?.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  /* Figures. */

  async function specOf(figure) {
    const { data, layouts } = await globalThis.figureSpec(figure); // of plots.js
    const { layout } = layouts.at(-1);
    // As it is drawn: what a slider shows, what the legend has taken away.
    const drawn = figure.querySelector(".plot-drawn");
    const sliders = drawn?.layout?.sliders ? { sliders: drawn.layout.sliders } : {};
    const seen = (i, { visible }) => drawn?.data?.[i] ? drawn.data[i].visible : visible;
    return {
      data: data.map((trace, i) => ({ ...trace, visible: seen(i, trace) ?? true })),
      layout: { ...layout, ...sliders },
    };
  }

  function save(name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async function svgOf(figure) {
    for (let i = 0; i < 600 && !figure.dataset.drawn; i++) {
      figure.scrollIntoView({ block: "nearest" }); // plotly.js is loaded where a figure is seen
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { data, layout } = await specOf(figure);
    const { sliders: _, ...still } = layout;
    // Not by Plotly.toImage, which draws in the page's body: the theme's script stumbles over that.
    const aside = document.createElement("div");
    aside.className = "figure-aside";
    figure.append(aside);
    try {
      await globalThis.Plotly.newPlot(aside, data, still, { staticPlot: true });
      return globalThis.Plotly.Snapshot.toSVG(aside, "svg", 1);
    } finally {
      globalThis.Plotly.purge(aside);
      aside.remove();
    }
  }

  let drawing = Promise.resolve(); // one figure after the other, and the page between them

  function drawnInTurn(work) {
    const mine = drawing.then(() => new Promise((resolve) => setTimeout(resolve))).then(work);
    drawing = mine.catch(() => {});
    return mine;
  }

  function button(text, label, work) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.setAttribute("aria-label", label);
    element.addEventListener("click", () => Promise.resolve(work()).catch(console.error));
    return element;
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const figure of document.querySelectorAll("figure.plot")) {
      const tools = figure.querySelector(".figure-tools");
      const name = figure.id;
      const number = figure.querySelector(".figure-number")?.textContent;
      if (!tools) continue;
      tools.prepend(
        button(
          "SVG",
          `${number} as SVG`,
          async () => save(`${name}.svg`, "image/svg+xml", await drawnInTurn(() => svgOf(figure))),
        ),
        button(
          "CSV",
          `${number}: what is drawn, as CSV`,
          async () => save(`${name}.csv`, "text/csv", globalThis.figureCsv(await specOf(figure))),
        ),
      );
    }
    // The code of a figure may be folded.
    for (const link of document.querySelectorAll("a.figure-code")) {
      link.addEventListener("click", () => {
        const folded = document.querySelector(link.getAttribute("href"))?.closest("details");
        if (folded) folded.open = true;
      });
    }
  });
})();
