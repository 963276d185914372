import type { Kernels } from "../kernels.ts";
import { dropoutWasm } from "./dropout_wasm.ts";
import { elementwiseWasm } from "./elementwise_wasm.ts";
import { gatherWasm } from "./gather_wasm.ts";
import { lossWasm } from "./loss_wasm.ts";
import { createMachine } from "./machine.ts";
import type { MultiplyAdd } from "./multiply_add.ts";
import { normalizationWasm } from "./normalization_wasm.ts";
import { optimizerWasm } from "./optimizer_wasm.ts";
import { productWasm } from "./product_wasm.ts";

/**
 * Makes kernels in WebAssembly, emitted for the shapes at hand as operations are bound: float32, the same bits as the
 * twin's.
 *
 * "fused" must have been found exact on this machine by {@link probeFused}; "emulated" is exact everywhere.
 */
export function createWasm(multiplyAdd: MultiplyAdd): Kernels {
  const machine = createMachine();
  return {
    dtype: "float32",
    tensor: machine.tensor,
    indices: machine.indices,
    ...productWasm(machine, multiplyAdd),
    ...elementwiseWasm(machine),
    ...gatherWasm(machine),
    ...dropoutWasm(machine),
    ...lossWasm(machine),
    ...normalizationWasm(machine),
    ...optimizerWasm(machine),
  };
}
