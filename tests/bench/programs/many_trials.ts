import { blobs, defineExperiment } from "../../../mod.ts";

/** A thousand trials of about 10 ms each: what is around a trial shows. */
export default defineExperiment({
  name: "many_trials",
  question: "What does a queue cost a trial?",
  seed: 231,
  data: blobs({ numClasses: 4, inputDim: 64, spread: 1, train: 2000, validation: 200, test: 200 }),
  grid: { learningRate: Array.from({ length: 1000 }, (_, i) => (i + 1) / 1e6) },
  trial: ({ learningRate }) => ({
    model: { hiddenDims: [64] },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 3 },
  }),
});
