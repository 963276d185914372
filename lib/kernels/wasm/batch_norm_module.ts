import { createModule, type FunctionBuilder, type ModuleBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { type ColumnGroup, eachColumnGroup, eachRow } from "./columns.ts";
import { F32, f32x4, I32, type Local, V128, v128 } from "./instructions.ts";
import { storeLanes } from "./lanes.ts";

/** The shape of what is normalized. */
export interface NormShape {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Builds a module whose `run(x, gamma, beta, runningMean, runningVariance, normalized, inverseDeviation, out, keep, take,
 * epsilon)` normalizes the columns of a batch by their own statistics.
 */
export function buildBatchNormTrain({ rows, cols }: NormShape): ModuleBuilder {
  const module = createModule();
  module.add({ params: [...Array(8).fill(I32), F32, F32, F32], name: "run" }, (f) => {
    const pointers = f.params.slice(0, 8);
    const [x, gamma, beta, runningMean, runningVariance, normalized, inverse, out] = pointers;
    const [keep, take, epsilon] = f.params.slice(8).map(inLanes);
    const { column, row, vectors, zero } = scratch(f);
    const [at, atNormalized, atOut] = [f.local(I32), f.local(I32), f.local(I32)];
    const [mean, variance, inverses, gammas, betas] = [vectors(), vectors(), vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const n = f32x4Const(rows);
    const over = (pointers: readonly (readonly [Local, Local])[], body: Code) =>
      eachRow({ rows, counter: row, stride: cols * 4, pointers, body });
    const centred = (v: number): Code => [at.get, v128.load(v * 16), mean[v].get, f32x4.sub];
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      const store = (to: Local, values: readonly Local[]) =>
        each((v) => storeLanes(to, { value: values[v], offset: v * 16, count: columns - v * 4 }));
      const running = (average: Local, batch: readonly Local[]) =>
        each((v) => [
          [keep, average.get, v128.load(v * 16), f32x4.mul, take, batch[v].get, f32x4.mul, f32x4.add],
          [value.set, storeLanes(average, { value, offset: v * 16, count: columns - v * 4 })],
        ]);
      return [
        each((v) => [zero.get, mean[v].set, zero.get, variance[v].set]),
        over([[at, x]], each((v) => [mean[v].get, at.get, v128.load(v * 16), f32x4.add, mean[v].set])),
        each((v) => [mean[v].get, n, f32x4.div, mean[v].set]),
        over(
          [[at, x]],
          each((v) => [
            [variance[v].get, centred(v), value.tee, value.get, f32x4.mul, f32x4.add, variance[v].set],
          ]),
        ),
        each((v) => [
          [variance[v].get, n, f32x4.div, variance[v].set],
          [f32x4Const(1), variance[v].get, epsilon, f32x4.add, f32x4.sqrt, f32x4.div, inverses[v].set],
          [gamma.get, v128.load(v * 16), gammas[v].set, beta.get, v128.load(v * 16), betas[v].set],
        ]),
        over([[at, x], [atNormalized, normalized], [atOut, out]], [
          each((v) => [
            [
              centred(v),
              inverses[v].get,
              f32x4.mul,
              value.set,
              storeLanes(atNormalized, { value, offset: v * 16, count: columns - v * 4 }),
            ],
            [gammas[v].get, value.get, f32x4.mul, betas[v].get, f32x4.add, value.set],
            storeLanes(atOut, { value, offset: v * 16, count: columns - v * 4 }),
          ]),
        ]),
        [store(inverse, inverses), running(runningMean, mean), running(runningVariance, variance)],
      ];
    };
    return eachColumnGroup({ columns: cols, counter: column, pointers, body: group });
  });
  return module;
}

/**
 * Builds a module whose `run(x, gamma, beta, runningMean, runningVariance, out, epsilon)` normalizes columns by running
 * averages.
 */
export function buildBatchNormTest({ rows, cols }: NormShape): ModuleBuilder {
  const module = createModule();
  module.add({ params: [...Array(6).fill(I32), F32], name: "run" }, (f) => {
    const pointers = f.params.slice(0, 6);
    const [x, gamma, beta, runningMean, runningVariance, out] = pointers;
    const epsilon = inLanes(f.params[6]);
    const { column, row, vectors } = scratch(f);
    const [at, atOut] = [f.local(I32), f.local(I32)];
    const [mean, inverses, gammas, betas] = [vectors(), vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      const body = each((v) => [
        [at.get, v128.load(v * 16), mean[v].get, f32x4.sub, inverses[v].get, f32x4.mul, value.set],
        [gammas[v].get, value.get, f32x4.mul, betas[v].get, f32x4.add, value.set],
        storeLanes(atOut, { value, offset: v * 16, count: columns - v * 4 }),
      ]);
      return [
        each((v) => [
          [f32x4Const(1), runningVariance.get, v128.load(v * 16), epsilon, f32x4.add, f32x4.sqrt, f32x4.div],
          [inverses[v].set, runningMean.get, v128.load(v * 16), mean[v].set],
          [gamma.get, v128.load(v * 16), gammas[v].set, beta.get, v128.load(v * 16), betas[v].set],
        ]),
        eachRow({ rows, counter: row, stride: cols * 4, pointers: [[at, x], [atOut, out]], body }),
      ];
    };
    return eachColumnGroup({ columns: cols, counter: column, pointers, body: group });
  });
  return module;
}

/** Builds a module whose `run(dy, gamma, normalized, inverseDeviation, dGamma, dBeta, out)` is its gradient. */
export function buildBatchNormGradient({ rows, cols }: NormShape): ModuleBuilder {
  const module = createModule();
  module.add({ params: Array(7).fill(I32), name: "run" }, (f) => {
    const [dy, gamma, normalized, inverse, dGamma, dBeta, out] = f.params;
    const { column, row, vectors, zero } = scratch(f);
    const [at, atNormalized, atOut] = [f.local(I32), f.local(I32), f.local(I32)];
    const [dGammas, dBetas, scales] = [vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const n = f32x4Const(rows);
    const moving: readonly (readonly [Local, Local])[] = [[at, dy], [atNormalized, normalized]];
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      return [
        each((v) => [zero.get, dGammas[v].set, zero.get, dBetas[v].set]),
        eachRow({
          rows,
          counter: row,
          stride: cols * 4,
          pointers: moving,
          body: each((v) => [
            [dBetas[v].get, at.get, v128.load(v * 16), value.tee, f32x4.add, dBetas[v].set],
            [
              dGammas[v].get,
              value.get,
              atNormalized.get,
              v128.load(v * 16),
              f32x4.mul,
              f32x4.add,
              dGammas[v].set,
            ],
          ]),
        }),
        each((v) => [
          [
            gamma.get,
            v128.load(v * 16),
            inverse.get,
            v128.load(v * 16),
            f32x4.mul,
            n,
            f32x4.div,
            scales[v].set,
          ],
          storeLanes(dGamma, { value: dGammas[v], offset: v * 16, count: columns - v * 4 }),
          storeLanes(dBeta, { value: dBetas[v], offset: v * 16, count: columns - v * 4 }),
        ]),
        eachRow({
          rows,
          counter: row,
          stride: cols * 4,
          pointers: [...moving, [atOut, out]],
          body: each((v) => [
            [scales[v].get, n, at.get, v128.load(v * 16), f32x4.mul, dBetas[v].get, f32x4.sub],
            [atNormalized.get, v128.load(v * 16), dGammas[v].get, f32x4.mul, f32x4.sub, f32x4.mul, value.set],
            storeLanes(atOut, { value, offset: v * 16, count: columns - v * 4 }),
          ]),
        }),
      ];
    };
    return eachColumnGroup({ columns: cols, counter: column, pointers: f.params, body: group });
  });
  return module;
}

/** A float32 in every lane. */
export function f32x4Const(value: number): Code {
  return v128.const([...new Uint8Array(Float32Array.of(value, value, value, value).buffer)]);
}

/** A parameter in every lane. */
function inLanes(number: Local): Code {
  return [number.get, f32x4.splat];
}

function scratch(f: FunctionBuilder) {
  return {
    column: f.local(I32),
    row: f.local(I32),
    /** Never set. */
    zero: f.local(V128),
    vectors: () => [f.local(V128), f.local(V128), f.local(V128), f.local(V128)],
  };
}
