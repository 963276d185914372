import { assertEquals, assertThrows } from "@std/assert";
import { type Assembler, createAssembler } from "../../lib/kernels/native/assembler.ts";
import { createVectors, type Vectors } from "../../lib/kernels/native/vectors.ts";

/** Instructions as GNU objdump reads their bytes, and how they are emitted. */
const GENERAL: readonly (readonly [instruction: string, bytes: string, emit: (code: Assembler) => void])[] = [
  ["mov r8,rdi", "49 89 f8", (code) => code.move("r8", "rdi")],
  ["mov r12,0x4d", "49 c7 c4 4d 00 00 00", (code) => code.moveConstant("r12", 77)],
  ["mov rbx,[rsi+0x8]", "48 8b 9e 08 00 00 00", (code) => code.load("rbx", { base: "rsi", offset: 8 })],
  [
    "mov ecx,[r12+0x10]",
    "41 8b 8c 24 10 00 00 00",
    (code) => code.load32("rcx", { base: "r12", offset: 16 }),
  ],
  ["mov [r13-0x4],r9d", "45 89 8d fc ff ff ff", (code) => code.store32({ base: "r13", offset: -4 }, "r9")],
  ["add r10,rdx", "49 01 d2", (code) => code.add("r10", "rdx")],
  ["add r14,-0x12c", "49 81 c6 d4 fe ff ff", (code) => code.addConstant("r14", -300)],
  ["nothing", "", (code) => code.addConstant("r14", 0)],
  ["push r12", "41 54", (code) => code.push("r12")],
  ["pop rbx", "5b", (code) => code.pop("rbx")],
  [
    "mov rcx,5; nop; dec rcx; jne back",
    "48 c7 c1 05 00 00 00 90 48 ff c9 0f 85 f6 ff ff ff",
    (code) => code.repeat("rcx", 5, () => code.raw(0x90)),
  ],
  ["ret", "c3", (code) => code.return()],
];

const WIDE: readonly (readonly [instruction: string, bytes: string, emit: (vectors: Vectors) => void])[] = [
  ["vpxord zmm29,zmm29,zmm29", "62 01 15 40 ef ed", (v) => v.zero(29)],
  ["vmovups zmm29,[r9+0x40]", "62 41 7c 48 10 a9 40 00 00 00", (v) => v.load(29, { base: "r9", offset: 64 })],
  [
    "vmovups zmm2,[r12+0x40]",
    "62 d1 7c 48 10 94 24 40 00 00 00",
    (v) => v.load(2, { base: "r12", offset: 64 }),
  ],
  [
    "vmovups [r10+0x80],zmm29",
    "62 41 7c 48 11 aa 80 00 00 00",
    (v) => v.store({ base: "r10", offset: 128 }, 29),
  ],
  [
    "vbroadcastss zmm29,[r8+4]",
    "62 42 7d 48 18 a8 04 00 00 00",
    (v) => v.broadcast(29, { base: "r8", offset: 4 }),
  ],
  ["vfmadd231ps zmm3,zmm29,zmm26", "62 92 15 40 b8 da", (v) => v.multiplyAdd(3, 29, 26)],
  ["vfmadd231ps zmm23,zmm7,zmm5", "62 e2 45 48 b8 fd", (v) => v.multiplyAdd(23, 7, 5)],
  ["vaddps zmm1,zmm2,zmm29", "62 91 6c 48 58 cd", (v) => v.add(1, 2, 29)],
  ["vmaxps zmm29,zmm1,zmm2", "62 61 74 48 5f ea", (v) => v.max(29, 1, 2)],
  [
    "mov rax,0xf; kmovw k1,eax",
    "48 c7 c0 0f 00 00 00 c5 f8 92 c8",
    (v) => v.prepareFirst(4, { mask: { base: "rsi", offset: 64 }, spare: 31 }),
  ],
  [
    "vmovups [r10+8]{k1},zmm29",
    "62 41 7c 49 11 aa 08 00 00 00",
    (v) => v.storeFirst({ base: "r10", offset: 8 }, 29),
  ],
];

const NARROW: typeof WIDE = [
  ["vxorps ymm13,ymm13,ymm13", "c4 41 14 57 ed", (v) => v.zero(13)],
  ["vmovups ymm13,[r9+0x40]", "c4 41 7c 10 a9 40 00 00 00", (v) => v.load(13, { base: "r9", offset: 64 })],
  [
    "vmovups [r10+0x80],ymm13",
    "c4 41 7c 11 aa 80 00 00 00",
    (v) => v.store({ base: "r10", offset: 128 }, 13),
  ],
  [
    "vbroadcastss ymm13,[r8+4]",
    "c4 42 7d 18 a8 04 00 00 00",
    (v) => v.broadcast(13, { base: "r8", offset: 4 }),
  ],
  ["vfmadd231ps ymm9,ymm7,ymm5", "c4 62 45 b8 cd", (v) => v.multiplyAdd(9, 7, 5)],
  ["vaddps ymm1,ymm2,ymm13", "c4 c1 6c 58 cd", (v) => v.add(1, 2, 13)],
  ["vmaxps ymm13,ymm1,ymm2", "c4 61 74 5f ea", (v) => v.max(13, 1, 2)],
  [
    "vmovups ymm15,[rsi+0x40]; vmaskmovps [r10+8],ymm15,ymm13",
    "c4 61 7c 10 be 40 00 00 00 c4 42 05 2e aa 08 00 00 00",
    (v) => {
      v.prepareFirst(4, { mask: { base: "rsi", offset: 64 }, spare: 15 });
      v.storeFirst({ base: "r10", offset: 8 }, 13);
    },
  ],
];

function hex(code: Assembler): string {
  return Array.from(code.bytes(), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

for (const [instruction, bytes, emit] of GENERAL) {
  Deno.test(`createAssembler() encodes ${instruction}`, () => {
    const code = createAssembler();
    emit(code);
    assertEquals(hex(code), bytes);
  });
}

for (const [set, cases] of [["avx512", WIDE], ["avx2", NARROW]] as const) {
  for (const [instruction, bytes, emit] of cases) {
    Deno.test(`createVectors() encodes ${instruction}`, () => {
      const code = createAssembler();
      emit(createVectors(code, set));
      assertEquals(hex(code), bytes);
    });
  }
}

Deno.test("createAssembler() throws when a constant does not fit 32 bits", () => {
  for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN]) {
    assertThrows(() => createAssembler().addConstant("r8", value), RangeError, `found ${value}`);
  }
});
