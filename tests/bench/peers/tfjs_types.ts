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
  assign(value: Tensor): void;
}

export interface TensorFlow {
  readonly version: { readonly tfjs: string };
  readonly train: { adam(learningRate: number): Optimizer };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, scores: Tensor): Tensor };
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  ready(): Promise<void>;
  tidy<T>(run: () => T): T;
  variable(value: Tensor, trainable?: boolean): Variable;
  randomNormal(shape: readonly number[], mean: number, deviation: number): Tensor;
  zeros(shape: readonly number[]): Tensor;
  ones(shape: readonly number[]): Tensor;
  moments(x: Tensor, axis: number, keepDims: boolean): { readonly mean: Tensor; readonly variance: Tensor };
  rsqrt(x: Tensor): Tensor;
  dropout(x: Tensor, rate: number): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  tensor1d(values: Int32Array, dtype: "int32"): Tensor;
}

export interface Optimizer {
  minimize(loss: () => Tensor, returnCost: boolean): Tensor | null;
}

export interface WasmBackend {
  setWasmPaths(folder: string): void;
  setThreadsCount(count: number): void;
}
