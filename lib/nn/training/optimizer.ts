import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { Parameter } from "../layers/layer.ts";
import type { NamedTensor } from "../net/named_tensor.ts";
import type { ResolvedOptimizer } from "./resolve_solver.ts";

/** An update rule bound to a net's parameters. */
export interface Optimizer {
  /** Updates every parameter. */
  step(learningRate: number): void;
  /** The state of the rule between steps; copying it back restores the optimizer. */
  readonly tensors: readonly NamedTensor[];
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
      const tensors: NamedTensor[] = [];
      const updates = parameters.map((parameter) => simpleUpdate(kernels, { parameter, rule, tensors }));
      return {
        tensors,
        step(learningRate) {
          for (let i = 0; i < updates.length; i++) updates[i](learningRate);
        },
      };
    }
  }
}

/** Returns zeros of a parameter's shape, and lists them among the optimizer's tensors. */
function remember(
  kernels: Kernels,
  { name, parameter, tensors }: {
    readonly name: string;
    readonly parameter: Parameter;
    readonly tensors: NamedTensor[];
  },
): Tensor {
  const value = kernels.tensor(parameter.value.rows, parameter.value.cols);
  tensors.push({ name: `${name} of ${parameter.name}`, value });
  return value;
}

interface SimpleUpdate {
  readonly parameter: Parameter;
  readonly rule: Exclude<ResolvedOptimizer, { readonly name: "adam" | "adamw" }>;
  /** Receives the state of the rule. */
  readonly tensors: NamedTensor[];
}

/** Binds a rule whose step needs only the learning rate. */
function simpleUpdate(kernels: Kernels, options: SimpleUpdate): (learningRate: number) => void {
  const { parameter, rule, tensors: all } = options;
  const { value: weights, gradient } = parameter;
  const state = (name: string) => remember(kernels, { name, parameter, tensors: all });
  switch (rule.name) {
    case "sgd":
      return kernels.sgd({ weights, gradient });
    case "momentum": {
      const tensors = { weights, gradient, velocity: state("velocity"), momentum: rule.momentum };
      return rule.nesterov ? kernels.nesterov(tensors) : kernels.momentum(tensors);
    }
    case "rmsprop":
      return kernels.rmsprop({ weights, gradient, squaredAverage: state("squared average"), ...rule });
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
  const remembered: NamedTensor[] = [];
  const updates = parameters.map((parameter) => {
    const { value: weights, gradient } = parameter;
    const state = (name: string) => remember(kernels, { name, parameter, tensors: remembered });
    const tensors = {
      weights,
      gradient,
      average: state("average"),
      squaredAverage: state("squared average"),
    };
    return kernels.adam({ ...tensors, beta1, beta2, epsilon });
  });
  const decays = weightDecay === 0
    ? []
    : parameters.filter(({ isWeight }) => isWeight).map(({ value }) => kernels.scale({ weights: value }));
  // Powers of beta are running products: a power function may differ between engines.
  const powers = Float64Array.of(1, 1);
  return {
    tensors: [...remembered, { name: "powers of beta", value: { rows: 1, cols: 2, data: powers } }],
    step(learningRate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      const stepSize = learningRate / (1 - powers[0]);
      const rootCorrection = 1 / Math.sqrt(1 - powers[1]);
      for (let i = 0; i < decays.length; i++) decays[i](1 - learningRate * weightDecay);
      for (let i = 0; i < updates.length; i++) updates[i](stepSize, rootCorrection);
    },
  };
}
