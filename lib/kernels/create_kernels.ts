import type { DType } from "../core/dtype.ts";
import type { KernelKind } from "../core/kernel_kind.ts";
import type { Kernels } from "./kernels.ts";
import { createTwin } from "./twin/twin.ts";
import { probeFused } from "./wasm/probe_fused.ts";
import { createWasm } from "./wasm/wasm.ts";

/** What {@link createKernels} is asked for. */
export interface CreateKernelsOptions {
  readonly dtype: DType;
  /** Default: "wasm". */
  readonly kind?: KernelKind;
}

/** Makes the kernels that train a net. */
export function createKernels({ dtype, kind = "wasm" }: CreateKernelsOptions): Kernels {
  if (dtype === "float64" || kind === "twin") return createTwin(dtype);
  return createWasm(kind === "wasm" && fusedHere() ? "fused" : "emulated");
}

/** Whether this machine's fused products are exact; probed once. */
export function fusedHere(): boolean {
  return fused ??= probeFused(() => createWasm("fused"));
}

let fused: boolean | undefined;
