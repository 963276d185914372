import type { VectorSet } from "../emit/vector_encodings.ts";
import { type CodeMemory, reserveCodeMemory } from "./code_memory.ts";
import { findVectors } from "./find_vectors.ts";

/** Where this process puts machine code, and the instruction sets that it may use. */
export interface Native {
  readonly memory: CodeMemory;
  /** Instruction sets with fused multiply-add that the processor has, the widest first; at least one. */
  readonly sets: readonly VectorSet[];
  /** Operations below which WebAssembly has computed a product before machine code is called. */
  readonly smallestFlops: number;
}

/** Returns what machine code this process can run, null for none; looked up once. */
export function nativeHere(): Native | null {
  return native === undefined ? native = openNative() : native;
}

let native: Native | null | undefined;

/**
 * Makes this process compute in one instruction set alone, products of any size, so that tests can compare each set.
 *
 * @throws {Error} If the process does not have it.
 */
export function limitNative(set: VectorSet): Native {
  const found = nativeHere();
  if (!found?.sets.includes(set)) {
    throw new Error(`Cannot compute in ${set}: found ${found?.sets ?? "no machine code"}`);
  }
  return native = { ...found, sets: [set], smallestFlops: 0 };
}

function openNative(): Native | null {
  const memory = reserveCodeMemory();
  if (memory === null) return null;
  const sets = findVectors(memory);
  return sets.length === 0 ? null : { memory, sets, smallestFlops: 10_000 };
}
