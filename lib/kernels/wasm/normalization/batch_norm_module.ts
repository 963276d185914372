import { createModule, type FunctionBuilder, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { eachColumnGroup, eachRow, vectorLocals } from "../emit/column_loop.ts";
import { I32, type Local, set, tee, V128, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";

/** The shape of what is normalized. */
export interface NormShape {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Builds a module whose `run` normalizes the columns of a batch by their own statistics; `keep` and `take` are the factors
 * of the running averages.
 */
export function buildBatchNormTrain(shape: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { type, vector: { add, sub, mul, div, sqrt, splat, const: constant } } = float;
  const tensors = { x: I32, gamma: I32, beta: I32, runningMean: I32, runningVariance: I32 };
  const results = { normalized: I32, inverseDeviation: I32, out: I32 };
  const params = { ...tensors, ...results, keep: type, take: type, epsilon: type };
  module.procedure({ name: "run", params }, ({ keep, take, epsilon, ...p }, f) => {
    const { column, row, zero } = counters(f);
    const at = f.locals({ x: I32, normalized: I32, out: I32 });
    const locals = vectorLocals(f, ["mean", "variance", "inverseDeviation", "gamma", "beta"]);
    const value = f.local(V128);
    const [one, n] = [constant(1), constant(shape.rows)];
    const overRows = rowLoop(shape, { float, row });
    const square = (x: Value<V128>) => mul(tee(value, x), value);
    const average = (running: Value<V128>, batch: Value<V128>) =>
      add(mul(splat(keep), running), mul(splat(take), batch));
    const loop = { float, columns: shape.cols, counter: column, pointers: Object.values(p), locals };
    return eachColumnGroup(loop, (each) => [
      each(({ mean, variance }) => [set(mean, zero), set(variance, zero)]),
      overRows([[at.x, p.x]], each(({ mean, load }) => set(mean, add(mean, load(at.x))))),
      each(({ mean }) => set(mean, div(mean, n))),
      overRows(
        [[at.x, p.x]],
        each(({ mean, variance, load }) => set(variance, add(variance, square(sub(load(at.x), mean))))),
      ),
      each(({ variance, inverseDeviation, gamma, beta, load }) => [
        set(variance, div(variance, n)),
        set(inverseDeviation, div(one, sqrt(add(variance, splat(epsilon))))),
        [set(gamma, load(p.gamma)), set(beta, load(p.beta))],
      ]),
      overRows(
        [[at.x, p.x], [at.normalized, p.normalized], [at.out, p.out]],
        each(({ mean, inverseDeviation, gamma, beta, load, store }) => [
          [set(value, mul(sub(load(at.x), mean), inverseDeviation)), store(at.normalized, value)],
          [set(value, add(mul(gamma, value), beta)), store(at.out, value)],
        ]),
      ),
      each(({ inverseDeviation, store }) => store(p.inverseDeviation, inverseDeviation)),
      each(({ mean, load, store }) => [
        set(value, average(load(p.runningMean), mean)),
        store(p.runningMean, value),
      ]),
      each(({ variance, load, store }) => [
        set(value, average(load(p.runningVariance), variance)),
        store(p.runningVariance, value),
      ]),
    ]);
  });
  return module;
}

/** Builds a module whose `run` normalizes columns by running averages. */
export function buildBatchNormTest(shape: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { type, vector: { add, sub, mul, div, sqrt, splat, const: constant } } = float;
  const tensors = { x: I32, gamma: I32, beta: I32, runningMean: I32, runningVariance: I32, out: I32 };
  module.procedure({ name: "run", params: { ...tensors, epsilon: type } }, ({ epsilon, ...p }, f) => {
    const { column, row } = counters(f);
    const at = f.locals({ x: I32, out: I32 });
    const locals = vectorLocals(f, ["mean", "inverseDeviation", "gamma", "beta"]);
    const value = f.local(V128);
    const overRows = rowLoop(shape, { float, row });
    const loop = { float, columns: shape.cols, counter: column, pointers: Object.values(p), locals };
    return eachColumnGroup(loop, (each) => [
      each(({ mean, inverseDeviation, gamma, beta, load }) => [
        set(inverseDeviation, div(constant(1), sqrt(add(load(p.runningVariance), splat(epsilon))))),
        set(mean, load(p.runningMean)),
        [set(gamma, load(p.gamma)), set(beta, load(p.beta))],
      ]),
      overRows(
        [[at.x, p.x], [at.out, p.out]],
        each(({ mean, inverseDeviation, gamma, beta, load, store }) => [
          set(value, mul(sub(load(at.x), mean), inverseDeviation)),
          set(value, add(mul(gamma, value), beta)),
          store(at.out, value),
        ]),
      ),
    ]);
  });
  return module;
}

/** Builds a module whose `run` computes the gradients of batch normalization. */
export function buildBatchNormGradient(shape: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { add, sub, mul, div, const: constant } = float.vector;
  const tensors = { dy: I32, gamma: I32, normalized: I32, inverseDeviation: I32 };
  const params = { ...tensors, dGamma: I32, dBeta: I32, out: I32 };
  module.procedure({ name: "run", params }, (p, f) => {
    const { column, row, zero } = counters(f);
    const at = f.locals({ dy: I32, normalized: I32, out: I32 });
    const locals = vectorLocals(f, ["dGamma", "dBeta", "scale"]);
    const value = f.local(V128);
    const n = constant(shape.rows);
    const overRows = rowLoop(shape, { float, row });
    const loop = { float, columns: shape.cols, counter: column, pointers: Object.values(p), locals };
    return eachColumnGroup(loop, (each) => [
      each(({ dGamma, dBeta }) => [set(dGamma, zero), set(dBeta, zero)]),
      overRows(
        [[at.dy, p.dy], [at.normalized, p.normalized]],
        each(({ dGamma, dBeta, load }) => [
          set(dBeta, add(dBeta, tee(value, load(at.dy)))),
          set(dGamma, add(dGamma, mul(value, load(at.normalized)))),
        ]),
      ),
      each(({ dGamma, dBeta, scale, load, store }) => [
        set(scale, div(mul(load(p.gamma), load(p.inverseDeviation)), n)),
        [store(p.dGamma, dGamma), store(p.dBeta, dBeta)],
      ]),
      overRows(
        [[at.dy, p.dy], [at.normalized, p.normalized], [at.out, p.out]],
        each(({ dGamma, dBeta, scale, load, store }) => [
          set(value, mul(scale, sub(sub(mul(n, load(at.dy)), dBeta), mul(load(at.normalized), dGamma)))),
          store(at.out, value),
        ]),
      ),
    ]);
  });
  return module;
}

/** Adds the locals that count; `zero` is never set. */
function counters(f: FunctionBuilder) {
  return f.locals({ column: I32, row: I32, zero: V128 });
}

/** Returns how a module runs over the rows of its shape. */
function rowLoop(
  { rows, cols }: NormShape,
  { float, row }: { readonly float: Float; readonly row: Local<I32> },
) {
  const loop = { rows, counter: row, stride: cols * float.size };
  return (pointers: readonly (readonly [moving: Local<I32>, start: Local<I32>])[], body: Code): Code =>
    eachRow({ ...loop, pointers }, body);
}
