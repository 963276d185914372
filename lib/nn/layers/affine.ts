import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Input, Layer, Parameter } from "./layer.ts";

export interface AffineOptions {
  /** `[n, fanIn]` */
  readonly input: Input;
  /** `[fanIn, fanOut]` */
  readonly weights: Parameter;
  /** `[1, fanOut]`; null adds zeros. */
  readonly bias: Parameter | null;
  /** Whether a fused ReLU follows directly. */
  readonly relu: boolean;
}

/** Makes the layer `out = x W + b`, `[n, fanIn]` to `[n, fanOut]`, optionally followed by ReLU. */
export function affineLayer(kernels: Kernels, { input, weights, bias, relu }: AffineOptions): Layer {
  const x = input.value;
  const out = kernels.tensor(x.rows, weights.value.cols);
  const dy = kernels.tensor(out.rows, out.cols);
  const bound = bias?.value ?? kernels.tensor(1, out.cols);
  const forward = kernels.affine({ x, weights: weights.value, bias: bound, out, relu });
  const backward = [
    ...(relu ? [kernels.reluGradient({ y: out, dy, out: dy })] : []),
    kernels.weightGradient({ x, dy, out: weights.gradient }),
    ...(bias ? [kernels.columnSums({ x: dy, out: bias.gradient })] : []),
    ...(input.gradient ? [kernels.inputGradient({ dy, weights: weights.value, out: input.gradient })] : []),
  ];
  return {
    output: { value: out, gradient: dy },
    forward,
    backward() {
      for (const operation of backward) operation();
    },
  };
}
