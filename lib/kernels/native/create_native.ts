import type { Kernels } from "../kernels.ts";
import type { MultiplyAdd } from "../wasm/multiply_add.ts";
import { bindProducts, productWasm } from "../wasm/product_wasm.ts";
import { createWasm } from "../wasm/wasm.ts";
import { adamNative } from "./adam_native.ts";
import { gatherNative } from "./gather_native.ts";
import type { Native } from "./native.ts";
import type { Target } from "./product_layout.ts";
import { productNative } from "./product_native.ts";

/** What {@link createNative} is asked for: an instruction set that there is, and a dtype. */
export interface CreateNativeOptions extends Target {
  /** How WebAssembly computes the products that it is left with. */
  readonly multiplyAdd: MultiplyAdd;
}

/**
 * Makes kernels in machine code where that pays: products, Adam over many weights, and the gather of long rows of bytes.
 * All else is in WebAssembly.
 */
export function createNative(
  { memory, smallestFlops }: Native,
  { multiplyAdd, ...target }: CreateNativeOptions,
): Kernels {
  return createWasm(multiplyAdd, {
    replace: (machine, { adam, gather }) => ({
      ...bindProducts(
        productNative(machine, {
          memory,
          target,
          smallestFlops,
          otherwise: productWasm(machine, multiplyAdd),
        }),
      ),
      adam: adamNative(machine, { memory, target, otherwise: adam }),
      gather: gatherNative(machine, { memory, target, otherwise: gather }),
    }),
  });
}
