import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Measurement } from "../../kernels/contract/operation.ts";
import type { Parameter } from "../layers/layer.ts";
import type { ClipSpec } from "./solver_spec.ts";

export interface ClipGradientsOptions {
  readonly parameters: readonly Parameter[];
  readonly clip: ClipSpec;
}

/**
 * Binds a limit on the gradients of parameters, which include that of the L2 penalty. It returns the norm of all of them
 * before clipping, or 0 where each element is clipped by itself.
 *
 * The norm is the root of the sum, in float64, of the parameters' sums of squares in the order of the parameters, each as
 * {@link ElementwiseKernels.sumOfSquares} has it. The factor `limit / norm` is one for all.
 */
export function clipGradients(kernels: Kernels, { parameters, clip }: ClipGradientsOptions): Measurement {
  const gradients = parameters.map(({ gradient }) => gradient);
  if (clip.value !== undefined) {
    const { value: limit } = clip;
    const clips = gradients.map((x) => kernels.clip({ x, limit }));
    return () => {
      for (let i = 0; i < clips.length; i++) clips[i]();
      return 0;
    };
  }
  const limit = clip.norm;
  const squares = gradients.map((x) => kernels.sumOfSquares({ x }));
  const scales = gradients.map((weights) => kernels.scale({ weights }));
  return () => {
    let sum = 0;
    for (let i = 0; i < squares.length; i++) sum += squares[i]();
    const norm = Math.sqrt(sum);
    if (norm > limit) { for (let i = 0; i < scales.length; i++) scales[i](limit / norm); }
    return norm;
  };
}
