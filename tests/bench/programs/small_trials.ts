import { blobs, defineExperiment } from "../../../mod.ts";

/** Five hundred trials of twelve steps each, on eight features: what is around a step shows. */
export default defineExperiment({
  name: "small_trials",
  question: "What does a trial cost that trains almost nothing?",
  seed: 231,
  data: blobs({ numClasses: 3, inputDim: 8, spread: 1, train: 200, validation: 60, test: 60 }),
  grid: { learningRate: Array.from({ length: 500 }, (_, i) => (i + 1) / 1e5) },
  trial: ({ learningRate }) => ({
    model: { hiddenDims: [8] },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 3 },
  }),
});
