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

/** Small nets that together train on images with every augmentation, by itself and with what else draws random numbers. */
export const SMALL_AUGMENTED_TRAININGS: readonly (readonly [ModelSpec, Partial<SolverSpec>])[] = [
  [{ hiddenDims: [7] }, { augmentation: { crop: { padding: 3 } } }],
  [{ hiddenDims: [7] }, { augmentation: { flip: true } }],
  [{ hiddenDims: [7], dtype: "float64" }, { augmentation: { cutout: { size: 3 } } }],
  [
    { hiddenDims: [7, 6], normalization: "batchnorm", dropoutKeepRatio: 0.8, inputDropoutKeepRatio: 0.9 },
    {
      augmentation: { crop: { padding: 2 }, flip: { probability: 0.3 }, cutout: { size: 4 } },
      ...{ averaging: { decay: 0.9 }, lastBatch: "keep", loss: { labelSmoothing: 0.1 } },
    },
  ],
];
