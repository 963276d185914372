import type { Agreement } from "./same_work.ts";

/** A net and a batch whose training step is measured. */
export interface Workload {
  readonly name: string;
  readonly hiddenDims: readonly number[];
  readonly batchSize: number;
  readonly normalization: "batchnorm" | "layernorm" | null;
  /** 1 is no dropout. */
  readonly keepRatio: number;
  /** How many losses each program gives, to show that it does the same work. */
  readonly lossSteps: number;
  /** How far those may be from Seedbed's. */
  readonly agreement: Agreement;
}

export const INPUT_DIM = 3072;
export const NUM_CLASSES = 10;

const FIVE_LAYERS = {
  hiddenDims: [100, 100, 100, 100],
  batchSize: 100,
  keepRatio: 1,
  lossSteps: 20,
  agreement: { stepTolerance: 1e-3, meanTolerance: 1e-3 },
} as const;

// Each program draws masks of its own: no step is like another's, and the loss falls later.
const DROPOUT = {
  keepRatio: 0.5,
  lossSteps: 60,
  agreement: { stepTolerance: 0.1, meanTolerance: 0.02 },
} as const;

/** The nets whose steps are measured, by name; all train by Adam in float32. */
export const WORKLOADS: readonly Workload[] = [
  { name: "plain", ...FIVE_LAYERS, normalization: null },
  { name: "batchnorm", ...FIVE_LAYERS, normalization: "batchnorm" },
  { name: "batchnorm_dropout", ...FIVE_LAYERS, ...DROPOUT, normalization: "batchnorm" },
  { name: "layernorm", ...FIVE_LAYERS, normalization: "layernorm" },
  {
    ...FIVE_LAYERS,
    name: "wide",
    hiddenDims: [1024, 1024, 1024],
    batchSize: 256,
    normalization: null,
    lossSteps: 3,
  },
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
