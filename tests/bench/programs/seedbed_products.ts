/** Seedbed's product kernels, `seedbed_products.ts KERNELS DTYPE`; a work is the name of one of `PRODUCTS`. */
import type { DType } from "../../../lib/core/numbers/dtype.ts";
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import type { Kernels } from "../../../lib/kernels/contract/kernels.ts";
import type { Operation } from "../../../lib/kernels/contract/operation.ts";
import type { Tensor } from "../../../lib/kernels/contract/tensor.ts";
import { type Product, PRODUCTS } from "../products.ts";
import { serve, type Work } from "./serve.ts";

const [kind, dtype] = Deno.args as [KernelKind, DType];

/** Binds a product to tensors of its own, in kernels of its own, as a net has them. */
function bind({ rows, inner, cols, layout }: Product): Operation {
  const kernels = createKernels({ dtype, kind });
  const out = kernels.tensor(rows, cols);
  if (layout === "tn") {
    return kernels.weightGradient({
      x: filled(kernels, [inner, rows]),
      dy: filled(kernels, [inner, cols]),
      out,
    });
  }
  if (layout === "nt") {
    const dy = filled(kernels, [rows, inner]);
    return kernels.inputGradient({ dy, weights: filled(kernels, [cols, inner]), out });
  }
  const x = filled(kernels, [rows, inner]);
  const weights = filled(kernels, [inner, cols]);
  return kernels.affine({ x, weights, bias: kernels.tensor(1, cols), out, relu: false });
}

function filled(kernels: Kernels, [rows, cols]: readonly [number, number]): Tensor {
  const tensor = kernels.tensor(rows, cols);
  tensor.data.forEach((_, i, data) => data[i] = (i % 17) * 0.01 - 0.08);
  return tensor;
}

function repeat(operation: Operation): Work {
  return (count) => {
    for (let i = 0; i < count; i++) operation();
  };
}

await serve(
  Object.fromEntries(PRODUCTS.map((product) => [product.name, repeat(bind(product))])),
  { about: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, kernels ${kind}` },
);
