/** Kernels whose spectra on the whole population are known, on random samples. */
import { infiniteKernels } from "../../lib/ntk/mod.ts";
import { fullyConnected } from "../../lib/networks/mod.ts";
import { type Matrix, multiply, type randomStream } from "../../lib/numerics/mod.ts";

type Stream = ReturnType<typeof randomStream>;

/** A law on the whole population: largest eigenvalue first. */
export type Population = readonly number[];

const PAIRS = 1500;
/** λ of cos and sin of frequency j: the law at the middle of their two places. */
const onCircle = (alpha: number, j: number) => (2 * j + 0.5) ** -alpha;

/** k^−α, two by two: the spectrum of {@link circleKernel}. */
export const circlePopulation = (alpha: number, modes = 400): Population =>
  Array.from({ length: modes }, (_, i) => i === 0 ? 1 : onCircle(alpha, Math.ceil(i / 2)));

/** The kernel on uniform points of a circle whose eigenfunctions 1, √2 cos jx, √2 sin jx have that law. */
export function circleKernel(n: number, alpha: number, stream: Stream): Matrix {
  const data = new Float64Array(n * 2 * PAIRS);
  for (let i = 0; i < n; i++) {
    const x = 2 * Math.PI * stream.uniform();
    for (let j = 1; j <= PAIRS; j++) {
      const size = Math.sqrt(2 * onCircle(alpha, j)), at = i * 2 * PAIRS + 2 * (j - 1);
      data[at] = size * Math.cos(j * x);
      data[at + 1] = size * Math.sin(j * x);
    }
  }
  const features = { rows: n, cols: 2 * PAIRS, data };
  const kernel = multiply(features, features, { transposeB: true });
  return { ...kernel, data: kernel.data.map((value) => value + 1) };
}

/** NNGP and NTK of two hidden relu layers on uniform points of S^{d−1}. */
export function sphereKernels(n: number, d: number, stream: Stream) {
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const x = Array.from({ length: d }, () => stream.normal());
    const norm = Math.hypot(...x);
    x.forEach((value, j) => data[i * d + j] = value / norm * Math.sqrt(d / 2));
  }
  return infiniteKernels(fullyConnected({ widths: [d, 9, 9, 1] }), { shape: [n, d], data });
}

/**
 * The same kernels' spectra on the whole sphere, by Funk and Hecke: degree l has the eigenvalue
 * ∫ κ(t) P_l(t) (1 − t²)^((d−3)/2) dt/∫ (1 − t²)^((d−3)/2) dt, P_l(1) = 1, as often as there are spherical
 * harmonics of it. By the midpoint rule in the angle.
 */
export function spherePopulation(d: number, modes = 400): { nngp: Population; ntk: Population } {
  const nodes = 40_000;
  const t = Float64Array.from({ length: nodes }, (_, i) => Math.cos((i + 0.5) * Math.PI / nodes));
  const weights = t.map((c) => Math.sqrt(1 - c * c) ** (d - 2));
  const whole = weights.reduce((sum, w) => sum + w, 0);
  const kappa = Array.from(t, reluKernels);
  let [last, now] = [t.map(() => 1), t.slice()];
  const nngp: number[] = [], ntk: number[] = [];
  for (let degree = 0; nngp.length < modes; degree++) {
    let [k, theta] = [0, 0];
    for (let i = 0; i < nodes; i++) {
      k += weights[i] * last[i] * kappa[i].nngp;
      theta += weights[i] * last[i] * kappa[i].ntk;
    }
    const count = harmonics(degree, d);
    nngp.push(...new Array<number>(count).fill(k / whole));
    ntk.push(...new Array<number>(count).fill(theta / whole));
    const l = degree + 1;
    const next = now.map((p, i) => ((2 * l + d - 2) * t[i] * p - l * last[i]) / (l + d - 2));
    [last, now] = [now, next];
  }
  const ordered = (values: number[]) => values.sort((a, b) => b - a).slice(0, modes);
  return { nngp: ordered(nngp), ntk: ordered(ntk) };
}

/** Two hidden layers of He's scale at the cosine t, unit vectors. */
function reluKernels(t: number): { nngp: number; ntk: number } {
  let [k, theta] = [t, t];
  for (let layer = 0; layer < 2; layer++) {
    const angle = Math.acos(Math.min(1, Math.max(-1, k)));
    k = (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / Math.PI;
    theta = k + theta * (Math.PI - angle) / Math.PI;
  }
  return { nngp: k, ntk: theta };
}

/** Spherical harmonics of a degree on S^{d−1}. */
function harmonics(l: number, d: number): number {
  const choose = (n: number, k: number) => {
    let value = 1;
    for (let i = 1; i <= k; i++) value = value * (n - k + i) / i;
    return Math.round(value);
  };
  return choose(l + d - 1, d - 1) - (l >= 2 ? choose(l + d - 3, d - 1) : 0);
}
