import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import type { OptimizerSpec } from "../../lib/nn/training/optimizer_spec.ts";

/** Small nets that together have every layer, every normalization, dropout, L2 and every optimizer of version 0.1. */
export const FIRST_NETS: readonly (readonly [ModelSpec, OptimizerSpec])[] = [
  [{ hiddenDims: [] }, { name: "sgd", learningRate: 0.1 }],
  [{ hiddenDims: [17, 9], reg: 1e-3 }, { name: "momentum", learningRate: 0.01 }],
  [
    { hiddenDims: [21, 10, 6], normalization: "batchnorm", dropoutKeepRatio: 0.7 },
    { name: "momentum", learningRate: 0.01, nesterov: true },
  ],
  [{ hiddenDims: [18, 7], normalization: "layernorm", reg: 1e-2 }, { name: "rmsprop", learningRate: 1e-3 }],
  [{ hiddenDims: [33], normalization: "batchnorm" }, { name: "adam", learningRate: 1e-2 }],
  [{ hiddenDims: [30, 30], dropoutKeepRatio: 0.5 }, { name: "adamw", learningRate: 1e-2 }],
];

/** Small nets that together have every activation and initializer, and an L1 penalty. */
export const NEWER_NETS: readonly (readonly [ModelSpec, OptimizerSpec])[] = [
  [{ hiddenDims: [14, 9, 6], activation: ["gelu", "tanh", "leakyRelu"], weightScale: "orthogonal" }, {
    name: "adam",
    learningRate: 1e-2,
  }],
  [
    {
      hiddenDims: [14, 9],
      activation: ["silu", "sigmoid"],
      normalization: "batchnorm",
      weightScale: "glorotUniform",
    },
    { name: "adam", learningRate: 1e-2 },
  ],
  [{
    hiddenDims: [12],
    activation: "geluTanh",
    normalization: "layernorm",
    bias: false,
    weightScale: "heUniform",
    regL1: 1e-3,
    inputDropoutKeepRatio: 0.8,
  }, {
    name: "momentum",
    learningRate: 1e-2,
  }],
  [{
    hiddenDims: [10, 10],
    activation: ["relu", "gelu"],
    residual: true,
    weightScale: "he",
  }, { name: "adam", learningRate: 1e-2 }],
];

/** All of them. */
export const SMALL_NETS: readonly (readonly [ModelSpec, OptimizerSpec])[] = [...FIRST_NETS, ...NEWER_NETS];
