import { type CodeMemory, reserveCodeMemory } from "./code_memory.ts";
import { findVectors } from "./find_vectors.ts";
import type { VectorSet } from "./vector_encodings.ts";

/** What machine code of this process is for, and where it is put. */
export interface Native {
  readonly memory: CodeMemory;
  /** Instruction sets with fused multiply-add that the processor has, the widest first; at least one. */
  readonly sets: readonly VectorSet[];
}

/** Returns what machine code this process can run, null for none; looked up once. */
export function nativeHere(): Native | null {
  return native === undefined ? native = openNative() : native;
}

let native: Native | null | undefined;

function openNative(): Native | null {
  const memory = reserveCodeMemory();
  if (memory === null) return null;
  const sets = findVectors(memory);
  return sets.length === 0 ? null : { memory, sets };
}
