import type { Matrix } from "../../core/numbers/matrix.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";

/** Whether a net is being trained (batch statistics, dropout) or used. */
export type Mode = "train" | "test";

/** A layer bound to the tensors of one batch: running it allocates nothing. */
export interface Layer {
  readonly output: Activation;
  /** Computes the output from the input. */
  forward(mode: Mode): void;
  /** Computes the gradients of input and parameters from that of the output, after a forward pass in "train". */
  backward(): void;
  /** Factors of the rows, `[1, n]`; a factor of 0 marks an overflow that the output does not show. */
  readonly rowFactors?: Tensor;
}

/** The output of a layer, which is the input of the next. */
export interface Activation {
  /** `[n, features]` */
  readonly value: Tensor;
  /** Gradient of the loss with respect to `value`, `[n, features]`. */
  readonly gradient: Tensor;
}

/** A net's input; its gradient is computed only if there is a tensor for it. */
export interface Input {
  /** `[n, features]` */
  readonly value: Tensor;
  readonly gradient: Tensor | null;
}

/** A parameter that training updates. */
export interface Parameter {
  /** As in cs231n: W1, b1, gamma1, beta1, W2, ... */
  readonly name: string;
  /** Its values, which training updates; write to `data` to set them. */
  readonly value: Matrix;
  /** Gradient of the loss with respect to `value`, after a backward pass. */
  readonly gradient: Matrix;
  /** Whether it is the weights of an affine layer: L2 and weight decay apply to these only. */
  readonly isWeight: boolean;
}
