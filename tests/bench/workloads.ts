/** A net and a batch whose training step is measured. */
export interface Workload {
  readonly name: string;
  readonly hiddenDims: readonly number[];
  readonly batchSize: number;
  readonly normalization: "batchnorm" | "layernorm" | null;
  /** 1 is no dropout. */
  readonly keepRatio: number;
}

export const INPUT_DIM = 3072;
export const NUM_CLASSES = 10;
/** Rows of the training split that batches are gathered from. */
export const TRAIN_ROWS = 49_000;

const FIVE_LAYERS = { hiddenDims: [100, 100, 100, 100], batchSize: 100, keepRatio: 1 } as const;

/** The nets whose steps are measured, by name; all train by Adam in float32. */
export const WORKLOADS: readonly Workload[] = [
  { name: "plain", ...FIVE_LAYERS, normalization: null },
  { name: "batchnorm", ...FIVE_LAYERS, normalization: "batchnorm" },
  { name: "batchnorm_dropout", ...FIVE_LAYERS, normalization: "batchnorm", keepRatio: 0.5 },
  { name: "layernorm", ...FIVE_LAYERS, normalization: "layernorm" },
  { name: "wide", hiddenDims: [1024, 1024, 1024], batchSize: 256, normalization: null, keepRatio: 1 },
];

/** Returns the workload of a name; the name must be one of {@link WORKLOADS}. */
export function workloadNamed(name: string): Workload {
  const workload = WORKLOADS.find((candidate) => candidate.name === name);
  if (workload === undefined) {
    throw new Error(
      `Cannot measure a step: its net must be one of ${WORKLOADS.map((w) => w.name)}, found ${name}`,
    );
  }
  return workload;
}

/**
 * Returns the floating-point operations of the products in one training step.
 *
 * A weight takes part in three products an example, two operations each; the gradient of the first layer's input is
 * left out, since nobody reads it. Everything but products is left out too, so that rates understate.
 */
export function stepFlops({ hiddenDims, batchSize }: Workload): number {
  const dims = [INPUT_DIM, ...hiddenDims, NUM_CLASSES];
  const weights = dims.slice(1).reduce((sum, fanOut, i) => sum + dims[i] * fanOut, 0);
  return 6 * batchSize * weights - 2 * batchSize * dims[0] * dims[1];
}
