import { cifar10, defineExperiment } from "../mod.ts";

export default defineExperiment({
  name: "cifar10_normalization",
  question: "How far from a good weight scale may a net start, with and without normalization and dropout?",
  seed: 231,
  data: cifar10({ train: 49_000, validation: 1_000, test: 1_000 }),
  grid: {
    normalization: [null, "batchnorm", "layernorm"],
    dropoutKeepRatio: [1, 0.8],
    weightScale: [1e-3, 1e-2, 1e-1],
  },
  trial: ({ normalization, dropoutKeepRatio, weightScale }) => ({
    model: { hiddenDims: [100, 100, 100, 100], weightScale, normalization, dropoutKeepRatio },
    solver: { optimizer: { name: "adam", learningRate: 5e-4 }, batchSize: 100, epochs: 5, lrDecay: 0.95 },
  }),
});
