/**
 * What an optimizer is: a state and the step that it makes of a gradient.
 *
 * @module
 */

/** What an optimizer remembers from step to step: plain values, which `structuredClone` copies. */
export type OptimizerState = Readonly<Record<string, number | Float64Array>>;

/** The rule of a step, as two pure functions; neither changes what it is given. */
export interface Optimizer<State extends OptimizerState = OptimizerState> {
  /** Told in messages and kept in checkpoints: one that goes on must have the same. */
  readonly name: string;
  /** Whether updates come with a `preconditioner`. */
  readonly preconditioned?: boolean;
  /** The state before the first step. */
  init(parameterCount: number): State;
  /**
   * The step from where `gradient` was taken.
   *
   * @param gradient ∇L, or a minibatch's estimate of it; all parameters in layer order
   * @param learningRate η of this step
   */
  update(state: State, gradient: Float64Array, learningRate: number): OptimizerUpdate<State>;
}

/** What {@link Optimizer.update} gives. */
export interface OptimizerUpdate<State extends OptimizerState = OptimizerState> {
  /** δθ, or δθ/`factor`; it may be the gradient itself. */
  readonly step: Float64Array;
  /**
   * δθ = factor · step; 1 where it is left out. With it, gradient descent needs no vector of its
   * own beside the gradient.
   */
  readonly factor?: number;
  /** The state before the next step. */
  readonly state: State;
  /**
   * The diagonal of M, without η, where the step is δθ = −η M ĝ: ĝ the gradient itself, or an
   * average of gradients. Given at every step by those that are `preconditioned`. Only with the gradient itself is Σ η M
   * what `preconditionedSpeedLimit` asks for.
   */
  readonly preconditioner?: Float64Array;
}
