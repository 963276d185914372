/**
 * Trains ConvNetJS step by step: `convnetjs_step.ts WORKLOAD`; its work is `step`.
 *
 * It works in float64 on one example at a time and updates by Adam after each batch. It has no normalization.
 */
import { randomDataset } from "../programs/random_dataset.ts";
import { serve } from "../programs/serve.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { requirePeer } from "./require_peer.ts";

interface Net {
  makeLayers(definitions: readonly object[]): void;
}
interface Volume {
  readonly w: Float64Array;
}
interface ConvNetJs {
  readonly Net: new () => Net;
  readonly Vol: new (width: number, height: number, depth: number, fill: number) => Volume;
  readonly Trainer: new (net: Net, options: object) => { train(x: Volume, label: number): unknown };
}

const { hiddenDims, batchSize, normalization, keepRatio } = workloadNamed(Deno.args[0]);
if (normalization !== null) throw new Error(`Cannot measure ConvNetJS: it has no ${normalization}`);
const convnetjs = requirePeer("convnetjs") as ConvNetJs;
const { train, mean } = randomDataset();
const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: 1, out_sy: 1, out_depth: INPUT_DIM },
  ...hiddenDims.map((width) => ({
    type: "fc",
    num_neurons: width,
    activation: "relu",
    ...(keepRatio < 1 ? { drop_prob: 1 - keepRatio } : {}),
  })),
  { type: "softmax", num_classes: NUM_CLASSES },
]);
const adam = { method: "adam", learning_rate: 5e-4, beta1: 0.9, beta2: 0.999, eps: 1e-8 };
const trainer = new convnetjs.Trainer(net, { ...adam, batch_size: batchSize, l2_decay: 0 });
const volume = new convnetjs.Vol(1, 1, INPUT_DIM, 0);
let row = 0;

await serve({
  step(count) {
    for (let i = 0; i < count * batchSize; i++) {
      row = (row + 1) % train.n;
      for (let j = 0; j < INPUT_DIM; j++) volume.w[j] = (train.x[row * INPUT_DIM + j] - mean[j]) / 64;
      trainer.train(volume, train.labels[row]);
    }
  },
}, { about: "ConvNetJS 0.3.0, float64, an example at a time" });
