import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { TargetLossTensors } from "../../kernels/contract/elementwise_kernels.ts";
import type { Measurement } from "../../kernels/contract/operation.ts";
import type { Indices, Tensor } from "../../kernels/contract/tensor.ts";
import { activationLayer } from "../layers/activation.ts";
import { affineLayer } from "../layers/affine.ts";
import { batchNormalizationLayer, type RunningAverages } from "../layers/batch_normalization.ts";
import { type DropoutLayer, dropoutLayer, inputDropoutLayer } from "../layers/dropout.ts";
import type { Activation, Input, Layer, Mode, Parameter } from "../layers/layer.ts";
import { layerNormalizationLayer } from "../layers/layer_normalization.ts";
import { reluLayer } from "../layers/relu.ts";
import { residualConnection } from "../layers/residual.ts";
import type { ActivationName } from "./activation_names.ts";
import { type HiddenOverflow, hiddenOverflow, type HiddenSums } from "./hidden_overflow.ts";
import type { NotFinite } from "./not_finite_error.ts";
import { weightPenalty } from "./weight_penalty.ts";

/** A net bound to batches of n rows: fill `x` and `labels`, then run it. */
export interface Pass {
  /** `[n, inputDim]` */
  readonly x: Tensor;
  /** `[n]` */
  readonly labels: Indices;
  /** `[n, numOutputs]` */
  readonly scores: Tensor;
  /** Computes the scores. */
  forward(mode: Mode): void;
  /** Returns the loss of the scores and computes every parameter's gradient, after `forward("train")`. */
  backward(): number;
  /** Binds another loss than the plain one. */
  bindLoss(form: LossForm): BoundLoss;
  /** Returns the first value of the last forward pass's first `count` rows that is not finite, or null. */
  findNotFinite(count: number): NotFinite | null;
  /** Search for overflows that the scores do not show, because an activation made numbers of them. */
  readonly hiddenOverflow: HiddenOverflow;
  /** Starts the dropout streams of an epoch; the batch at its end that is shorter has streams of its own. */
  startEpoch(epoch: number, batch?: "last"): void;
}

/** A loss other than the plain mean softmax cross-entropy. */
export type LossForm = SoftmaxForm | TargetForm;

/** Softmax cross-entropy of labels. */
export interface SoftmaxForm {
  readonly name: "softmax";
  /** Whether rows have weights: the loss is the sum of their weighted losses, divided by their number. */
  readonly isWeighted: boolean;
  /** The share of each target that is spread over all classes, in [0, 1). */
  readonly smoothing: number;
}

/** A loss of outputs and targets. */
export interface TargetForm extends Pick<TargetLossTensors, "name" | "delta"> {
  /** As for {@link SoftmaxForm}. */
  readonly isWeighted: boolean;
}

/** A loss of a pass. */
export interface BoundLoss {
  /** `[1, n]`; filled before each pass. Null without weights. */
  readonly weights: Tensor | null;
  /** `[n, numOutputs]`; filled before each pass. Null where the labels of the pass take their place. */
  readonly targets: Tensor | null;
  /** As {@link Pass.backward}, with this loss. */
  backward(): number;
}

/** The state that a net's passes share. */
export interface NetState {
  readonly kernels: Kernels;
  /** Parameters in the order of the layers; see {@link Parameter.name}. */
  readonly parameters: readonly Parameter[];
  /** One for each hidden layer with batch normalization. */
  readonly runningAverages: readonly RunningAverages[];
  readonly dropoutKeepRatio: number;
  /** Default: 1. */
  readonly inputDropoutKeepRatio?: number;
  readonly normalization: "batchnorm" | "layernorm" | null;
  /** One for each hidden layer: whether it adds its input to its sums. */
  readonly residuals: readonly boolean[];
  /** Whether each output is the score of a class, for messages. */
  readonly hasClasses: boolean;
  /** One for each hidden layer. */
  readonly activations: readonly ActivationName[];
  readonly reg: number;
  /** Default: 0. */
  readonly regL1?: number;
  /** Root of the random streams. */
  readonly streamRoot: string;
}

/** Binds `[dropout] - {affine - [normalization] - activation - [dropout]} x (L - 1) - affine - loss` to batches of n rows. */
export function createPass(net: NetState, n: number): Pass {
  const { kernels, parameters } = net;
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const x = kernels.tensor(n, byName.get("W1")!.value.rows);
  const labels = kernels.indices(n);
  const { inputDropoutKeepRatio: keepRatio = 1 } = net;
  const inputDropout = keepRatio < 1 ? inputDropoutLayer(kernels, { x, keepRatio }) : null;
  const layers: Layer[] = [];
  const dropouts: DropoutLayer[] = [];
  const sums: HiddenSums[] = [];
  let input: Input = { value: x, gradient: null };
  for (let depth = 1; byName.has(`W${depth}`); depth++) {
    const output: Activation = appendLayers(net, { depth, byName, input, layers, dropouts, sums });
    input = output;
  }
  const scores = input.value;
  const dataLoss = kernels.softmaxCrossEntropy({ scores, labels, out: input.gradient! });
  const penalty = weightPenalty(kernels, { parameters, reg: net.reg, regL1: net.regL1 ?? 0 });
  const propagate = (measure: Measurement) => {
    const loss = measure();
    for (let i = layers.length - 1; i >= 0; i--) layers[i].backward();
    return loss + penalty();
  };
  return {
    x,
    labels,
    scores,
    forward(mode) {
      inputDropout?.forward(mode);
      for (let i = 0; i < layers.length; i++) layers[i].forward(mode);
    },
    backward: () => propagate(dataLoss),
    bindLoss(form) {
      const weights = form.isWeighted ? kernels.tensor(1, n) : null;
      const weighing = weights === null ? {} : { weights };
      const out = input.gradient!;
      if (form.name === "softmax") {
        const { smoothing } = form;
        const bound = kernels.softmaxCrossEntropy({ scores, labels, smoothing, out, ...weighing });
        return { weights, targets: null, backward: () => propagate(bound) };
      }
      const { name, delta } = form;
      const targets = kernels.tensor(n, scores.cols);
      const bound = kernels.targetLoss({ name, delta, outputs: scores, targets, out, ...weighing });
      return { weights, targets, backward: () => propagate(bound) };
    },
    findNotFinite: (count) => findNotFinite(count, { scores, layers, hasClasses: net.hasClasses }),
    hiddenOverflow: hiddenOverflow(sums),
    startEpoch(epoch, batch) {
      const path = batch === undefined ? epoch : `${epoch}/${batch}`;
      inputDropout?.restart(`${net.streamRoot}/dropout/input/${path}`);
      dropouts.forEach((layer, i) => layer.restart(`${net.streamRoot}/dropout/${i + 1}/${path}`));
    },
  };
}

interface Outcome extends Pick<NetState, "hasClasses"> {
  readonly scores: Tensor;
  readonly layers: readonly Layer[];
}

function findNotFinite(
  count: number,
  { scores: { data, cols }, layers, hasClasses }: Outcome,
): NotFinite | null {
  let hidden = 0;
  for (let i = 0; i < layers.length; i++) {
    const { rowFactors } = layers[i];
    if (rowFactors === undefined) continue;
    hidden += 1;
    for (let place = 0; place < count; place++) {
      if (rowFactors.data[place] === 0) {
        return { place, what: `the variance of hidden layer ${hidden}`, value: Infinity };
      }
    }
  }
  for (let k = 0; k < count * cols; k++) {
    if (Number.isFinite(data[k])) continue;
    const what = hasClasses ? `the score of class ${k % cols}` : `output ${k % cols}`;
    return { place: Math.floor(k / cols), what, value: data[k] };
  }
  return null;
}

interface Chain {
  readonly depth: number;
  readonly byName: ReadonlyMap<string, Parameter>;
  readonly input: Input;
  readonly layers: Layer[];
  readonly dropouts: DropoutLayer[];
  /** Receives the sums of hidden layers that are followed directly by an activation. */
  readonly sums: HiddenSums[];
}

/** Appends the layers of one depth and returns their output. */
function appendLayers(net: NetState, { depth, byName, input, layers, dropouts, sums }: Chain): Activation {
  const { kernels, normalization, dropoutKeepRatio } = net;
  const parameter = (name: string) => byName.get(`${name}${depth}`)!;
  const hidden = byName.has(`W${depth + 1}`);
  const activation = net.activations[depth - 1];
  const skipped = net.residuals[depth - 1] ? input as Activation : null;
  const isFused = hidden && normalization === null && activation === "relu" && skipped === null;
  const first = layers.length;
  const push = (layer: Layer) => {
    layers.push(layer);
    return layer.output;
  };
  let output = push(affineLayer(kernels, {
    input,
    weights: parameter("W"),
    bias: byName.get(`b${depth}`) ?? null,
    relu: isFused,
  }));
  if (!hidden) return output;
  if (normalization === null) {
    sums.push({
      ...{ x: input.value, weights: parameter("W").value, bias: parameter("b").value, activation },
      isResidual: skipped !== null,
    });
  }
  if (normalization !== null) {
    const tensors = { input: output, gamma: parameter("gamma"), beta: parameter("beta") };
    output = push(
      normalization === "batchnorm"
        ? batchNormalizationLayer(kernels, { ...tensors, running: net.runningAverages[depth - 1] })
        : layerNormalizationLayer(kernels, tensors),
    );
  }
  if (skipped !== null) {
    const { forward, backward } = residualConnection(kernels, { input: skipped, sum: output });
    layers.splice(first, 0, { output: skipped, forward() {}, backward });
    push({ output, forward, backward() {} });
  }
  if (activation !== "relu") output = push(activationLayer(kernels, { input: output, name: activation }));
  else if (!isFused) push(reluLayer(kernels, { input: output }));
  if (dropoutKeepRatio < 1) {
    // ReLU and leakyRelu need the sign of their output only, which is that of what dropout leaves.
    const keepsInput = activation === "tanh" || activation === "sigmoid";
    const layer = dropoutLayer(kernels, { input: output, keepRatio: dropoutKeepRatio, keepsInput });
    dropouts.push(layer);
    output = push(layer);
  }
  return output;
}
