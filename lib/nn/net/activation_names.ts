/** The numbers of activations, for the files that nets are exported to. */
export { GELU_TANH, LEAKY_SLOPE } from "../../kernels/contract/activation_kernels.ts";

/**
 * The name of an activation function: `"relu"`, `"leakyRelu"`, `"gelu"`, `"geluTanh"`, `"silu"`, `"tanh"` or
 * `"sigmoid"`; the README of `lib/nn` has their formulas and where other libraries differ.
 */
export type ActivationName = "relu" | "leakyRelu" | "gelu" | "geluTanh" | "silu" | "tanh" | "sigmoid";

/** Every activation function. */
export const ACTIVATION_NAMES: readonly ActivationName[] = [
  ...["relu", "leakyRelu", "gelu", "geluTanh", "silu", "tanh", "sigmoid"] as const,
];

/** One name for all hidden layers, or one for each. */
export type Activations = ActivationName | readonly ActivationName[];

/** Returns the activation function of each hidden layer. */
export function activationsOf(
  { hiddenDims, activation = "relu" }: {
    readonly hiddenDims: readonly number[];
    readonly activation?: Activations;
  },
): readonly ActivationName[] {
  return typeof activation === "string" ? hiddenDims.map(() => activation) : activation;
}

/**
 * Returns the shortest spelling of the same activations: a list of one name is the name. ReLU everywhere, which is the
 * default, is undefined, so that it takes no part in the identity of a trial.
 */
export function shortestActivations(names: readonly ActivationName[]): Activations | undefined {
  if (names.every((name) => name === "relu")) return undefined;
  return names.every((name) => name === names[0]) ? names[0] : [...names];
}
