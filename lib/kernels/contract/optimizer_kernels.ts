import type { Operation } from "./operation.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Update rules. Every number given is rounded first, every operation rounds, and no element depends on another.
 *
 * `w`, `g`, `v`, `m` stand for an element of the weights, the gradient and the rule's state.
 */
export interface OptimizerKernels {
  /** `w = w - learningRate * g`. */
  sgd(tensors: UpdateTensors): (learningRate: number) => void;

  /** `v = momentum * v - learningRate * g; w = w + v`. */
  momentum(tensors: MomentumTensors): (learningRate: number) => void;

  /** `u = momentum * v - learningRate * g; w = w + ((1 + momentum) * u - momentum * v); v = u`. */
  nesterov(tensors: MomentumTensors): (learningRate: number) => void;

  /** `v = decayRate * v + (1 - decayRate) * (g * g); w = w - (learningRate * g) / (sqrt(v) + epsilon)`. */
  rmsprop(tensors: RmspropTensors): (learningRate: number) => void;

  /**
   * `m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * (g * g);`
   * `w = w - stepSize * (m / (sqrt(v) * rootCorrection + epsilon))`.
   *
   * At step t the caller gives `stepSize = learningRate / (1 - beta1^t)` and
   * `rootCorrection = 1 / sqrt(1 - beta2^t)`, in float64.
   */
  adam(tensors: AdamTensors): (stepSize: number, rootCorrection: number) => void;

  /** `w = w * factor`. */
  scale(tensors: { readonly weights: Tensor }): (factor: number) => void;

  /**
   * `average = average + (1 - decay) * (x - average)`.
   *
   * With `decay * average + (1 - decay) * x`, two factors that are rounded apart would move an average away from an x that
   * never changes.
   */
  moveAverage(tensors: MovingAverageTensors): Operation;
}

/** Tensors of one shape: what is updated, and its gradient. */
export interface UpdateTensors {
  readonly weights: Tensor;
  readonly gradient: Tensor;
}

export interface MomentumTensors extends UpdateTensors {
  readonly velocity: Tensor;
  readonly momentum: number;
}

export interface RmspropTensors extends UpdateTensors {
  readonly squaredAverage: Tensor;
  readonly decayRate: number;
  readonly epsilon: number;
}

/** Tensors of one shape. */
export interface MovingAverageTensors {
  readonly average: Tensor;
  readonly x: Tensor;
  /** Fraction of the average that is kept. */
  readonly decay: number;
}

export interface AdamTensors extends UpdateTensors {
  readonly average: Tensor;
  readonly squaredAverage: Tensor;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
