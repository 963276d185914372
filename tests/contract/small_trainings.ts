import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import type { SolverSpec } from "../../lib/nn/training/solver_spec.ts";

/** Small nets that together train with every schedule, both kinds of clipping, averaging and a short last batch. */
export const SMALL_TRAININGS: readonly (readonly [ModelSpec, Partial<SolverSpec>])[] = [
  [{ hiddenDims: [7] }, { schedule: { name: "constant", warmupEpochs: 2, per: "step" } }],
  [
    { hiddenDims: [7], reg: 1e-2 },
    { schedule: { name: "exponential", decay: 0.97, warmupEpochs: 1, per: "step" }, clip: { norm: 0.5 } },
  ],
  [{ hiddenDims: [7] }, {
    schedule: { name: "step", milestones: [2, 4], factor: 0.3, warmupEpochs: 1 },
    clip: { value: 0.01 },
  }],
  [{ hiddenDims: [7] }, { schedule: { name: "step", every: 3, factor: 0.7, per: "step" } }],
  [
    { hiddenDims: [7, 6], normalization: "batchnorm", dropoutKeepRatio: 0.8 },
    {
      schedule: { name: "cosine", minRate: 1e-4, warmupEpochs: 1, per: "step" },
      averaging: { decay: 0.9 },
      lastBatch: "keep",
      clip: { norm: 1 },
    },
  ],
  [
    { hiddenDims: [7], normalization: "layernorm", dtype: "float64" },
    {
      schedule: { name: "plateau", factor: 0.5, patience: 1, warmupEpochs: 1 },
      averaging: { decay: 0.99 },
      optimizer: { name: "adamw", learningRate: 0.02 },
    },
  ],
];
