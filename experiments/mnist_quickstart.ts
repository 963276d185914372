import { defineExperiment, mnist } from "../mod.ts";

export default defineExperiment({
  name: "mnist_quickstart",
  question: "Does batch normalization help a small net read handwritten digits, and at which learning rate?",
  seed: 231,
  data: mnist({ train: 10_000, validation: 2_000, test: 10_000 }),
  grid: { normalization: [null, "batchnorm"], learningRate: [3e-4, 1e-3, 3e-3] },
  trial: ({ normalization, learningRate }) => ({
    model: { hiddenDims: [100, 100], weightScale: "he", normalization },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 100, epochs: 10, lrDecay: 0.9 },
  }),
});
