/**
 * Trains ConvNetJS step by step: `convnetjs_step.ts WORKLOAD`; its work is `step`.
 *
 * It works in float64 on one example at a time and updates by Adam after each batch, whose averages it multiplies by
 * their correction where Adam divides by it. It has no normalization.
 */
import { serveSteps } from "../programs/serve_steps.ts";
import { readStepInputs } from "../programs/step_inputs.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { requirePeer } from "./require_peer.ts";

interface Net {
  readonly layers: readonly Layer[];
  makeLayers(definitions: readonly object[]): void;
}
interface Layer {
  readonly layer_type: string;
  /** One a neuron, of fully connected layers. */
  readonly filters: readonly Volume[];
  readonly biases: Volume;
}
interface Volume {
  readonly w: Float64Array;
}
interface Trainer {
  train(x: Volume, label: number): { readonly loss: number };
}
interface ConvNetJs {
  readonly Net: new () => Net;
  readonly Vol: new (width: number, height: number, depth: number, fill: number) => Volume;
  readonly Trainer: new (net: Net, options: object) => Trainer;
}

const workload = workloadNamed(Deno.args[0]);
const { hiddenDims, batchSize, normalization, keepRatio } = workload;
if (normalization !== null) throw new Error(`Cannot measure ConvNetJS: it has no ${normalization}`);
const convnetjs = requirePeer("convnetjs") as ConvNetJs;
const { train, mean, parameters, pickRows } = readStepInputs(workload);
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
const volume = new convnetjs.Vol(1, 1, INPUT_DIM, 0);
const rows = new Int32Array(batchSize);
let trainer: Trainer | null = null;

function reset(): void {
  let at = 0;
  for (const { filters, biases } of net.layers.filter((layer) => layer.layer_type === "fc")) {
    filters.forEach(({ w }, neuron) => {
      for (let i = 0; i < w.length; i++) w[i] = parameters[at + i * filters.length + neuron];
    });
    at += filters.length * filters[0].w.length;
    biases.w.set(parameters.subarray(at, at + filters.length));
    at += filters.length;
  }
  trainer = new convnetjs.Trainer(net, { ...adam, batch_size: batchSize, l2_decay: 0 });
}

function step(index: number): number {
  pickRows(index, rows);
  let loss = 0;
  for (const row of rows) {
    for (let j = 0; j < INPUT_DIM; j++) volume.w[j] = train.x[row * INPUT_DIM + j] - mean[j];
    loss += trainer!.train(volume, train.labels[row]).loss / batchSize;
  }
  return loss;
}

reset();
await serveSteps({ step, reset }, {
  about: "ConvNetJS 0.3.0, float64, an example at a time, an Adam of its own",
});
