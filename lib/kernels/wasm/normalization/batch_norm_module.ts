import { createModule, type FunctionBuilder, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { type ColumnGroup, eachColumnGroup, eachRow } from "../emit/columns.ts";
import type { Float } from "../emit/float.ts";
import { I32, type Local, V128, v128 } from "../emit/instructions.ts";
import { storeLanes } from "../emit/lanes.ts";

/** The shape of what is normalized. */
export interface NormShape {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Builds a module whose `run(x, gamma, beta, runningMean, runningVariance, normalized, inverseDeviation, out, keep, take,
 * epsilon)` normalizes the columns of a batch by their own statistics.
 */
export function buildBatchNormTrain({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { type, vector, size, lanes } = float;
  module.add({ params: [...Array(8).fill(I32), type, type, type], name: "run" }, (f) => {
    const pointers = f.params.slice(0, 8);
    const [x, gamma, beta, runningMean, runningVariance, normalized, inverse, out] = pointers;
    const [keep, take, epsilon] = f.params.slice(8).map((number) => [number.get, vector.splat]);
    const { column, row, vectors, zero } = scratch(f);
    const [at, atNormalized, atOut] = [f.local(I32), f.local(I32), f.local(I32)];
    const [mean, variance, inverses, gammas, betas] = [vectors(), vectors(), vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const n = vector.const(rows);
    const over = (pointers: readonly (readonly [Local, Local])[], body: Code) =>
      eachRow({ rows, counter: row, stride: cols * size, pointers, body });
    const centred = (v: number): Code => [at.get, v128.load(v * 16), mean[v].get, vector.sub];
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      const store = (to: Local, values: readonly Local[]) =>
        each((v) => storeLanes(to, { float, value: values[v], offset: v * 16, count: columns - v * lanes }));
      const running = (average: Local, batch: readonly Local[]) =>
        each((v) => [
          [keep, average.get, v128.load(v * 16), vector.mul, take, batch[v].get, vector.mul, vector.add],
          [value.set, storeLanes(average, { float, value, offset: v * 16, count: columns - v * lanes })],
        ]);
      return [
        each((v) => [zero.get, mean[v].set, zero.get, variance[v].set]),
        over([[at, x]], each((v) => [mean[v].get, at.get, v128.load(v * 16), vector.add, mean[v].set])),
        each((v) => [mean[v].get, n, vector.div, mean[v].set]),
        over(
          [[at, x]],
          each((v) => [
            [variance[v].get, centred(v), value.tee, value.get, vector.mul, vector.add, variance[v].set],
          ]),
        ),
        each((v) => [
          [variance[v].get, n, vector.div, variance[v].set],
          [vector.const(1), variance[v].get, epsilon, vector.add, vector.sqrt, vector.div, inverses[v].set],
          [gamma.get, v128.load(v * 16), gammas[v].set, beta.get, v128.load(v * 16), betas[v].set],
        ]),
        over([[at, x], [atNormalized, normalized], [atOut, out]], [
          each((v) => [
            [
              centred(v),
              inverses[v].get,
              vector.mul,
              value.set,
              storeLanes(atNormalized, { float, value, offset: v * 16, count: columns - v * lanes }),
            ],
            [gammas[v].get, value.get, vector.mul, betas[v].get, vector.add, value.set],
            storeLanes(atOut, { float, value, offset: v * 16, count: columns - v * lanes }),
          ]),
        ]),
        [store(inverse, inverses), running(runningMean, mean), running(runningVariance, variance)],
      ];
    };
    return eachColumnGroup({ float, columns: cols, counter: column, pointers, body: group });
  });
  return module;
}

/**
 * Builds a module whose `run(x, gamma, beta, runningMean, runningVariance, out, epsilon)` normalizes columns by running
 * averages.
 */
export function buildBatchNormTest({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { type, vector, size, lanes } = float;
  module.add({ params: [...Array(6).fill(I32), type], name: "run" }, (f) => {
    const pointers = f.params.slice(0, 6);
    const [x, gamma, beta, runningMean, runningVariance, out] = pointers;
    const epsilon = [f.params[6].get, vector.splat];
    const { column, row, vectors } = scratch(f);
    const [at, atOut] = [f.local(I32), f.local(I32)];
    const [mean, inverses, gammas, betas] = [vectors(), vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      const body = each((v) => [
        [at.get, v128.load(v * 16), mean[v].get, vector.sub, inverses[v].get, vector.mul, value.set],
        [gammas[v].get, value.get, vector.mul, betas[v].get, vector.add, value.set],
        storeLanes(atOut, { float, value, offset: v * 16, count: columns - v * lanes }),
      ]);
      return [
        each((v) => [
          [
            vector.const(1),
            runningVariance.get,
            v128.load(v * 16),
            epsilon,
            vector.add,
            vector.sqrt,
            vector.div,
          ],
          [inverses[v].set, runningMean.get, v128.load(v * 16), mean[v].set],
          [gamma.get, v128.load(v * 16), gammas[v].set, beta.get, v128.load(v * 16), betas[v].set],
        ]),
        eachRow({ rows, counter: row, stride: cols * size, pointers: [[at, x], [atOut, out]], body }),
      ];
    };
    return eachColumnGroup({ float, columns: cols, counter: column, pointers, body: group });
  });
  return module;
}

/** Builds a module whose `run(dy, gamma, normalized, inverseDeviation, dGamma, dBeta, out)` is its gradient. */
export function buildBatchNormGradient({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { vector, size, lanes } = float;
  module.add({ params: Array(7).fill(I32), name: "run" }, (f) => {
    const [dy, gamma, normalized, inverse, dGamma, dBeta, out] = f.params;
    const { column, row, vectors, zero } = scratch(f);
    const [at, atNormalized, atOut] = [f.local(I32), f.local(I32), f.local(I32)];
    const [dGammas, dBetas, scales] = [vectors(), vectors(), vectors()];
    const value = f.local(V128);
    const n = vector.const(rows);
    const moving: readonly (readonly [Local, Local])[] = [[at, dy], [atNormalized, normalized]];
    const group = ({ vectors: count, columns }: ColumnGroup): Code => {
      const each = (body: (v: number) => Code): Code => Array.from({ length: count }, (_, v) => body(v));
      return [
        each((v) => [zero.get, dGammas[v].set, zero.get, dBetas[v].set]),
        eachRow({
          rows,
          counter: row,
          stride: cols * size,
          pointers: moving,
          body: each((v) => [
            [dBetas[v].get, at.get, v128.load(v * 16), value.tee, vector.add, dBetas[v].set],
            [
              dGammas[v].get,
              value.get,
              atNormalized.get,
              v128.load(v * 16),
              vector.mul,
              vector.add,
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
            vector.mul,
            n,
            vector.div,
            scales[v].set,
          ],
          storeLanes(dGamma, { float, value: dGammas[v], offset: v * 16, count: columns - v * lanes }),
          storeLanes(dBeta, { float, value: dBetas[v], offset: v * 16, count: columns - v * lanes }),
        ]),
        eachRow({
          rows,
          counter: row,
          stride: cols * size,
          pointers: [...moving, [atOut, out]],
          body: each((v) => [
            [scales[v].get, n, at.get, v128.load(v * 16), vector.mul, dBetas[v].get, vector.sub],
            [
              atNormalized.get,
              v128.load(v * 16),
              dGammas[v].get,
              vector.mul,
              vector.sub,
              vector.mul,
              value.set,
            ],
            storeLanes(atOut, { float, value, offset: v * 16, count: columns - v * lanes }),
          ]),
        }),
      ];
    };
    return eachColumnGroup({ float, columns: cols, counter: column, pointers: f.params, body: group });
  });
  return module;
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
