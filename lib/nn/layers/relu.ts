import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Activation, Layer } from "./layer.ts";

/** Makes the layer `out = max(x, 0)`, in place: its output overwrites its input. */
export function reluLayer(kernels: Kernels, { input }: { readonly input: Activation }): Layer {
  const { value, gradient } = input;
  return {
    output: input,
    forward: kernels.relu({ x: value, out: value }),
    backward: kernels.reluGradient({ y: value, dy: gradient, out: gradient }),
  };
}
