import type { ProductKernels } from "../product_kernels.ts";
import type { Tensor } from "../tensor.ts";
import type { Machine } from "./machine.ts";
import type { MultiplyAdd } from "./multiply_add.ts";
import { buildProduct } from "./product_module.ts";
import { packedSizes, type ProductShape } from "./product_plan.ts";

/** The products of the WebAssembly kernels. */
export function productWasm(machine: Machine, multiplyAdd: MultiplyAdd): ProductKernels {
  const bind = (shape: ProductShape, tensors: Operands) => {
    const key = `product ${multiplyAdd} ${Object.values(shape)}`;
    const run = machine.compile(key, () => buildProduct(shape, multiplyAdd));
    const [a, b, out, bias] = [tensors.a, tensors.b, tensors.out, tensors.bias].map(machine.addressOf);
    const sizes = packedSizes(shape);
    const packedA = machine.reserve(sizes.a);
    const packedB = machine.reserve(sizes.b);
    return () => void run(a, b, out, bias, packedA, packedB);
  };
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

interface Operands {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly out: Tensor;
  /** Read only if the ending asks for it. */
  readonly bias: Tensor;
}
