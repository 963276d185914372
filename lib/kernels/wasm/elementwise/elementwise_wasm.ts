import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Tensor } from "../../contract/tensor.ts";
import { v128 } from "../emit/instructions.ts";
import type { Machine } from "../emit/machine.ts";
import { buildColumnSums, columnSumsKey } from "./column_sums_module.ts";
import { buildElementwise, type Elementwise, store } from "./elementwise_module.ts";
import { buildSum, type SumTerm } from "./sum_module.ts";

type ElementByElement = Pick<
  ElementwiseKernels,
  | "relu"
  | "reluGradient"
  | "multiply"
  | "addScaled"
  | "addSigned"
  | "clip"
  | "columnSums"
  | "sumOfSquares"
  | "sumOfAbsolutes"
>;

/** The operations of the WebAssembly kernels on single elements, and their sums. */
export function elementwiseWasm(machine: Machine): ElementByElement {
  const { addressOf, float } = machine;
  const compile = (name: keyof typeof OPERATIONS) =>
    machine.compile(name, () => buildElementwise(OPERATIONS[name], float));
  const sum = (x: Tensor, term: SumTerm) => {
    const { length } = x.data;
    const run = machine.compile(`sum of ${term} ${length}`, () => buildSum(length, { float, term }));
    const from = addressOf(x);
    return () => run(from);
  };
  return {
    relu({ x, out }) {
      const run = compile("relu");
      const [from, to, bytes] = [addressOf(x), addressOf(out), x.data.byteLength];
      return () => void run(from, to, bytes);
    },
    reluGradient({ y, dy, out }) {
      const run = compile("reluGradient");
      const [at, from, to, bytes] = [addressOf(y), addressOf(dy), addressOf(out), y.data.byteLength];
      return () => void run(at, from, to, bytes);
    },
    multiply({ x, y, out }) {
      const run = compile("multiply");
      const [a, b, to, bytes] = [addressOf(x), addressOf(y), addressOf(out), x.data.byteLength];
      return () => void run(a, b, to, bytes);
    },
    addScaled({ x, factor, out }) {
      const run = compile("addScaled");
      const [from, to, bytes] = [addressOf(x), addressOf(out), x.data.byteLength];
      return () => void run(from, to, bytes, factor);
    },
    addSigned({ x, factor, out }) {
      const run = compile("addSigned");
      const [from, to, bytes] = [addressOf(x), addressOf(out), x.data.byteLength];
      return () => void run(from, to, bytes, factor);
    },
    clip({ x, limit }) {
      const run = compile("clip");
      const [from, bytes] = [addressOf(x), x.data.byteLength];
      return () => void run(from, bytes, limit, -limit);
    },
    columnSums({ x, out }) {
      const shape = { rows: x.rows, cols: x.cols, term: "x" } as const;
      const run = machine.compile(columnSumsKey(shape), () => buildColumnSums(shape, float));
      const [from, to] = [addressOf(x), addressOf(out)];
      return () => void run(from, from, to);
    },
    sumOfSquares: ({ x }) => sum(x, "square"),
    sumOfAbsolutes: ({ x }) => sum(x, "absolute"),
  };
}

const OPERATIONS = {
  relu: {
    tensors: 2,
    numbers: 0,
    // Where x is below zero all bits become 0, which is +0; -0 and NaN are not below zero and pass.
    body: ({ tensors: [x, out] }, { lt }) => store(out, v128.andnot(x, lt(x, ZERO))),
  },
  reluGradient: {
    tensors: 3,
    numbers: 0,
    body: ({ tensors: [y, dy, out] }, { gt }) => store(out, v128.and(dy, gt(y, ZERO))),
  },
  multiply: {
    tensors: 3,
    numbers: 0,
    body: ({ tensors: [x, y, out] }, { mul }) => store(out, mul(x, y)),
  },
  addScaled: {
    tensors: 2,
    numbers: 1,
    body: ({ tensors: [x, out], numbers: [factor] }, { mul, add }) => store(out, add(out, mul(factor, x))),
  },
  addSigned: {
    tensors: 2,
    numbers: 1,
    // A difference with +0 is exact, and NaN is neither above nor below 0.
    body: ({ tensors: [x, out], numbers: [factor] }, { add, sub, gt, lt }) =>
      store(out, add(out, sub(v128.and(factor, gt(x, ZERO)), v128.and(factor, lt(x, ZERO))))),
  },
  clip: {
    tensors: 1,
    numbers: 2,
    body: ({ tensors: [x], numbers: [most, least] }, { lt, gt }) => {
      const fromBelow = v128.bitselect(lt(x, least), { ones: least, zeros: x });
      return store(x, v128.bitselect(gt(x, most), { ones: most, zeros: fromBelow }));
    },
  },
} as const satisfies Readonly<Record<string, Elementwise>>;

const ZERO = v128.const(new Array<number>(16).fill(0));
