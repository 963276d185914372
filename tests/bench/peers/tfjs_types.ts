/** The part of TensorFlow.js's types that its program uses; the package itself is installed only for a run. */
export interface Tensor {
  matMul(other: Tensor): Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor): Tensor;
  mul(other: Tensor | number): Tensor;
  relu(): Tensor;
  reshape(shape: readonly number[]): Tensor;
  dataSync(): Float32Array;
}

export interface Variable extends Tensor {
  readonly size: number;
  readonly shape: readonly number[];
  assign(value: Tensor): void;
}

export interface TensorFlow {
  readonly version: { readonly tfjs: string };
  readonly train: { adam(learningRate: number, beta1: number, beta2: number, epsilon: number): Optimizer };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, scores: Tensor): Tensor };
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  ready(): Promise<void>;
  tidy<T>(run: () => T): T;
  variable(value: Tensor, trainable?: boolean): Variable;
  zeros(shape: readonly number[]): Tensor;
  ones(shape: readonly number[]): Tensor;
  moments(x: Tensor, axis: number, keepDims: boolean): { readonly mean: Tensor; readonly variance: Tensor };
  rsqrt(x: Tensor): Tensor;
  dropout(x: Tensor, rate: number): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  tensor1d(values: Int32Array, dtype: "int32"): Tensor;
}

export interface Optimizer {
  dispose(): void;
  minimize(loss: () => Tensor, returnCost: boolean): Tensor | null;
}

export interface WasmBackend {
  setWasmPaths(folder: string): void;
  setThreadsCount(count: number): void;
}
