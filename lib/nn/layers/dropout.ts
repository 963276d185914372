import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { Activation, Layer } from "./layer.ts";

export interface DropoutOptions {
  /** `[n, features]` */
  readonly input: Activation;
  /** Fraction of neurons kept, in (0, 1). */
  readonly keepRatio: number;
  /** Whether the layer before needs the input for its gradient. Default: false, the output takes the input's place. */
  readonly keepsInput?: boolean;
}

/** A dropout layer; its masks come from a stream that the caller starts. */
export interface DropoutLayer extends Layer {
  /** Starts the stream of a path; every forward pass in "train" then draws the next mask from it. */
  restart(path: string): void;
}

/**
 * Makes an inverted dropout layer (Srivastava et al. 2014): `out = x * mask / keepRatio`, identity at test time. It is in
 * place, unless the input must stay.
 *
 * The ratio is the fraction that is kept, as in cs231n; PyTorch and Keras take the fraction that is dropped.
 */
export function dropoutLayer(
  kernels: Kernels,
  { input, keepRatio, keepsInput = false }: DropoutOptions,
): DropoutLayer {
  const { value, gradient } = input;
  const mask = kernels.tensor(value.rows, value.cols);
  const masks = kernels.dropoutMask({ mask, keepRatio });
  const out = keepsInput ? kernels.tensor(value.rows, value.cols) : value;
  const apply = kernels.multiply({ x: value, y: mask, out });
  return {
    output: { value: out, gradient },
    forward(mode) {
      if (mode === "test") {
        if (keepsInput) out.data.set(value.data);
        return;
      }
      masks.draw();
      apply();
    },
    backward: kernels.multiply({ x: gradient, y: mask, out: gradient }),
    restart: (path) => masks.restart(path),
  };
}

/** Options of {@link inputDropoutLayer}. */
export interface InputDropoutOptions {
  /** The net's input, `[n, inputDim]`: no gradient of it is computed. */
  readonly x: Tensor;
  /** Fraction of features kept, in (0, 1). */
  readonly keepRatio: number;
}

/** Makes dropout of a net's input, in place, with masks as {@link dropoutLayer}. */
export function inputDropoutLayer(
  kernels: Kernels,
  { x, keepRatio }: InputDropoutOptions,
): Omit<DropoutLayer, "output"> {
  const mask = kernels.tensor(x.rows, x.cols);
  const masks = kernels.dropoutMask({ mask, keepRatio });
  const apply = kernels.multiply({ x, y: mask, out: x });
  return {
    forward(mode) {
      if (mode === "test") return;
      masks.draw();
      apply();
    },
    backward() {},
    restart: (path) => masks.restart(path),
  };
}
