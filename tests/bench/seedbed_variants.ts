import type { KernelKind } from "../../lib/core/facts/kernel_kind.ts";
import type { DType } from "../../lib/core/numbers/dtype.ts";
import { nativeHere } from "../../lib/kernels/native/memory/native.ts";
import { V8_FLAGS } from "./machine.ts";

/** A way in which Seedbed computes, a row of a table. */
export interface SeedbedVariant {
  readonly name: string;
  readonly kernels: KernelKind;
  readonly dtype: DType;
  readonly v8Flags: readonly string[];
}

/**
 * Returns the ways in which Seedbed computes in float32 here, that of a run first, whose name is "Seedbed": native where
 * there is machine code for the processor, else WebAssembly.
 */
export function seedbedVariants(): readonly SeedbedVariant[] {
  const wasm = { kernels: "wasm", dtype: "float32" } as const;
  const plain = { ...wasm, name: "Seedbed, wasm, no flags", v8Flags: [] };
  if (nativeHere() === null) return [{ ...wasm, name: SEEDBED, v8Flags: V8_FLAGS }, plain];
  return [
    { name: SEEDBED, kernels: "native", dtype: "float32", v8Flags: [] },
    { ...wasm, name: "Seedbed, wasm", v8Flags: V8_FLAGS },
    plain,
  ];
}

/** Returns the way of {@link seedbedVariants} that comes first, in float64. */
export function float64Variant(): SeedbedVariant {
  return { ...seedbedVariants()[0], name: `${SEEDBED}, float64`, dtype: "float64" };
}

const SEEDBED = "Seedbed";
