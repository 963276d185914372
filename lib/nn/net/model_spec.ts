import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { DType } from "../../core/numbers/dtype.ts";
import type { ActivationName } from "./activation_names.ts";
import type { InitializerName } from "./initializers.ts";

/** How a {@link FullyConnectedNet} normalizes between affine and activation. */
export type Normalization = "batchnorm" | "layernorm" | null;

/** The architecture and initialization of a net: plain data. */
export interface ModelSpec {
  /** Width of each hidden layer; an empty list is a linear classifier. */
  readonly hiddenDims: readonly number[];
  /** Standard deviation of the initial weights, or how they are drawn. Default: 1e-2. */
  readonly weightScale?: number | InitializerName;
  /** L2 strength: `0.5 * reg * sum(W * W)` over the weights is added to the loss. Default: 0. */
  readonly reg?: number;
  /** L1 strength: `regL1 * sum(|W|)` over the weights is added to the loss (Tibshirani 1996). Default: 0. */
  readonly regL1?: number;
  /** Fraction of neurons that dropout keeps, in (0, 1]; 1 is no dropout. Default: 1. */
  readonly dropoutKeepRatio?: number;
  /** Fraction of the input's features that dropout keeps, in (0, 1]. Default: 1. */
  readonly inputDropoutKeepRatio?: number;
  /** Normalization between affine and activation of each hidden layer. Default: null. */
  readonly normalization?: Normalization;
  /** Whether affine layers in front of a normalization have biases. Default: true. */
  readonly bias?: boolean;
  /**
   * Whether a hidden layer adds its input to its sums before the activation, where the hidden layer in front of it is as wide
   * (He et al. 2016). Default: false.
   */
  readonly residual?: boolean;
  /** Activation function of the hidden layers: one name, or a list with one for each. Default: "relu". */
  readonly activation?: ActivationName | readonly ActivationName[];
  /** Precision of every number. Default: "float32". */
  readonly dtype?: DType;
}

/** A model whose defaults are filled in; fields that version 0.1 lacked are there only where they are not the default. */
export type ResolvedModel =
  & Required<Omit<ModelSpec, "activation" | "bias" | "residual" | "regL1" | "inputDropoutKeepRatio">>
  & Pick<ModelSpec, "activation" | "bias" | "residual" | "regL1" | "inputDropoutKeepRatio">;

/** Options of `FullyConnectedNet`. */
export type FullyConnectedNetOptions = NetOptions & (ClassesOption | OutputsOption);

/** The classes of a `FullyConnectedNet`. */
export interface ClassesOption {
  /** Number of classes, at least 2: each has a score. */
  readonly numClasses: number;
  /** Not given beside `numClasses`. */
  readonly numOutputs?: never;
}

/** The outputs of a `FullyConnectedNet` without classes. */
export interface OutputsOption {
  /** Number of outputs, at least 1. */
  readonly numOutputs: number;
  /** Not given beside `numOutputs`. */
  readonly numClasses?: never;
}

/** What a `FullyConnectedNet` needs besides its classes or outputs. */
export interface NetOptions extends ModelSpec {
  /** Features of a row. */
  readonly inputDim: number;
  /**
   * Root of the random streams of initialization and dropout: a whole number, or a path such as "231/0" for repeat 0
   * of seed 231.
   */
  readonly seed: number | string;
  /** The kernels that compute; all give the same bits. Default: the fastest available. */
  readonly kernels?: KernelKind;
}

/** What `FullyConnectedNet.loss` minimizes: plain data. */
export type NetLoss =
  | { readonly name: "sigmoid" | "squared" }
  | {
    readonly name: "huber";
    /** Above 0. Default: 1. */
    readonly delta?: number;
  };
