import { openStream } from "../core/random.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Parameter } from "./layers/layer.ts";

export interface InitializeOptions {
  /** inputDim, hidden widths, numClasses. */
  readonly dims: readonly number[];
  /** Whether the hidden layers have gamma and beta. */
  readonly normalized: boolean;
  readonly weightScale: number | "he";
  /** Each weight matrix has a stream of its own, `<streamRoot>/init/<name>`. */
  readonly streamRoot: string;
}

/** Lays out a net's parameters and sets them to their start: W1, b1, gamma1, beta1, W2, ... */
export function initializeParameters(kernels: Kernels, options: InitializeOptions): Parameter[] {
  const { dims, normalized, weightScale, streamRoot } = options;
  const parameters: Parameter[] = [];
  const add = (name: string, shape: readonly [number, number]) => {
    const parameter = {
      name,
      value: kernels.tensor(...shape),
      gradient: kernels.tensor(...shape),
      isWeight: name.startsWith("W"),
    };
    parameters.push(parameter);
    return parameter.value.data;
  };
  for (let depth = 1; depth < dims.length; depth++) {
    const [fanIn, fanOut] = [dims[depth - 1], dims[depth]];
    const weights = add(`W${depth}`, [fanIn, fanOut]);
    const deviation = weightScale === "he" ? Math.sqrt(2 / fanIn) : weightScale;
    const stream = openStream(`${streamRoot}/init/W${depth}`);
    for (let i = 0; i < weights.length; i++) weights[i] = stream.normal() * deviation;
    add(`b${depth}`, [1, fanOut]);
    if (normalized && depth < dims.length - 1) {
      add(`gamma${depth}`, [1, fanOut]).fill(1);
      add(`beta${depth}`, [1, fanOut]);
    }
  }
  return parameters;
}
