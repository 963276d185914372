import { defineExperiment, table } from "../mod.ts";

export default defineExperiment({
  name: "penguins_table",
  question: "How wide must a net be to tell three species of penguins apart, by five-fold cross-validation?",
  seed: 231,
  data: table({
    // The measurements of the Palmer Station, as an npm package has them.
    file: "npm:vega-datasets@3.2.1/data/penguins.json",
    sha256: "0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917",
    label: "Species",
    missing: { markers: ["."] },
    folds: 5,
  }),
  grid: { hidden: [1, 2, 4, 8, 16] },
  trial: ({ hidden }) => ({
    model: { hiddenDims: [hidden], weightScale: "he" },
    solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 20, epochs: 30 },
  }),
});
