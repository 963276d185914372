/** Trains a net in TensorFlow.js step by step: `tfjs_step.ts WORKLOAD cpu|wasm`; its work is `step`. */
import { serveSteps } from "../programs/serve_steps.ts";
import { readStepInputs } from "../programs/step_inputs.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { requirePeer } from "./require_peer.ts";
import type { Optimizer, Tensor, TensorFlow, Variable, WasmBackend } from "./tfjs_types.ts";

const [name, backend] = Deno.args;
const workload = workloadNamed(name);
const { hiddenDims, batchSize, normalization, keepRatio } = workload;
const tf = requirePeer("@tensorflow/tfjs") as TensorFlow;
if (backend === "wasm") {
  const wasm = requirePeer("@tensorflow/tfjs-backend-wasm") as WasmBackend;
  wasm.setWasmPaths(`${Deno.env.get("PEERS_DIR")}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  wasm.setThreadsCount(1);
}
await tf.setBackend(backend);
await tf.ready();

const { train, mean, parameters, pickRows } = readStepInputs(workload);
const dims = [INPUT_DIM, ...hiddenDims, NUM_CLASSES];
const layers = dims.slice(1).map((fanOut, i) => ({
  weights: tf.variable(tf.zeros([dims[i], fanOut])),
  bias: tf.variable(tf.zeros([fanOut])),
  norm: normalization !== null && i < hiddenDims.length ? normParameters(fanOut) : null,
}));
let optimizer: Optimizer | null = null;
const rows = new Int32Array(batchSize);
const features = new Float32Array(batchSize * INPUT_DIM);
const labels = new Int32Array(batchSize);

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

function reset(): void {
  let at = 0;
  for (const { weights, bias, norm } of layers) {
    for (const variable of [weights, bias, ...(norm === null ? [] : [norm.gamma, norm.beta])]) {
      const values = parameters.subarray(at, at + variable.size);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
      at += variable.size;
    }
  }
  optimizer?.dispose();
  optimizer = tf.train.adam(5e-4, 0.9, 0.999, 1e-8);
}

function step(index: number): number {
  pickRows(index, rows);
  for (let i = 0; i < batchSize; i++) {
    const start = rows[i] * INPUT_DIM;
    for (let j = 0; j < INPUT_DIM; j++) features[i * INPUT_DIM + j] = train.x[start + j] - mean[j];
    labels[i] = train.labels[rows[i]];
  }
  return tf.tidy(() => {
    const x = tf.tensor2d(features, [batchSize, INPUT_DIM]);
    const y = tf.tensor1d(labels, "int32");
    return optimizer!.minimize(() => loss(x, y), true)!.dataSync()[0];
  });
}

reset();
await serveSteps({ step, reset }, { about: `TensorFlow.js ${tf.version.tfjs}, ${tf.getBackend()}` });
