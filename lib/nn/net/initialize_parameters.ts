import { openStream } from "../../core/numbers/random.ts";
import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Parameter } from "../layers/layer.ts";
import type { NamedShape } from "./tensor_shapes.ts";

export interface InitializeOptions {
  /** W1, b1, gamma1, beta1, W2, ... */
  readonly shapes: readonly NamedShape[];
  readonly weightScale: number | "he";
  /** Each weight matrix has a stream of its own, `<streamRoot>/init/<name>`. */
  readonly streamRoot: string;
}

/** Allocates a net's parameters and sets their initial values. */
export function initializeParameters(kernels: Kernels, options: InitializeOptions): Parameter[] {
  const { shapes, weightScale, streamRoot } = options;
  return shapes.map(({ name, rows, cols }) => {
    const isWeight = name.startsWith("W");
    const parameter = {
      name,
      value: kernels.tensor(rows, cols),
      gradient: kernels.tensor(rows, cols),
      isWeight,
    };
    if (isWeight) {
      const weights = parameter.value.data;
      const deviation = weightScale === "he" ? Math.sqrt(2 / rows) : weightScale;
      const stream = openStream(`${streamRoot}/init/${name}`);
      for (let i = 0; i < weights.length; i++) weights[i] = stream.normal() * deviation;
    } else if (name.startsWith("gamma")) parameter.value.data.fill(1);
    return parameter;
  });
}
