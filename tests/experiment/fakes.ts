import { blobs } from "../../lib/data/blobs.ts";
import {
  defineExperiment,
  type ExperimentDeclaration,
} from "../../lib/experiment/declaration/define_experiment.ts";
import type { TrialSettings } from "../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";

interface RatedPoint {
  readonly rate: number;
  readonly width: number;
}

/** What declares an experiment over two axes. */
export type Declaration = ExperimentDeclaration<
  { readonly rate: readonly number[]; readonly width: readonly number[] }
>;

/** A declaration of four points. */
export const declaration: Omit<Declaration, "trial"> & {
  readonly trial: (point: RatedPoint) => TrialSettings;
} = {
  name: "grid",
  question: "Which?",
  seed: 3,
  data: blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 50, validation: 10, test: 10 }),
  grid: { rate: [0.1, 0.2], width: [4, 8] },
  trial: ({ rate, width }) => ({
    model: { hiddenDims: [width] },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 10, epochs: 1 },
  }),
};

/** Returns the grid of the declaration with other fields. */
export const expand = (changes: Partial<Declaration> = {}, dataDigest = "data") =>
  expandGrid(expandPoints(defineExperiment({ ...declaration, ...changes })), { dataDigest });

/** What its `trial` function returns, which is right. */
export const sound = declaration.trial({ rate: 0.1, width: 4 });
