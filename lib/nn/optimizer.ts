import type { Kernels } from "../kernels/kernels.ts";
import type { Parameter } from "./layers/layer.ts";
import type { ResolvedOptimizer } from "./resolve_solver.ts";

/** An update rule bound to a net's parameters. */
export interface Optimizer {
  /** Moves every parameter against its gradient. */
  step(learningRate: number): void;
}

/** Binds an update rule to parameters; its state starts at zero. */
export function createOptimizer(
  kernels: Kernels,
  { parameters, rule }: { readonly parameters: readonly Parameter[]; readonly rule: ResolvedOptimizer },
): Optimizer {
  switch (rule.name) {
    case "adam":
      return adam(kernels, { parameters, ...rule, weightDecay: 0 });
    case "adamw":
      return adam(kernels, { parameters, ...rule });
    default: {
      const updates = parameters.map((parameter) => simpleUpdate(kernels, { parameter, rule }));
      return {
        step(learningRate) {
          for (let i = 0; i < updates.length; i++) updates[i](learningRate);
        },
      };
    }
  }
}

interface SimpleUpdate {
  readonly parameter: Parameter;
  readonly rule: Exclude<ResolvedOptimizer, { readonly name: "adam" | "adamw" }>;
}

/** Binds a rule that needs nothing at a step but the learning rate. */
function simpleUpdate(kernels: Kernels, { parameter, rule }: SimpleUpdate): (learningRate: number) => void {
  const { value: weights, gradient } = parameter;
  const state = () => kernels.tensor(weights.rows, weights.cols);
  switch (rule.name) {
    case "sgd":
      return kernels.sgd({ weights, gradient });
    case "momentum": {
      const tensors = { weights, gradient, velocity: state(), momentum: rule.momentum };
      return rule.nesterov ? kernels.nesterov(tensors) : kernels.momentum(tensors);
    }
    case "rmsprop":
      return kernels.rmsprop({ weights, gradient, squaredAverage: state(), ...rule });
  }
}

interface AdamOptions {
  readonly parameters: readonly Parameter[];
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

function adam(kernels: Kernels, { parameters, beta1, beta2, epsilon, weightDecay }: AdamOptions): Optimizer {
  const updates = parameters.map(({ value: weights, gradient }) => {
    const state = () => kernels.tensor(weights.rows, weights.cols);
    const tensors = { weights, gradient, average: state(), squaredAverage: state() };
    return kernels.adam({ ...tensors, beta1, beta2, epsilon });
  });
  const decays = weightDecay === 0
    ? []
    : parameters.filter(({ isWeight }) => isWeight).map(({ value }) => kernels.scale({ weights: value }));
  // Powers of beta are running products: a power function may differ between engines.
  let power1 = 1;
  let power2 = 1;
  return {
    step(learningRate) {
      power1 *= beta1;
      power2 *= beta2;
      const stepSize = learningRate / (1 - power1);
      const rootCorrection = 1 / Math.sqrt(1 - power2);
      for (let i = 0; i < decays.length; i++) decays[i](1 - learningRate * weightDecay);
      for (let i = 0; i < updates.length; i++) updates[i](stepSize, rootCorrection);
    },
  };
}
