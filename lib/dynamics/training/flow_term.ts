/**
 * The right-hand side of gradient flow: loss and velocity −∇L as functions of θ − θ_0, with λ_max
 * of the kernel, which bounds the steps.
 *
 * @module
 */
import {
  flatten,
  type Network,
  type TangentKernel,
  tangentKernel,
  type TensorLike,
  toArray,
  unflatten,
} from "../../networks/mod.ts";
import { eighSync, lanczos, randomStream, type Tensor } from "../../numerics/mod.ts";
import type { LargestEigenvalue, OdePoint, OdeTerm } from "../../numerics/ode/mod.ts";
import { elementCount } from "../../numerics/tensor.ts";
import { added, norm, squaredNorm } from "../../numerics/vectors.ts";
import type { TrainingSet } from "./descent.ts";
import { squaredError } from "./squared_error.ts";

/** L and −∇L at one θ. */
export interface FlowPoint extends OdePoint {
  readonly loss: number;
}

/** λ_max of the kernel at one θ, with that kernel. */
export interface FlowEigenvalue extends LargestEigenvalue {
  readonly kernel: FlowKernel;
}

/** What a solver integrates. θ is given as D = θ − θ_0 throughout, in float64. */
export interface FlowTerm extends OdeTerm<FlowPoint> {
  readonly network: Network;
  readonly images: TensorLike;
  /** [n, outputs] */
  readonly targets: Float32Array;
  /** c in L = c · ½ Σ ‖f(x) − y‖². */
  readonly scale: number;
  evaluate(displacement: Float64Array): Promise<FlowPoint>;
  /**
   * As `evaluate`, from the kernel at D, which is kept: the next call of `kernel` or of
   * `largestEigenvalue` finds it, if it is for the same D.
   */
  evaluateByKernel(displacement: Float64Array): Promise<FlowPoint>;
  /** The weights at D, rounded to float32. */
  parameters(displacement: Float64Array): ReturnType<typeof unflatten>;
  /** λ_max of c J Jᵀ at D, and the eigenvector found, from which a later search may start. */
  largestEigenvalue(displacement: Float64Array, from?: Float64Array): Promise<FlowEigenvalue>;
  /**
   * v ↦ −∂F/∂θ v at D, the Hessian of the loss, by a difference of two gradients: good for its large
   * eigenvalues, to about a per cent where relu has its kinks.
   */
  hessianProduct(
    displacement: Float64Array,
    point: FlowPoint,
  ): (v: Float64Array) => Promise<Float64Array>;
  /** c ‖J v‖²/‖v‖² at D: the kernel's λ_max, if v is its direction in the weights, and never more. */
  kernelQuotient(displacement: Float64Array, v: Float64Array): Promise<number>;
  /** The residue and the kernel at D, until they are disposed of. */
  kernel(displacement: Float64Array): Promise<FlowKernel>;
  /** −c Jᵀ v at D, for v [n · outputs]; with v = f − y it is the velocity. */
  pulledBack(displacement: Float64Array, v: Float64Array): Promise<Float64Array>;
  /** Counts work: forward passes as 1, jvp and vjp as 2 beside their forward pass. */
  readonly work: { units: number };
  /** Frees what is held, kernels that are left too. */
  dispose(): void;
}

/** What the linearized flow knows of θ: r' = −K r. */
export interface FlowKernel {
  /** r = f(x) − y, sample · outputs + output. */
  readonly residue: Float64Array;
  /** K u = c J Jᵀ u. */
  times(u: Float64Array): Promise<Float64Array>;
  /** −c Jᵀ v, without a pass forward where the kernel keeps one. */
  pulledBack(v: Float64Array): Promise<Float64Array>;
  dispose(): void;
}

/** How far the weights are moved for a product with the Hessian, relative to ‖θ‖. */
const DIFFERENCE = 2 ** -12;

/** Products with the kernel for a first and for a later look at λ_max. */
const PRODUCTS = { first: 8, later: 3 };

/**
 * The flow of the squared error of a network.
 *
 * @param turn awaited before each product with the kernel; passes through the network take their
 * own turns of the event loop
 * @param heed called before each product and each batch of a pass: what it throws, ends the call
 */
export function flowTerm(
  network: Network,
  { images, targets }: TrainingSet,
  { parameters, scale, turn, heed }: {
    readonly parameters: readonly TensorLike[];
    readonly scale: number;
    readonly turn: () => Promise<void>;
    readonly heed: () => void;
  },
): FlowTerm {
  const start = flatten(parameters, network.shapes);
  const loss = squaredError(network, images, targets, { scale, heed });
  const family = tangentKernel(network, images);
  const y = toArray(targets, "targets", [images.shape[0], network.outputs]);
  const work = { units: 0 };

  const at = (displacement: Float64Array) => sumOf(start, displacement, network.shapes);
  const evaluate = async (displacement: Float64Array): Promise<FlowPoint> => {
    work.units += 3;
    const { loss: value, gradient } = await loss(at(displacement));
    for (let i = 0; i < gradient.length; i++) gradient[i] = -gradient[i];
    return { loss: value, velocity: gradient };
  };
  const held = new Set<TangentKernel>();
  /** The kernel of the last point evaluated by one, until it is asked for. */
  let ready: { readonly displacement: Float64Array; readonly kernel: FlowKernel } | undefined;
  const kernel: FlowTerm["kernel"] = async (displacement) => {
    const last = ready;
    ready = undefined;
    if (last && same(last.displacement, displacement)) return last.kernel;
    last?.kernel.dispose();
    const tangent = await family.at(at(displacement));
    held.add(tangent);
    work.units += tangent.work.setUp;
    return {
      residue: new Float64Array(tangent.outputs).map((value, i) => value - y[i]),
      async times(u: Float64Array) {
        await turn();
        heed();
        work.units += tangent.work.product;
        const product = await tangent.times(u);
        for (let i = 0; i < product.length; i++) product[i] *= scale;
        return product;
      },
      async pulledBack(v) {
        await turn();
        heed();
        work.units += tangent.work.pulledBack;
        return await tangent.pulledBack(v.map((value) => -scale * value));
      },
      dispose() {
        if (held.delete(tangent)) tangent.dispose();
      },
    };
  };
  const evaluateByKernel: FlowTerm["evaluateByKernel"] = async (displacement) => {
    await turn();
    heed();
    const found = await kernel(displacement);
    const velocity = await found.pulledBack(found.residue);
    ready = { displacement, kernel: found };
    return { loss: scale * squaredNorm(found.residue) / 2, velocity };
  };
  const pulledBack: FlowTerm["pulledBack"] = async (displacement, v) => {
    work.units += 3;
    const { gradient } = await network.pullback(
      at(displacement),
      images,
      (outputs, from) => {
        heed();
        const start = from * network.outputs;
        const cotangent = new Float32Array(outputs.length);
        for (let i = 0; i < cotangent.length; i++) cotangent[i] = -scale * v[start + i];
        return cotangent;
      },
    );
    return gradient;
  };
  const largestEigenvalue: FlowTerm["largestEigenvalue"] = async (displacement, from) => {
    const found = await kernel(displacement);
    const { residue: { length: outputs }, times } = found;
    const { diagonal, offDiagonal, basis } = await lanczos(
      times,
      from ?? randomStream(0, "dynamics/largest eigenvalue").normal(outputs),
      { steps: Math.min(outputs, from ? PRODUCTS.later : PRODUCTS.first), tolerance: 1e-6 },
    );
    const k = diagonal.length;
    const tridiagonal = Array.from(
      { length: k },
      (_, i) =>
        Array.from(
          { length: k },
          (_, j) => i === j ? diagonal[i] : Math.abs(i - j) === 1 ? offDiagonal[Math.min(i, j)] : 0,
        ),
    );
    const { values, vectors } = eighSync(tridiagonal);
    const vector = new Float64Array(outputs);
    for (let step = 0; step < k; step++) {
      const share = vectors.data[step * k + k - 1];
      for (let i = 0; i < outputs; i++) vector[i] += share * basis.data[step * outputs + i];
    }
    return { value: values[k - 1], vector, kernel: found, dispose: found.dispose };
  };
  const hessianProduct: FlowTerm["hessianProduct"] = (displacement, { velocity }) => {
    const by = DIFFERENCE * (norm(added(start, displacement)) || 1);
    return async (v) => {
      heed();
      const share = by / norm(v);
      const moved = await evaluate(added(displacement, v, share));
      const product = moved.velocity;
      // In place, and no callback: this and its like are what a flow takes beside its gradients.
      for (let i = 0; i < product.length; i++) product[i] = (velocity[i] - product[i]) / share;
      return product;
    };
  };
  const kernelQuotient: FlowTerm["kernelQuotient"] = async (displacement, v) => {
    heed();
    work.units += 3;
    const tangents = unflatten(v, network.shapes);
    const { data } = await network.jvp(at(displacement), images, tangents);
    return scale * squaredNorm(Float64Array.from(data)) / squaredNorm(v);
  };
  return {
    hessianProduct,
    kernelQuotient,
    network,
    images,
    targets: y,
    scale,
    evaluate,
    evaluateByKernel,
    finite: ({ loss }) => Number.isFinite(loss),
    parameters: at,
    largestEigenvalue,
    kernel,
    pulledBack,
    work,
    dispose() {
      for (const tangent of held) tangent.dispose();
      held.clear();
      family.dispose();
    },
  };
}

/** a + b as tensors of float32, without an array between. */
function sumOf(a: Float64Array, b: Float64Array, shapes: Network["shapes"]): Tensor[] {
  let end = 0;
  return shapes.map((shape) => {
    const data = new Float32Array(elementCount(shape));
    const start = end;
    end += data.length;
    for (let i = 0; i < data.length; i++) data[i] = a[start + i] + b[start + i];
    return { shape, data };
  });
}

function same(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
}
