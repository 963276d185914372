import { blobs } from "../../../lib/data/blobs.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import { resolveModel } from "../../../lib/nn/net/resolve_model.ts";
import { resolveSolver } from "../../../lib/nn/training/resolve_solver.ts";

const data = blobs({ numClasses: 3, inputDim: 5, spread: 0.5, train: 120, validation: 40, test: 50 });

/** What the trials are trained on. */
export const dataset = generateBlobs(data);

const action = "test";

/** Returns a trial of three epochs with a learning rate. */
export function trialWith(learningRate: number): Trial {
  return {
    id: "0123456789abcdef",
    point: {},
    repeat: 1,
    seed: 5,
    data,
    dataDigest: "blobs",
    model: resolveModel({ hiddenDims: [8], weightScale: "he" }, { action }),
    solver: resolveSolver({ optimizer: { name: "adam", learningRate }, batchSize: 20, epochs: 3 }, {
      action,
    }),
  };
}
