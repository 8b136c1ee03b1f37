/*
 * What a figure draws, as CSV: a row a point, of all panels and lines. Used by reading.js, and by the
 * tests without a page.
 */
(() => {
  /** Text of plotly without its marks: indices by _, powers by ^. */
  const plain = (text) =>
    String(text ?? "").replace(/<sub>/g, "_").replace(/<sup>/g, "^").replace(/<br\s*\/?>/g, " ")
      .replace(/<[^>]*>/g, "").trim();

  const titleOf = (part) => plain(part?.title?.text ?? part?.title ?? "");

  /**
   * A value as a field. What a spreadsheet would take for a formula gets a quote before it, by which
   * it is text there; numbers stay numbers.
   */
  function field(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
    let text = String(value);
    if (
      /^\s*[=+\-@\t\r＝＋－＠]/.test(text) &&
      !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
    ) {
      text = `'${text}`;
    }
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const KINDS = { heatmap: "heat map", bar: "bar" };

  function kindOf(trace) {
    if (KINDS[trace.type]) return KINDS[trace.type];
    if (trace.fill && trace.fill !== "none") return "band";
    return trace.mode === "markers" ? "points" : "line";
  }

  /** x, y and more of each point of a trace. */
  function pointsOf(trace) {
    const [x, y] = [Array.from(trace.x ?? []), Array.from(trace.y ?? [])];
    if (trace.type === "heatmap") {
      return Array.from(trace.z ?? []).flatMap((row, j) =>
        Array.from(row, (z, i) => ({ x: x[i] ?? i, y: y[j] ?? j, z }))
      );
    }
    const errors = trace.error_y ?? {};
    const up = Array.from(errors.array ?? []);
    const down = Array.from(errors.arrayminus ?? errors.array ?? []);
    const off = (value, by) =>
      typeof value === "number" && typeof by === "number" ? value + by : "";
    return Array.from({ length: Math.max(x.length, y.length) }, (_, i) => ({
      x: x[i] ?? i,
      y: y[i],
      low: off(y[i], down[i] === undefined ? undefined : -down[i]),
      high: off(y[i], up[i]),
    }));
  }

  /** The position of the figure's slider, as "label = value"; nothing without one. */
  function sliderText({ sliders }) {
    const [slider] = sliders ?? [];
    const step = slider?.steps?.[slider.active ?? 0];
    return step ? `${plain(slider.currentvalue?.prefix)} ${plain(step.label)}`.trim() : "";
  }

  /**
   * The lines, bands, bars and heat maps of a figure that are seen.
   *
   * @param data plotly's traces
   * @param layout the figure's, with its axes' titles
   */
  function figureCsv({ data, layout = {} }) {
    const rows = data.filter(({ visible }) => visible !== false && visible !== "legendonly")
      .flatMap((trace) => {
        const [xAxis, yAxis] = ["x", "y"].map((letter) => {
          const id = String(trace[`${letter}axis`] ?? letter);
          return titleOf(layout[`${letter}axis${id.slice(1)}`]);
        });
        const names = [xAxis, yAxis, plain(trace.name ?? trace.legendgroup), kindOf(trace)];
        return pointsOf(trace).map(({ x, y, low = "", high = "", z = "" }) => [
          ...names,
          ...[x, y, low, high, z].map((value) => typeof value === "string" ? plain(value) : value),
        ]);
      });
    const slider = sliderText(layout);
    const header = ["x axis", "y axis", "series", "kind", "x", "y", "low", "high", "z"];
    // Columns without a value say nothing.
    const kept = header.map((_, i) => i < 6 || rows.some((row) => field(row[i]) !== ""));
    const line = (row) => row.filter((_, i) => kept[i]).map(field).join(",");
    const withSlider = (row, value) => slider ? `${row},${field(value)}` : row;
    return [
      withSlider(line(header), "slider"),
      ...rows.map((row) => withSlider(line(row), slider)),
    ].map((row) => `${row}\r\n`).join("");
  }

  globalThis.figureCsv = figureCsv;
})();
