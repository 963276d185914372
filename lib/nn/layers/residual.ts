import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Operation } from "../../kernels/contract/operation.ts";
import type { Activation } from "./layer.ts";

/** Options of {@link residualConnection}. */
export interface ResidualOptions {
  /** The input of the block, `[n, features]`: its gradient gets a second part. */
  readonly input: Activation;
  /** What the block makes of it before its activation, `[n, features]`. */
  readonly sum: Activation;
}

/** The operations of a residual connection. */
export interface ResidualConnection {
  /** `sum = sum + input`, in place. */
  readonly forward: Operation;
  /** `dInput = dInput + dSum`, to be run after the block has written dInput. */
  readonly backward: Operation;
}

/** Connects a block's input with the sum before its activation (He et al. 2016, equation 1). */
export function residualConnection(kernels: Kernels, { input, sum }: ResidualOptions): ResidualConnection {
  return {
    forward: kernels.addScaled({ x: input.value, factor: 1, out: sum.value }),
    backward: kernels.addScaled({ x: sum.gradient, factor: 1, out: input.gradient }),
  };
}

/** The settings that decide which layers are connected. */
export interface ResidualSettings {
  readonly hiddenDims: readonly number[];
  /** Default: false. */
  readonly residual?: boolean;
}

/** Returns for each hidden layer whether it adds its input: those as wide as the hidden layer in front of them. */
export function residualsOf({ hiddenDims, residual = false }: ResidualSettings): readonly boolean[] {
  return hiddenDims.map((width, i) => residual && i > 0 && width === hiddenDims[i - 1]);
}
