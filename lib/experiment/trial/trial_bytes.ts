import type { Dataset } from "../../data/base/dataset.ts";
import type { Trial } from "./trial.ts";

/**
 * Returns about how many bytes a trial takes while it runs, besides the data set.
 *
 * Counted are the parameters with their gradients and what the optimizer remembers of each, the weights of the best and
 * of the latest epoch, a checkpoint of all that, and what a batch leaves in every layer.
 */
export function trialBytes(
  { model, solver }: Trial,
  { inputDim, numClasses }: Pick<Dataset, "inputDim" | "numClasses">,
): number {
  const dims = [inputDim, ...model.hiddenDims, numClasses];
  let parameters = 0;
  for (let i = 1; i < dims.length; i++) parameters += (dims[i - 1] + 1) * dims[i];
  const hidden = model.hiddenDims.reduce((sum, dim) => sum + dim, 0);
  // Of every hidden value a layer and its gradient, twice more for normalization, and once each for dropout.
  const copies = 2 + (model.normalization === null ? 0 : 4) + (model.dropoutKeepRatio < 1 ? 2 : 0);
  const activations = solver.batchSize * (inputDim + copies * hidden + 2 * numClasses);
  const remembered = REMEMBERED[solver.optimizer.name];
  // Tensors in use, then two snapshots and a checkpoint that holds the latest weights, the best and the optimizer's.
  const perParameter = 2 + remembered + 2 + 2 + remembered;
  return (model.dtype === "float32" ? 4 : 8) * (perParameter * parameters + activations);
}

/** How many numbers an optimizer remembers of each parameter. */
const REMEMBERED: Readonly<Record<Trial["solver"]["optimizer"]["name"], number>> = {
  sgd: 0,
  momentum: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};
