import type { FullyConnectedNet } from "../nn/net/fully_connected_net.ts";
import type { ModelFacts } from "./model_facts.ts";

/** A trained net, with all that is needed to use it elsewhere. */
export interface TrainedModel {
  readonly facts: ModelFacts;
  /** The net, with the weights of the trial's best epoch. */
  readonly net: FullyConnectedNet;
  /** Mean of each feature over the training split, `[inputDim]`: the net expects it to be subtracted from a row. */
  readonly mean: Float32Array | Float64Array;
}
