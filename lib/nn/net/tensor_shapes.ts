import type { ModelSpec } from "./model_spec.ts";

/** Name and shape of a tensor that may not exist yet. */
export interface NamedShape {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
}

/** The settings that determine the tensors of a net. */
export interface TensorShapesOptions extends Required<Pick<ModelSpec, "hiddenDims" | "normalization">> {
  readonly bias?: boolean;
  readonly inputDim: number;
  readonly numOutputs: number;
}

/** The tensors of a net, in their order. */
export interface TensorShapes {
  /** W1, b1, gamma1, beta1, W2, ...; with `bias: false`, b of the last layer only. */
  readonly parameters: readonly NamedShape[];
  /** runningMean1, runningVariance1, ...; none without batch normalization. */
  readonly runningAverages: readonly NamedShape[];
}

/** Returns the shapes of a net's tensors, so that its size is known before any is allocated. */
export function tensorShapes(options: TensorShapesOptions): TensorShapes {
  const { inputDim, numOutputs, hiddenDims, normalization, bias = true } = options;
  const normalized = bias ? ["b", "gamma", "beta"] : ["gamma", "beta"];
  const widths = [...hiddenDims, numOutputs];
  const parameters = widths.flatMap((cols, i) => [
    { name: `W${i + 1}`, rows: i === 0 ? inputDim : widths[i - 1], cols },
    ...vectors(normalization === null || i === hiddenDims.length ? ["b"] : normalized, {
      i,
      cols,
    }),
  ]);
  const runningAverages = normalization === "batchnorm"
    ? hiddenDims.flatMap((cols, i) => vectors(["runningMean", "runningVariance"], { i, cols }))
    : [];
  return { parameters, runningAverages };
}

interface Layer {
  readonly i: number;
  readonly cols: number;
}

function vectors(names: readonly string[], { i, cols }: Layer): readonly NamedShape[] {
  return names.map((name) => ({ name: `${name}${i + 1}`, rows: 1, cols }));
}
