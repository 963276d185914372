/** Trains a net in TensorFlow.js step by step: `tfjs_step.ts WORKLOAD cpu|wasm`; its work is `step`. */
import { randomDataset } from "../programs/random_dataset.ts";
import { serve } from "../programs/serve.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { requirePeer } from "./require_peer.ts";
import type { Tensor, TensorFlow, Variable, WasmBackend } from "./tfjs_types.ts";

const [name, backend] = Deno.args;
const { hiddenDims, batchSize, normalization, keepRatio } = workloadNamed(name);
const tf = requirePeer("@tensorflow/tfjs") as TensorFlow;
if (backend === "wasm") {
  const wasm = requirePeer("@tensorflow/tfjs-backend-wasm") as WasmBackend;
  wasm.setWasmPaths(`${Deno.env.get("PEERS_DIR")}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  wasm.setThreadsCount(1);
}
await tf.setBackend(backend);
await tf.ready();

const { train, mean } = randomDataset();
const dims = [INPUT_DIM, ...hiddenDims, NUM_CLASSES];
const layers = dims.slice(1).map((fanOut, i) => ({
  weights: tf.variable(tf.randomNormal([dims[i], fanOut], 0, 1e-2)),
  bias: tf.variable(tf.zeros([fanOut])),
  norm: normalization !== null && i < hiddenDims.length ? normParameters(fanOut) : null,
}));
const optimizer = tf.train.adam(5e-4);
const rows = new Float32Array(batchSize * INPUT_DIM);
const labels = new Int32Array(batchSize);
let row = 0;

interface NormParameters {
  readonly gamma: Variable;
  readonly beta: Variable;
  readonly runningMean: Variable;
  readonly runningVariance: Variable;
}

function normParameters(width: number): NormParameters {
  return {
    gamma: tf.variable(tf.ones([width])),
    beta: tf.variable(tf.zeros([width])),
    runningMean: tf.variable(tf.zeros([width]), false),
    runningVariance: tf.variable(tf.zeros([width]), false),
  };
}

function normalize(x: Tensor, { gamma, beta, runningMean, runningVariance }: NormParameters): Tensor {
  const axis = normalization === "batchnorm" ? 0 : 1;
  const { mean, variance } = tf.moments(x, axis, true);
  if (axis === 0) {
    for (const [running, now] of [[runningMean, mean], [runningVariance, variance]] as const) {
      running.assign(tf.tidy(() => running.mul(0.9).add(now.reshape([-1]).mul(0.1))));
    }
  }
  return x.sub(mean).mul(tf.rsqrt(variance.add(1e-5))).mul(gamma).add(beta);
}

function loss(x: Tensor, y: Tensor): Tensor {
  let h = x;
  for (const { weights, bias, norm } of layers.slice(0, -1)) {
    h = h.matMul(weights).add(bias);
    if (norm !== null) h = normalize(h, norm);
    h = h.relu();
    if (keepRatio < 1) h = tf.dropout(h, 1 - keepRatio);
  }
  const last = layers.at(-1)!;
  return tf.losses.softmaxCrossEntropy(tf.oneHot(y, NUM_CLASSES), h.matMul(last.weights).add(last.bias));
}

function step(): void {
  for (let i = 0; i < batchSize; i++) {
    row = (row + 1) % train.n;
    for (let j = 0; j < INPUT_DIM; j++) rows[i * INPUT_DIM + j] = train.x[row * INPUT_DIM + j] - mean[j];
    labels[i] = train.labels[row];
  }
  tf.tidy(() => {
    const x = tf.tensor2d(rows, [batchSize, INPUT_DIM]);
    const y = tf.tensor1d(labels, "int32");
    optimizer.minimize(() => loss(x, y), true)!.dataSync();
  });
}

await serve({
  step(count) {
    for (let i = 0; i < count; i++) step();
  },
}, { about: `TensorFlow.js ${tf.version.tfjs}, ${tf.getBackend()}` });
