import { cifar10, defineExperiment } from "../../../mod.ts";
import { GRID, GRID_SPLITS } from "../grid_settings.ts";

/** The reference's grid as an experiment file, for the time that the command takes to start it. */
export default defineExperiment({
  name: "reference_grid",
  question: "How long does the reference's grid take to start?",
  seed: 231,
  data: cifar10({ ...GRID_SPLITS, test: 1_000 }),
  grid: GRID,
  trial: ({ weightScale, learningRate }) => ({
    model: { hiddenDims: [100, 100, 100, 100], weightScale },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 100, epochs: 5 },
  }),
});
