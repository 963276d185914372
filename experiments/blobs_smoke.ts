import { blobs, defineExperiment } from "../mod.ts";

export default defineExperiment({
  name: "blobs_smoke",
  question: "Does every kind of layer and optimizer train?",
  seed: 7,
  repeats: 2,
  data: blobs({ numClasses: 4, inputDim: 10, spread: 0.8, train: 600, validation: 300, test: 300 }),
  grid: {
    normalization: [null, "batchnorm", "layernorm"],
    optimizer: ["sgd", "momentum", "rmsprop", "adam", "adamw"],
  },
  trial: ({ normalization, optimizer }) => ({
    model: { hiddenDims: [24, 16], weightScale: "he", normalization, dropoutKeepRatio: 0.9, reg: 1e-4 },
    solver: {
      optimizer: { name: optimizer, learningRate: optimizer === "sgd" ? 1e-1 : 1e-2 },
      batchSize: 50,
      epochs: 4,
      lrDecay: 0.9,
    },
  }),
});
