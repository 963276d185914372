import type { DType } from "../core/dtype.ts";
import { InputError } from "../core/errors.ts";
import type { KernelKind } from "../core/kernel_kind.ts";
import type { Kernels } from "./kernels.ts";
import { type Native, nativeHere } from "./native/native.ts";
import { productNative } from "./native/product_native.ts";
import type { VectorSet } from "./native/vector_encodings.ts";
import { createTwin } from "./twin/twin.ts";
import type { MultiplyAdd } from "./wasm/multiply_add.ts";
import { probeFused } from "./wasm/probe_fused.ts";
import { createWasm } from "./wasm/wasm.ts";

/** What {@link createKernels} is asked for. */
export interface CreateKernelsOptions {
  readonly dtype: DType;
  /** Default: "wasm". */
  readonly kind?: KernelKind;
}

/**
 * Makes the kernels that train a net.
 *
 * @throws {InputError} If "native" is asked for where there is none.
 */
export function createKernels({ dtype, kind = "wasm" }: CreateKernelsOptions): Kernels {
  if (kind === "twin") return createTwin(dtype);
  if (kind !== "native") return createWasm(multiplyAddOf({ dtype, isEmulated: kind === "emulated" }));
  const native = requireNative();
  return createNative(native, { set: native.sets[0], dtype });
}

/**
 * Returns what machine code this process can run.
 *
 * @throws {InputError} If it can run none.
 */
export function requireNative(): Native {
  const native = nativeHere();
  if (native !== null) return native;
  throw new InputError(
    "Cannot compute with native kernels: they take Linux or macOS on x86-64 with AVX2 and the permission ffi, " +
      "found a process without; --kernels wasm runs everywhere",
  );
}

/** What {@link createNative} is asked for. */
export interface CreateNativeOptions {
  readonly set: VectorSet;
  readonly dtype: DType;
  /** Operations below which WebAssembly computes a product before machine code is called. Default: 10,000. */
  readonly smallestFlops?: number;
}

/** Makes kernels whose products are in machine code, of one of the instruction sets that there are. */
export function createNative(
  { memory }: Native,
  { set, dtype, smallestFlops }: CreateNativeOptions,
): Kernels {
  return createWasm(multiplyAddOf({ dtype, isEmulated: false }), {
    replaceProducts: (machine, otherwise) =>
      productNative(machine, { memory, set, dtype, smallestFlops, otherwise }),
  });
}

function multiplyAddOf(
  { dtype, isEmulated }: { readonly dtype: DType; readonly isEmulated: boolean },
): MultiplyAdd {
  if (dtype === "float64") return "separate";
  return !isEmulated && fusedHere() ? "fused" : "emulated";
}

/** Whether this machine's fused products are exact; probed once. */
export function fusedHere(): boolean {
  return fused ??= probeFused(() => createWasm("fused"));
}

let fused: boolean | undefined;
