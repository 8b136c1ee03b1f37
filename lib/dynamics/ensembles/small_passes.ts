/**
 * The passes through a small fully connected network, forward and back, with their derivatives along a
 * direction of its weights (Pearlmutter's R operator), over plain arrays.
 *
 * B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6 (1994) 147.
 *
 * @module
 */
import type { Matrix } from "../../numerics/mod.ts";

/** A layer's weights [rows, cols] from `at` on, and what they are multiplied by. */
export interface SmallLayer {
  readonly at: number;
  readonly rows: number;
  readonly cols: number;
  readonly multiplier: number;
}

/** φ, and φ′ and φ″ of φ's value. */
export interface SmallActivation {
  readonly value: (z: number) => number;
  readonly slope: (h: number) => number;
  readonly curvature: (h: number) => number;
}

/** By name; each derivative is known from the value alone. */
export const DERIVATIVES: Readonly<Record<"tanh" | "relu" | "linear", SmallActivation>> = {
  tanh: {
    value: Math.tanh,
    slope: (h) => 1 - h * h,
    curvature: (h) => -2 * h * (1 - h * h),
  },
  relu: { value: (z) => z > 0 ? z : 0, slope: (h) => h > 0 ? 1 : 0, curvature: () => 0 },
  linear: { value: (z) => z, slope: () => 1, curvature: () => 0 },
};

/** What the passes need to know of a network. */
export interface NetworkShape {
  readonly layers: readonly SmallLayer[];
  readonly derivatives: SmallActivation;
  /** What the outputs are multiplied by. */
  readonly scale: number;
}

/** Layers of these widths, with W_std/√fan_in as their multiplier. */
export function toLayers(widths: readonly number[], weightStd: number): SmallLayer[] {
  let at = 0;
  return widths.slice(1).map((cols, i) => {
    const rows = widths[i];
    // The last layer's own: behind a nonlinearity it has its W_std too, as in `fullyConnected`.
    const layer = { at, rows, cols, multiplier: weightStd / Math.sqrt(rows) };
    at += rows * cols;
    return layer;
  });
}

/** What a forward pass leaves. */
export interface SmallPasses {
  /** What goes into each layer, [n, rows] each. */
  readonly into: readonly Float64Array[];
  /** Their derivatives along the direction, where there is one. */
  readonly changes: readonly Float64Array[];
  /** a·f, [n, outputs]. */
  readonly outputs: Float64Array;
  /** Its derivative along the direction. */
  readonly change?: Float64Array;
}

/** a·f(x), and its derivative along a change of the weights. */
export function forward(
  { layers, derivatives, scale }: NetworkShape,
  theta: Float64Array,
  { rows: n, data }: Matrix,
  along?: Float64Array,
): SmallPasses {
  const into = [data], changes: Float64Array[] = [];
  let h = data, dh: Float64Array | undefined;
  for (const [i, layer] of layers.entries()) {
    const { cols, multiplier } = layer, last = i === layers.length - 1;
    const factor = multiplier * (last ? scale : 1);
    const z = times(h, theta, layer, n, factor);
    let dz: Float64Array | undefined;
    if (along) {
      dz = times(h, along, layer, n, factor);
      if (dh) addTo(dz, times(dh, theta, layer, n, factor));
    }
    if (!last) {
      for (let k = 0; k < n * cols; k++) {
        z[k] = derivatives.value(z[k]);
        if (dz) dz[k] *= derivatives.slope(z[k]);
      }
      into.push(z);
      if (dz) changes.push(dz);
    }
    [h, dh] = [z, dz];
  }
  return { into, changes, outputs: h, ...(dh && { change: dh }) };
}

/**
 * Adds Jᵀu to `into`; with a direction, the derivative of Jᵀu along it, of a u that changes too.
 *
 * @param along the direction, and `change` the derivative of u along it
 */
export function backward(
  { layers, derivatives, scale }: NetworkShape,
  theta: Float64Array,
  { into: inputs, changes, outputs }: SmallPasses,
  { cotangent, into, along, change }: {
    readonly cotangent: Float64Array;
    readonly into: Float64Array;
    readonly along?: Float64Array;
    readonly change?: Float64Array;
  },
) {
  const n = outputs.length / layers[layers.length - 1].cols;
  let u = cotangent, du = change;
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i], h = inputs[i];
    const dh = i > 0 ? changes[i - 1] : undefined;
    const factor = layer.multiplier * (i === layers.length - 1 ? scale : 1);
    if (!along) {
      addOuter(into, h, u, layer, n, factor);
    } else {
      addOuter(into, h, du!, layer, n, factor);
      if (dh) addOuter(into, dh, u, layer, n, factor);
    }
    if (i === 0) return;
    const back = timesTransposed(u, theta, layer, n, factor);
    let dBack: Float64Array | undefined;
    if (along) {
      dBack = timesTransposed(u, along, layer, n, factor);
      addTo(dBack, timesTransposed(du!, theta, layer, n, factor));
    }
    // Through φ: its derivatives by the input z, where dh = φ′ dz; φ″ dz = (φ″/φ′) dh.
    for (let k = 0; k < back.length; k++) {
      const slope = derivatives.slope(h[k]);
      if (dBack) {
        const bend = slope === 0 ? 0 : derivatives.curvature(h[k]) / slope * dh![k];
        dBack[k] = slope * dBack[k] + bend * back[k];
      }
      back[k] *= slope;
    }
    [u, du] = [back, dBack];
  }
}

/** c h W, [n, cols]. */
function times(
  h: Float64Array,
  weights: Float64Array,
  { at, rows, cols }: SmallLayer,
  n: number,
  factor: number,
): Float64Array {
  const z = new Float64Array(n * cols);
  for (let s = 0; s < n; s++) {
    for (let i = 0; i < rows; i++) {
      const value = factor * h[s * rows + i];
      if (value === 0) continue;
      const row = at + i * cols, to = s * cols;
      for (let j = 0; j < cols; j++) z[to + j] += value * weights[row + j];
    }
  }
  return z;
}

/** c u Wᵀ, [n, rows]. */
function timesTransposed(
  u: Float64Array,
  weights: Float64Array,
  { at, rows, cols }: SmallLayer,
  n: number,
  factor: number,
): Float64Array {
  const back = new Float64Array(n * rows);
  for (let s = 0; s < n; s++) {
    for (let i = 0; i < rows; i++) {
      const row = at + i * cols, from = s * cols;
      let total = 0;
      for (let j = 0; j < cols; j++) total += u[from + j] * weights[row + j];
      back[s * rows + i] = factor * total;
    }
  }
  return back;
}

/** Adds c hᵀu to a layer's part. */
function addOuter(
  into: Float64Array,
  h: Float64Array,
  u: Float64Array,
  { at, rows, cols }: SmallLayer,
  n: number,
  factor: number,
) {
  for (let s = 0; s < n; s++) {
    for (let i = 0; i < rows; i++) {
      const value = factor * h[s * rows + i];
      if (value === 0) continue;
      const row = at + i * cols, from = s * cols;
      for (let j = 0; j < cols; j++) into[row + j] += value * u[from + j];
    }
  }
}

function addTo(total: Float64Array, more: Float64Array) {
  for (let i = 0; i < total.length; i++) total[i] += more[i];
}
