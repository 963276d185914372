import { assertEquals, assertThrows } from "@std/assert";
import { type Assembler, createAssembler } from "../../../../lib/kernels/native/emit/assembler.ts";
import { hex } from "./hex.ts";

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
  ["mov [rsi+0x18],rdi", "48 89 be 18 00 00 00", (code) => code.store({ base: "rsi", offset: 24 }, "rdi")],
  ["imul rax,rax,0xc00", "48 69 c0 00 0c 00 00", (code) => code.multiplyConstant("rax", 3072)],
  ["imul r9,r9,0x7", "4d 69 c9 07 00 00 00", (code) => code.multiplyConstant("r9", 7)],
  ["push r12", "41 54", (code) => code.push("r12")],
  ["pop rbx", "5b", (code) => code.pop("rbx")],
  [
    "mov rcx,5; nop; dec rcx; jne back",
    "48 c7 c1 05 00 00 00 90 48 ff c9 0f 85 f6 ff ff ff",
    (code) => code.repeat("rcx", 5, () => code.raw(0x90)),
  ],
  ["ret", "c3", (code) => code.return()],
];

for (const [instruction, bytes, emit] of GENERAL) {
  Deno.test(`createAssembler() encodes ${instruction}`, () => {
    const code = createAssembler();
    emit(code);
    assertEquals(hex(code), bytes);
  });
}

Deno.test("createAssembler() throws when a constant does not fit 32 bits", () => {
  for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN]) {
    assertThrows(() => createAssembler().addConstant("r8", value), RangeError, `found ${value}`);
  }
});
