import type { Kernels } from "../contract/kernels.ts";
import { targetLossTwin } from "../twin/target_loss_twin.ts";
import { activationWasm } from "./elementwise/activation_wasm.ts";
import { dropoutWasm } from "./elementwise/dropout_wasm.ts";
import { elementwiseWasm } from "./elementwise/elementwise_wasm.ts";
import { gatherWasm } from "./elementwise/gather_wasm.ts";
import { lossWasm } from "./elementwise/loss_wasm.ts";
import { optimizerWasm } from "./elementwise/optimizer_wasm.ts";
import { createMachine, type Machine } from "./emit/machine.ts";
import type { MultiplyAdd } from "./emit/multiply_add.ts";
import { normalizationWasm } from "./normalization/normalization_wasm.ts";
import { bindProducts, productWasm } from "./product/product_wasm.ts";

/** Options of {@link createWasm}. */
export interface WasmOptions {
  /** Returns operations that replace others. Default: none. */
  readonly replace?: (machine: Machine, inWasm: Kernels) => Partial<Kernels>;
}

/**
 * Makes kernels in WebAssembly, which have the same bits as the twin's. Binding an operation emits code for its shape.
 *
 * "fused" must have been found exact on this machine by {@link probeFused}; "emulated" is exact everywhere. Both are of float32;
 * "separate" is of float64.
 */
export function createWasm(
  multiplyAdd: MultiplyAdd,
  { replace = () => ({}) }: WasmOptions = {},
): Kernels {
  const dtype = multiplyAdd === "separate" ? "float64" : "float32";
  const machine = createMachine(dtype);
  const kernels: Kernels = {
    dtype,
    tensor: machine.tensor,
    indices: machine.indices,
    free: machine.free,
    ...bindProducts(productWasm(machine, multiplyAdd)),
    ...elementwiseWasm(machine),
    ...gatherWasm(machine),
    ...dropoutWasm(machine),
    ...activationWasm(machine),
    ...lossWasm(machine),
    // An array rounds what is written to it to its own precision.
    ...targetLossTwin({ round: (value) => value }),
    ...normalizationWasm(machine),
    ...optimizerWasm(machine),
  };
  return { ...kernels, ...replace(machine, kernels) };
}
