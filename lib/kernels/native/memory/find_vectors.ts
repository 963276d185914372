import { createAssembler } from "../emit/assembler.ts";
import type { VectorSet } from "../emit/vector_encodings.ts";
import type { CodeMemory } from "./code_memory.ts";

const AVX = (1 << 27) | (1 << 28);
const FMA = 1 << 12;
const AVX2 = 1 << 5;
/** The foundation, and its forms of 128 bits. */
const AVX512 = (1 << 16) | (1 << 31);
/** State that the system saves when it changes threads: 256 bits, and 512 bits with masks. */
const SAVES_256 = 0x06;
const SAVES_512 = 0xe6;

/** Returns the instruction sets with fused multiply-add that processor and system have, the widest first. */
export function findVectors(memory: CodeMemory): readonly VectorSet[] {
  const run = memory.install(cpuidCode());
  if (run === null) return [];
  const answers = new Uint32Array(4);
  const cpuid = (leaf: number) => {
    run(new Uint8Array(answers.buffer), new Uint8Array(Uint32Array.of(leaf, 0).buffer));
    return answers.slice();
  };
  const [highest] = cpuid(0);
  const [, , basic] = cpuid(1);
  if (highest < 7 || (basic & (AVX | FMA)) !== (AVX | FMA)) return [];
  const [, extended, , saved] = cpuid(7);
  const has = (feature: number, saves: number) =>
    (extended & feature) === feature && (saved & saves) === saves;
  return [
    ...has(AVX512, SAVES_512) ? ["avx512" as const] : [],
    ...has(AVX2, SAVES_256) ? ["avx2" as const] : [],
  ];
}

/**
 * Returns code that writes eax, ebx and ecx of `cpuid`, and what the system saves, to its first address; the second
 * holds the leaf and its part. The last is 0 where `xgetbv` was not used.
 */
function cpuidCode(): Uint8Array {
  const code = createAssembler();
  code.push("rbx");
  code.move("r8", "rdi");
  code.load32("rax", { base: "rsi", offset: 0 });
  code.load32("rcx", { base: "rsi", offset: 4 });
  code.load32("r9", { base: "rsi", offset: 0 });
  // cpuid
  code.raw(0x0f, 0xa2);
  code.store32({ base: "r8", offset: 0 }, "rax");
  code.store32({ base: "r8", offset: 4 }, "rbx");
  code.store32({ base: "r8", offset: 8 }, "rcx");
  code.moveConstant("rax", 0);
  code.store32({ base: "r8", offset: 12 }, "rax");
  // Leaf 7 is read after leaf 1 has shown that there is xgetbv. cmp r9d, 7; jne to the end
  code.raw(0x41, 0x83, 0xf9, 0x07, 0x75, 0x00);
  const jump = code.here();
  code.moveConstant("rcx", 0);
  // xgetbv
  code.raw(0x0f, 0x01, 0xd0);
  code.store32({ base: "r8", offset: 12 }, "rax");
  const end = code.here();
  code.moveConstant("rax", 0);
  code.pop("rbx");
  code.return();
  const bytes = code.bytes();
  bytes[jump - 1] = end - jump;
  return bytes;
}
