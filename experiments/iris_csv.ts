import { csvDataset, defineExperiment } from "../mod.ts";

export default defineExperiment({
  name: "iris_csv",
  question: "How wide must a net be to tell Fisher's irises apart?",
  seed: 1936,
  repeats: 5,
  data: csvDataset({
    file: "data/iris.csv",
    label: "species",
    classes: ["setosa", "versicolor", "virginica"],
    train: 90,
    validation: 30,
    test: 30,
  }),
  grid: { hidden: [2, 4, 8, 16] },
  trial: ({ hidden }) => ({
    model: { hiddenDims: [hidden], weightScale: "he" },
    solver: { optimizer: { name: "adam", learningRate: 2e-2 }, batchSize: 10, epochs: 30 },
  }),
});
