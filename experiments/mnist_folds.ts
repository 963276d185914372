import { defineExperiment, mnist } from "../mod.ts";

export default defineExperiment({
  name: "mnist_folds",
  question:
    "How much dropout does a small net need to read handwritten digits, by five-fold cross-validation?",
  seed: 231,
  data: mnist({ train: 8_000, validation: 2_000, test: 10_000, folds: 5 }),
  grid: { dropoutKeepRatio: [1, 0.9, 0.7, 0.5] },
  trial: ({ dropoutKeepRatio }) => ({
    model: { hiddenDims: [200], weightScale: "he", dropoutKeepRatio },
    solver: { optimizer: { name: "adam", learningRate: 1e-3 }, batchSize: 100, epochs: 12 },
  }),
});
