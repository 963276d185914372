import { KEPT, type SmoothActivation } from "../../kernels/contract/activation_kernels.ts";
import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Activation, Layer } from "./layer.ts";

export interface ActivationOptions {
  /** `[n, features]` */
  readonly input: Activation;
  readonly name: SmoothActivation;
}

/**
 * Makes the layer `out = f(x)`.
 *
 * It is in place, unless the gradient is computed from the input: then the output has a tensor of its own. The gradient of
 * the output always takes the place of that of the input.
 */
export function activationLayer(kernels: Kernels, { input, name }: ActivationOptions): Layer {
  const { value: x, gradient } = input;
  const out = KEPT[name] === "output" ? x : kernels.tensor(x.rows, x.cols);
  const kept = KEPT[name] === "output" ? out : x;
  return {
    output: { value: out, gradient },
    forward: kernels.activation({ name, x, out }),
    backward: kernels.activationGradient({ name, kept, dy: gradient, out: gradient }),
  };
}
