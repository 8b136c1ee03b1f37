/*
 * Draws each figure when it comes into view, in the page's light or dark colours and for the width
 * that it has; until then, and where no script runs, its picture stands there.
 */
(() => {
  const here = document.currentScript.src;
  let loading;

  function loadPlotly() {
    return loading ??= new Promise((resolve, reject) => {
      const all = document.querySelector("figure.plot[data-plotly='cartesian']");
      const file = all ? "plotly-cartesian.min.js" : "plotly.min.js";
      const plotly = new URL(`../vendor/${file}`, here).href;
      const script = document.createElement("script");
      script.src = plotly;
      script.onload = () => resolve(globalThis.Plotly);
      script.onerror = () => reject(new Error(`${plotly} cannot be read; the pictures stay`));
      document.head.append(script);
    });
  }

  const isDark = () => document.documentElement.dataset.theme === "dark";
  const isTouched = matchMedia("(pointer: coarse)").matches;

  /** A plotly record with every colour that `colors` names replaced. */
  function recolored(value, colors) {
    if (typeof value === "string") return colors[value] ?? value;
    if (Array.isArray(value)) return value.map((item) => recolored(item, colors));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, recolored(item, colors)]),
    );
  }

  const specs = new WeakMap(); // figure elements to what they show
  const drawn = new Map(); // figure elements to the width and theme they are drawn for

  /** What a figure shows, for whoever asks: its traces, and a layout for each width. */
  function specOf(element) {
    if (!specs.has(element)) specs.set(element, unpacked(element.querySelector("script")));
    return specs.get(element);
  }
  globalThis.figureSpec = specOf;

  async function unpacked({ textContent }) {
    const bytes = Uint8Array.from(atob(textContent), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  /** On paper a figure has the width of a sheet at most. */
  const SHEET = 700;
  let isPrinted = false;

  async function draw(element) {
    const [Plotly, spec] = await Promise.all([loadPlotly(), specOf(element)]);
    const { data, layouts, colors, settings } = spec;
    const room = isPrinted ? Math.min(SHEET, element.clientWidth) : element.clientWidth;
    const widest = layouts.at(-1);
    const { layout, traces = {} } = layouts.findLast(({ from }) => from <= room) ?? layouts[0];
    const width = Math.min(room, widest.from);
    const state = `${width} ${isDark()}`;
    if (room === 0 || drawn.get(element) === state) return;
    drawn.set(element, state);
    const theme = isDark() ? colors.dark : colors.light;
    let plot = element.querySelector(".plot-drawn");
    const image = element.querySelector("img");
    if (!plot) {
      plot = document.createElement("div");
      plot.className = "plot-drawn";
      plot.setAttribute("role", "group"); // its buttons and sliders are to be reached
      plot.setAttribute("aria-label", image.alt);
      plot.hidden = true; // until it is drawn
      element.insertBefore(plot, element.querySelector("figcaption"));
    }
    const kept = positionOf(plot);
    await Plotly.react(
      plot,
      recolored(data.map((trace, i) => ({ ...trace, ...traces[i], ...kept.traces[i] })), theme),
      {
        ...recolored({ ...layout, ...kept.layout }, theme),
        width,
        modebar: { bgcolor: "rgba(0,0,0,0)", color: "#9aa3ad", activecolor: "#6f7b8a" },
        ...(isTouched ? { dragmode: false } : {}),
      },
      {
        ...settings,
        // The line below has the picture, and more.
        modeBarButtonsToRemove: [...settings.modeBarButtonsToRemove ?? [], "toImage"],
        ...(isTouched ? { displayModeBar: false } : {}),
      },
    );
    image.hidden = true;
    plot.hidden = false;
    if (layout.sliders && !plot.dataset.reachable) {
      plot.dataset.reachable = "true";
      plot.on("plotly_afterplot", () => makeReachable(plot));
      makeReachable(plot);
    }
    element.dataset.drawn = isDark() ? "dark" : "light";
  }

  /** Steps of a slider by key; plotly draws it for the mouse alone. */
  const moves = {
    ArrowRight: (at) => at + 1,
    ArrowUp: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    ArrowDown: (at) => at - 1,
    PageUp: (at) => at + 5,
    PageDown: (at) => at - 5,
    Home: () => 0,
    End: () => Infinity,
  };

  /** Lets the keyboard come to a figure's slider and move it, and tells where it stands. */
  function makeReachable(plot) {
    const group = plot.querySelector(".slider-group");
    const [slider] = plot.layout.sliders ?? [];
    if (!group || !slider) return;
    const words = (text) => text.replace(/<[^>]+>/g, "").trim();
    const said = {
      tabindex: 0,
      role: "slider",
      "aria-label": words(slider.currentvalue.prefix).replace(/ =$/, ""),
      "aria-valuemin": 0,
      "aria-valuemax": slider.steps.length - 1,
      "aria-valuenow": slider.active,
      "aria-valuetext": words(slider.steps[slider.active].label),
    };
    for (const [name, value] of Object.entries(said)) group.setAttribute(name, value);
    group.onkeydown = (event) => {
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const { active, steps } = plot.layout.sliders[0];
      const next = Math.max(0, Math.min(steps.length - 1, move(active)));
      if (next === active) return;
      const [traces, layout] = steps[next].args;
      globalThis.Plotly.update(plot, traces, { ...layout, "sliders[0].active": next })
        .then(() => plot.querySelector(".slider-group").focus()).catch(console.error);
    };
  }

  /** Where a slider stands, and which traces are seen there. */
  function positionOf({ layout, data }) {
    if (!layout?.sliders) return { layout: {}, traces: {} };
    const { sliders, title } = layout;
    return {
      layout: { sliders, ...(title ? { title } : {}) },
      traces: Object.fromEntries(data.map(({ visible }, i) => [i, { visible }])),
    };
  }

  function drawAgain() {
    for (const element of drawn.keys()) draw(element).catch(console.error);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const elements = document.querySelectorAll("figure.plot");
    if (elements.length === 0) return;
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        draw(target).catch(console.error);
      }
    }, { rootMargin: "300px" });
    for (const element of elements) seen.observe(element);
    new MutationObserver(drawAgain).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
    // What the figures need is there before they are scrolled to, and not before it is near.
    const near = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      loadPlotly().catch(console.error);
    }, { rootMargin: "1500px" });
    addEventListener("load", () => elements.forEach((element) => near.observe(element)));
    let waiting;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(drawAgain, 150);
    });
    // A page that is printed shows all of its figures, as wide as a sheet.
    const print = (is) => {
      isPrinted = is;
      for (const element of is ? elements : drawn.keys()) draw(element).catch(console.error);
    };
    addEventListener("beforeprint", () => print(true));
    addEventListener("afterprint", () => print(false));
  });
})();
