import { KEPT } from "../../kernels/contract/activation_kernels.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { type ActivationName, activationsOf } from "../../nn/net/activation_names.ts";
import { outputsOf } from "../../nn/training/loss/outputs_of.ts";
import type { Trial } from "./trial.ts";

/**
 * Returns an estimate of the memory of a running trial in bytes, without the data set.
 *
 * It counts the parameters, their gradients and the optimizer's state; the weights of the best and of the latest
 * epoch; a checkpoint of these; and the activations of a batch. An average of the weights doubles what is kept of them; a
 * shorter last batch has activations of its own.
 */
export function trialBytes(
  { model, solver }: Trial,
  { inputDim, ...dataset }: Pick<Dataset, "inputDim" | "numClasses" | "targets">,
): number {
  const { numClasses, numOutputs } = outputsOf(dataset, solver.loss);
  const outputs = numClasses ?? numOutputs;
  const dims = [inputDim, ...model.hiddenDims, outputs];
  let parameters = 0;
  for (let i = 1; i < dims.length; i++) parameters += (dims[i - 1] + 1) * dims[i];
  const hidden = model.hiddenDims.reduce((sum, dim) => sum + dim, 0);
  // Each hidden value and its gradient: one copy of both, two more with normalization, one more with dropout.
  const copies = 2 + (model.normalization === null ? 0 : 4) + (model.dropoutKeepRatio < 1 ? 2 : 0);
  // One tensor more, where the gradient of an activation needs its input, or its output as it was before dropout.
  const keeps = (name: ActivationName) =>
    name !== "relu" && KEPT[name] === "input" ||
    model.dropoutKeepRatio < 1 && (name === "tanh" || name === "sigmoid");
  const keeping = activationsOf(model).reduce(
    (sum, name, i) => keeps(name) ? sum + model.hiddenDims[i] : sum,
    0,
  );
  const masks = (model.inputDropoutKeepRatio ?? 1) < 1 ? 2 : 1;
  const batches = solver.lastBatch === "keep" ? 2 : 1;
  // Scores and their gradient, and a copy more with targets, or with what a loss declares.
  const scored = solver.loss === undefined && dataset.targets === undefined ? 2 : 3;
  const activations = batches * solver.batchSize *
    (masks * inputDim + copies * hidden + keeping + scored * outputs);
  const remembered = REMEMBERED[solver.optimizer.name];
  // With averaging: the average, a buffer to exchange it with the weights, and the trained weights of a checkpoint.
  const averaged = solver.averaging === undefined ? 0 : 3;
  // Tensors in use, then two snapshots, and a checkpoint with the latest and the best weights and the optimizer's
  // state.
  const perParameter = 2 + remembered + 2 + 2 + remembered + averaged;
  const { crop, flip } = solver.augmentation ?? {};
  // The moved images of a batch, as bytes.
  const moved = crop === undefined && flip === undefined ? 0 : solver.batchSize * inputDim;
  return (model.dtype === "float32" ? 4 : 8) * (perParameter * parameters + activations) + moved;
}

/** The numbers of optimizer state per parameter. */
const REMEMBERED: Readonly<Record<Trial["solver"]["optimizer"]["name"], number>> = {
  sgd: 0,
  momentum: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};
