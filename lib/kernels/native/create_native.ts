import type { Kernels } from "../contract/kernels.ts";
import type { MultiplyAdd } from "../wasm/emit/multiply_add.ts";
import { bindProducts, productWasm } from "../wasm/product/product_wasm.ts";
import { createWasm } from "../wasm/wasm.ts";
import { adamNative } from "./elementwise/adam_native.ts";
import { gatherNative } from "./elementwise/gather_native.ts";
import type { Native } from "./memory/native.ts";
import type { Target } from "./product/product_layout.ts";
import { productNative } from "./product/product_native.ts";

/** Options of {@link createNative}: an instruction set that the processor has, and a dtype. */
export interface CreateNativeOptions extends Target {
  /** Returns how WebAssembly computes the products that machine code does not; called when there is one. */
  readonly multiplyAdd: () => MultiplyAdd;
}

/**
 * Makes kernels in machine code where that is faster: products, Adam over many weights, and the gather of long rows of bytes.
 * All else is in WebAssembly.
 */
export function createNative(
  { memory, smallestFlops }: Native,
  { multiplyAdd, ...target }: CreateNativeOptions,
): Kernels {
  // Every product is replaced, so this choice decides the dtype alone.
  return createWasm(target.dtype === "float64" ? "separate" : "emulated", {
    replace: (machine, { adam, gather }) => ({
      ...bindProducts(
        productNative(machine, {
          ...{ memory, target, smallestFlops },
          otherwise: (shape, tensors) => productWasm(machine, multiplyAdd())(shape, tensors),
        }),
      ),
      adam: adamNative(machine, { memory, target, otherwise: adam }),
      gather: gatherNative(machine, { memory, target, otherwise: gather }),
    }),
  });
}
