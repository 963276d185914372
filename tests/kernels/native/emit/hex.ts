import type { Assembler } from "../../../../lib/kernels/native/emit/assembler.ts";

/** Returns the code that was emitted, a byte as two hexadecimal digits. */
export function hex(code: Assembler): string {
  return Array.from(code.bytes(), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
