import { InputError } from "../core/check/errors.ts";
import type { KernelKind } from "../core/facts/kernel_kind.ts";
import type { DType } from "../core/numbers/dtype.ts";
import type { Kernels } from "./contract/kernels.ts";
import { createNative } from "./native/create_native.ts";
import type { VectorSet } from "./native/emit/vector_encodings.ts";
import { type Native, nativeHere } from "./native/memory/native.ts";
import { createTwin } from "./twin/twin.ts";
import type { MultiplyAdd } from "./wasm/emit/multiply_add.ts";
import { probeFused } from "./wasm/probe_fused.ts";
import { createWasm } from "./wasm/wasm.ts";

/** Options of {@link createKernels}. */
export interface CreateKernelsOptions {
  readonly dtype: DType;
  /** Default: the fastest kernels that work here. */
  readonly kind?: KernelKind;
}

/**
 * Makes the kernels that train a net.
 *
 * @throws {InputError} If "native" is asked for where there is none.
 */
export function createKernels({ dtype, kind }: CreateKernelsOptions): Kernels {
  const found = findKernels(kind);
  if (found.kind === "twin") return createTwin(dtype);
  const multiplyAdd = () => multiplyAddOf({ dtype, isEmulated: found.kind === "emulated" });
  if (found.kind === "native") return createNative(found.native, { set: found.set, dtype, multiplyAdd });
  return createWasm(multiplyAdd());
}

/** Kernels that this process can compute with. */
export type FoundKernels =
  | { readonly kind: Exclude<KernelKind, "native"> }
  | { readonly kind: "native"; readonly native: Native; readonly set: VectorSet };

/**
 * Returns the kernels of a kind, or the fastest that work here; looked up once in a process.
 *
 * @throws {InputError} If "native" is asked for where there is none.
 */
export function findKernels(kind?: KernelKind): FoundKernels {
  if (kind !== undefined && kind !== "native") return { kind };
  native ??= findNative();
  if (native.kind === "native" || kind === undefined) return native;
  throw new InputError(
    "Cannot compute with native kernels: they need Linux, macOS or Windows on x86-64 with AVX2, and the permission " +
      "ffi; --kernels wasm runs everywhere",
  );
}

let native: FoundKernels | undefined;

/** An emulated processor may compute wrongly, so machine code is probed before it is used. */
function findNative(): FoundKernels {
  const found = nativeHere();
  const set = found?.sets.find((set) =>
    probeFused(() =>
      createNative({ ...found, smallestFlops: 0 }, { set, dtype: "float32", multiplyAdd: () => "emulated" })
    )
  );
  return found === null || set === undefined ? { kind: "wasm" } : { kind: "native", native: found, set };
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
