import { cifar10, defineExperiment } from "../mod.ts";

// The grid of cs231n's fully connected net as its text has it: 1e-5 stands twice among the learning rates, and runs once.
export default defineExperiment({
  name: "cifar10_fcnet",
  question: "Which weight scale and learning rate train a five-layer net best?",
  seed: 231,
  data: cifar10({ train: 49_000, validation: 1_000, test: 1_000 }),
  grid: { weightScale: [1e-2, 2e-2, 5e-3], learningRate: [1e-5, 5e-4, 1e-5] },
  trial: ({ weightScale, learningRate }) => ({
    model: { hiddenDims: [100, 100, 100, 100], weightScale },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 100, epochs: 5 },
  }),
});
