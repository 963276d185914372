/**
 * Trains brain.js step by step: `brain_step.ts WORKLOAD`; its work is `step`.
 *
 * It has no batches: a step here is as many updates by gradient descent as a batch has examples, which is its fastest
 * rule. It has neither normalization nor dropout, and its loss is the squared error.
 */
import { serveSteps } from "../programs/serve_steps.ts";
import { readStepInputs } from "../programs/step_inputs.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { requirePeer } from "./require_peer.ts";

interface BrainNet {
  sizes: readonly number[];
  initialize(): void;
  trainPattern(example: { readonly input: Float32Array; readonly output: Float32Array }): unknown;
}
interface BrainJs {
  readonly NeuralNetwork: new (options: object) => BrainNet;
}

const workload = workloadNamed(Deno.args[0]);
const { hiddenDims, batchSize, normalization, keepRatio } = workload;
if (normalization !== null || keepRatio < 1) {
  throw new Error("Cannot measure brain.js: it has neither normalization nor dropout");
}
const brain = requirePeer("brain.js") as BrainJs;
const { train, mean, pickRows } = readStepInputs(workload);
const net = new brain.NeuralNetwork({ hiddenLayers: hiddenDims, activation: "relu", learningRate: 5e-4 });
net.sizes = [INPUT_DIM, ...hiddenDims, NUM_CLASSES];
net.initialize();
const input = new Float32Array(INPUT_DIM);
const output = new Float32Array(NUM_CLASSES);
const rows = new Int32Array(batchSize);

function step(index: number): null {
  pickRows(index, rows);
  for (const row of rows) {
    for (let j = 0; j < INPUT_DIM; j++) input[j] = (train.x[row * INPUT_DIM + j] - mean[j]) / 64;
    output.fill(0)[train.labels[row]] = 1;
    net.trainPattern({ input, output });
  }
  return null;
}

await serveSteps({ step, reset: null }, { about: "brain.js 1.6.1, gradient descent, an example at a time" });
