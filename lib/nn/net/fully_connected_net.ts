import { InputError } from "../../core/check/errors.ts";
import { checkFields, either, oneOf, someText, wholeNumber } from "../../core/check/fields.ts";
import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import type { Matrix } from "../../core/numbers/matrix.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { Kernels } from "../../kernels/contract/kernels.ts";
import { createKernels } from "../../kernels/create_kernels.ts";
import type { Parameter } from "../layers/layer.ts";
import { residualsOf } from "../layers/residual.ts";
import { activationsOf } from "./activation_names.ts";
import { initializeParameters } from "./initialize_parameters.ts";
import type { FullyConnectedNetOptions, NetLoss } from "./model_spec.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { createPass, type NetState, type Pass } from "./pass.ts";
import { resolveModel } from "./resolve_model.ts";
import { byteLength, fillTensors, tensorBytes } from "./tensor_bytes.ts";
import { tensorShapes } from "./tensor_shapes.ts";

/** The loss of a batch, and the gradient of each parameter by its name. */
export interface LossAndGradients {
  /** Mean loss of the batch, with the L2 penalty. */
  readonly loss: number;
  /** Views of the net's memory: the next call overwrites them. */
  readonly gradients: Readonly<Record<string, Matrix>>;
}

/**
 * A fully connected net of any depth: `{affine - [batch/layer norm] - activation - [dropout]} x (L - 1) -
 * affine - loss`. The loss is the softmax cross-entropy of classes, or one that compares each output with a target.
 *
 * Weights start as normal numbers times `weightScale`, or as it says, biases and beta as 0, gamma as 1. PyTorch's `Linear` starts
 * uniform instead, biases too; Keras uses Glorot's uniform.
 *
 * Source: cs231n, assignment 2.
 *
 * @throws {InputError} If an option is wrong, with its name and value.
 *
 * @example
 * ```ts
 * import { FullyConnectedNet, matrix } from "@seedbed/seedbed";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const net = new FullyConnectedNet({ hiddenDims: [20, 30], inputDim: 2, numClasses: 3, seed: 231 });
 * const { loss, gradients } = net.loss(matrix([[1, 2], [3, -1]]), [0, 2]);
 * assertAlmostEquals(loss, Math.log(3), 1e-3);
 * console.log(gradients.W1.rows, gradients.W1.cols); // 2 20
 * ```
 *
 * @example A net that learns exclusive or by hand, by gradient descent.
 * ```ts
 * import { FullyConnectedNet, matrix } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const net = new FullyConnectedNet({ hiddenDims: [8], weightScale: "he", inputDim: 2, numClasses: 2, seed: 231 });
 * const x = matrix([[0, 0], [0, 1], [1, 0], [1, 1]]);
 * const labels = [0, 1, 1, 0];
 * for (let step = 0; step < 300; step++) {
 *   const { gradients } = net.loss(x, labels);
 *   for (const { name, value } of net.parameters) {
 *     gradients[name].data.forEach((slope, i) => value.data[i] -= 0.5 * slope);
 *   }
 * }
 * const { data } = net.scores(x);
 * assertEquals(labels.map((_, row) => data[2 * row] > data[2 * row + 1] ? 0 : 1), labels);
 * ```
 *
 * @example A net with one output that learns to square numbers, likewise.
 * ```ts
 * import { FullyConnectedNet, matrix } from "@seedbed/seedbed";
 * import { assert } from "@std/assert";
 *
 * const net = new FullyConnectedNet({
 *   ...{ hiddenDims: [16], activation: "tanh", weightScale: "glorot" },
 *   ...{ inputDim: 1, numOutputs: 1, seed: 231 },
 * });
 * const x = matrix([[-2], [-1], [0], [1], [2]]);
 * const squares = matrix([[4], [1], [0], [1], [4]]);
 * let loss = Infinity;
 * for (let step = 0; step < 600; step++) {
 *   const found = net.loss(x, squares, { name: "squared" });
 *   loss = found.loss;
 *   for (const { name, value } of net.parameters) {
 *     found.gradients[name].data.forEach((slope, i) => value.data[i] -= 0.05 * slope);
 *   }
 * }
 * assert(loss < 0.05);
 * ```
 */
export class FullyConnectedNet {
  /**
   * Every parameter, layer by layer: W1, b1, gamma1, beta1, W2, ..., or W1, gamma1, beta1, W2, ... with `bias: false`.
   * Write to `value.data` to set one.
   */
  readonly parameters: readonly Parameter[];
  /**
   * All tensors that training updates: the parameters, then the running averages runningMean1, runningVariance1, ...
   */
  readonly tensors: readonly NamedTensor[];
  /** Features of a row. */
  readonly inputDim: number;
  /** Number of classes or outputs: the columns of the scores. */
  readonly numOutputs: number;
  /** Root of the random streams, such as "231/0". */
  readonly streamRoot: string;
  readonly #state: NetState;
  readonly #passes = new Map<number, Pass>();

  /** Makes the net and draws its initial parameters from the seed's streams. */
  constructor(options: FullyConnectedNetOptions) {
    const { inputDim, numClasses, numOutputs = numClasses!, seed, kernels: kind, ...spec } = options;
    const action = "make a net";
    if (numClasses !== undefined && options.numOutputs !== undefined) {
      throw new InputError(`Cannot ${action}: numOutputs must not be given with numClasses`);
    }
    const [name, min] = options.numOutputs === undefined
      ? ["numClasses", 2] as const
      : ["numOutputs", 1] as const;
    checkFields({ inputDim, [name]: numOutputs, seed, kernels: kind }, {
      action,
      path: "",
      required: {
        inputDim: wholeNumber({ min: 1 }),
        [name]: wholeNumber({ min }),
        seed: either(wholeNumber({ min: 0 }), someText),
      },
      optional: { kernels: oneOf(...KERNEL_KINDS) },
    });
    const model = resolveModel(spec, { action });
    const kernels = createKernels({ dtype: model.dtype, kind });
    this.inputDim = inputDim;
    this.numOutputs = numOutputs;
    this.streamRoot = String(seed);
    const activations = activationsOf(model);
    const shapes = tensorShapes({ ...model, inputDim, numOutputs });
    this.parameters = initializeParameters(kernels, {
      shapes: shapes.parameters,
      weightScale: model.weightScale,
      activations,
      streamRoot: this.streamRoot,
    });
    const running = shapes.runningAverages.map(({ name, cols }) => ({
      name,
      value: kernels.tensor(1, cols),
    }));
    this.#state = {
      ...model,
      activations,
      residuals: residualsOf(model),
      hasClasses: numClasses !== undefined,
      kernels,
      parameters: this.parameters,
      runningAverages: model.normalization === "batchnorm"
        ? model.hiddenDims.map((_, i) => ({ mean: running[2 * i].value, variance: running[2 * i + 1].value }))
        : [],
      streamRoot: this.streamRoot,
    };
    this.tensors = [...this.parameters, ...running];
  }

  /**
   * The kernels whose memory holds the net, for a solver.
   *
   * @internal
   */
  get kernels(): Kernels {
    return this.#state.kernels;
  }

  /**
   * Returns this net bound to batches of n rows; calls with the same n return the same object.
   *
   * @internal
   */
  pass(n: number): Pass {
    let pass = this.#passes.get(n);
    if (pass === undefined) {
      pass = createPass(this.#state, n);
      this.#passes.set(n, pass);
    }
    return pass;
  }

  /**
   * Returns the scores of each row, `[n, numOutputs]`, as at test time: running averages, no dropout.
   *
   * @throws {InputError} If x does not have inputDim columns.
   */
  scores(x: Matrix): Matrix {
    const pass = this.#fill(x, "compute scores");
    pass.forward("test");
    return { rows: x.rows, cols: this.numOutputs, data: pass.scores.data.slice() };
  }

  /**
   * Returns the mean softmax cross-entropy of a batch, penalties included, and its gradients, as in training.
   *
   * Dropout draws the same masks at every call, so that gradients can be checked by differences. Batch normalization
   * updates its running averages.
   *
   * @throws {InputError} If x does not have inputDim columns, or the labels do not fit.
   */
  loss(x: Matrix, labels: ArrayLike<number>): LossAndGradients;
  /**
   * As above, of the loss that compares each output with a target, `[n, numOutputs]`; the mean is that over all elements.
   *
   * @throws {InputError} If x does not have inputDim columns, or the targets do not fit.
   */
  loss(x: Matrix, targets: Matrix, loss: NetLoss): LossAndGradients;
  loss(x: Matrix, wanted: ArrayLike<number> | Matrix, loss?: NetLoss): LossAndGradients {
    const pass = this.#fill(x, "compute the loss");
    if (loss === undefined) this.#setLabels(pass, wanted as ArrayLike<number>);
    const bound = loss === undefined ? null : pass.bindLoss({ isWeighted: false, delta: 1, ...loss });
    if (bound !== null) this.#setTargets(bound.targets!, wanted as Matrix);
    pass.startEpoch(0);
    pass.forward("train");
    const value = (bound ?? pass).backward();
    return { loss: value, gradients: Object.fromEntries(this.parameters.map((p) => [p.name, p.gradient])) };
  }

  #setTargets(tensor: Tensor, { rows, cols, data }: Matrix): void {
    if (rows !== tensor.rows || cols !== tensor.cols) {
      throw new InputError(
        `Cannot compute the loss: targets must be [${tensor.rows}, ${tensor.cols}], found [${rows}, ${cols}]`,
      );
    }
    const wrong = data.findIndex((target) => !Number.isFinite(target));
    if (wrong !== -1) {
      throw new InputError(
        `Cannot compute the loss: targets must be finite, found ${data[wrong]} at ${wrong}`,
      );
    }
    tensor.data.set(data);
  }

  #setLabels(pass: Pass, labels: ArrayLike<number>): void {
    const rows = pass.labels.length;
    if (labels.length !== rows) {
      throw new InputError(
        `Cannot compute the loss: labels must be as many as rows, found ${labels.length} for ${rows} rows`,
      );
    }
    for (let i = 0; i < labels.length; i++) {
      if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < this.numOutputs)) {
        throw new InputError(
          `Cannot compute the loss: labels[${i}] must be a class from 0 to ${this.numOutputs - 1}, found ${
            labels[i]
          }`,
        );
      }
    }
    pass.labels.data.set(labels);
  }

  /** Returns a copy of the {@link tensors}, one after the other, as little-endian bytes. */
  snapshot(): Uint8Array {
    return tensorBytes(this.tensors);
  }

  /**
   * Sets the {@link tensors} from a {@link snapshot} of a net of the same shape.
   *
   * @throws {InputError} If the length differs.
   */
  restore(snapshot: Uint8Array): void {
    const expected = byteLength(this.tensors);
    if (snapshot.length !== expected) {
      throw new InputError(
        `Cannot restore a net: its snapshot must have ${expected} bytes, found ${snapshot.length}`,
      );
    }
    fillTensors(this.tensors, snapshot);
  }

  #fill(x: Matrix, action: string): Pass {
    if (x.cols !== this.inputDim || x.rows === 0) {
      throw new InputError(
        `Cannot ${action}: x must have at least one row and ${this.inputDim} columns, found [${x.rows}, ${x.cols}]`,
      );
    }
    const pass = this.pass(x.rows);
    pass.x.data.set(x.data);
    return pass;
  }
}
