import type { Operation } from "../../contract/operation.ts";
import type { ProductKernels } from "../../contract/product_kernels.ts";
import type { Tensor } from "../../contract/tensor.ts";
import type { Machine } from "../emit/machine.ts";
import type { MultiplyAdd } from "../emit/multiply_add.ts";
import { buildProduct } from "./product_module.ts";
import { packedSizes, type ProductShape } from "./product_plan.ts";

/** Returns how the WebAssembly kernels bind a product. */
export function productWasm(machine: Machine, multiplyAdd: MultiplyAdd): BindProduct {
  return (shape, tensors) => {
    const key = `product ${multiplyAdd} ${Object.values(shape)}`;
    const run = machine.compile(key, () => buildProduct(shape, { multiplyAdd, float: machine.float }));
    const [a, b, out, bias] = [tensors.a, tensors.b, tensors.out, tensors.bias].map(machine.addressOf);
    const sizes = packedSizes(shape, machine.float);
    const packedA = machine.reserve(sizes.a);
    const packedB = machine.reserve(sizes.b);
    return () => void run(a, b, out, bias, packedA, packedB);
  };
}

/** Binds a product to its operands. */
export type BindProduct = (shape: ProductShape, tensors: Operands) => Operation;

/** Returns the three products as what they have in common: `a * b`, each operand as it lies in memory. */
export function bindProducts(bind: BindProduct): ProductKernels {
  return {
    affine: ({ x, weights, bias, out, relu }) =>
      bind(
        {
          rows: x.rows,
          inner: x.cols,
          cols: out.cols,
          a: "plain",
          b: "plain",
          ending: relu ? "bias relu" : "bias",
        },
        { a: x, b: weights, out, bias },
      ),
    weightGradient: ({ x, dy, out }) =>
      bind(
        { rows: out.rows, inner: x.rows, cols: out.cols, a: "transposed", b: "plain", ending: "none" },
        { a: x, b: dy, out, bias: dy },
      ),
    inputGradient: ({ dy, weights, out }) =>
      bind(
        { rows: out.rows, inner: dy.cols, cols: out.cols, a: "plain", b: "transposed", ending: "none" },
        { a: dy, b: weights, out, bias: dy },
      ),
  };
}

/** The tensors of a product. */
export interface Operands {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly out: Tensor;
  /** Read only if the ending asks for it. */
  readonly bias: Tensor;
}
