import { cifar10, defineExperiment } from "../mod.ts";

export default defineExperiment({
  name: "cifar10_best",
  question: "How far does batch normalization take the five-layer net on CIFAR-10?",
  seed: 231,
  repeats: 3,
  data: cifar10({ train: 49_000, validation: 1_000, test: 1_000 }),
  grid: { learningRate: [5e-4, 7e-4, 1e-3], lrDecay: [0.9, 0.95] },
  trial: ({ learningRate, lrDecay }) => ({
    model: { hiddenDims: [100, 100, 100, 100], weightScale: 1e-2, normalization: "batchnorm" },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 100, epochs: 10, lrDecay },
  }),
});
