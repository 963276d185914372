import { openStream } from "../../core/numbers/random.ts";
import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Parameter } from "../layers/layer.ts";
import type { ActivationName } from "./activation_names.ts";
import { drawNormal, type InitializerName, INITIALIZERS } from "./initializers.ts";
import type { NamedShape } from "./tensor_shapes.ts";

export interface InitializeOptions {
  /** W1, b1, gamma1, beta1, W2, ... */
  readonly shapes: readonly NamedShape[];
  readonly weightScale: number | InitializerName;
  /** One for each hidden layer. */
  readonly activations: readonly ActivationName[];
  /** Each weight matrix has a stream of its own, `<streamRoot>/init/<name>`. */
  readonly streamRoot: string;
}

/** Allocates a net's parameters and sets their initial values. */
export function initializeParameters(kernels: Kernels, options: InitializeOptions): Parameter[] {
  const { shapes, weightScale, activations, streamRoot } = options;
  let depth = 0;
  return shapes.map(({ name, rows, cols }) => {
    const isWeight = name.startsWith("W");
    const parameter = {
      name,
      value: kernels.tensor(rows, cols),
      gradient: kernels.tensor(rows, cols),
      isWeight,
    };
    if (isWeight) {
      const weights = { rows, cols, gain: gainBefore(activations[depth++]), data: parameter.value.data };
      const stream = openStream(`${streamRoot}/init/${name}`);
      if (typeof weightScale === "number") drawNormal(weights, { stream, deviation: weightScale });
      else INITIALIZERS[weightScale](weights, stream);
    } else if (name.startsWith("gamma")) parameter.value.data.fill(1);
    return parameter;
  });
}

/** Returns sqrt(2) before an activation that drops about half of its input, and else 1; the last layer has none. */
function gainBefore(activation: ActivationName | undefined): number {
  return activation === undefined || activation === "tanh" || activation === "sigmoid" ? 1 : Math.sqrt(2);
}
