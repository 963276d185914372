import { assertEquals } from "@std/assert";
import { type Assembler, createAssembler } from "../../../../lib/kernels/native/emit/assembler.ts";
import { createVectors } from "../../../../lib/kernels/native/emit/vectors.ts";
import { forWindows } from "../../../../lib/kernels/native/emit/windows_call.ts";
import { nativeHere } from "../../../../lib/kernels/native/memory/native.ts";

const KEPT = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Code that is handed two addresses as other systems do it, marks the first and leaves no register as it was. */
function innerCode(): Uint8Array {
  const code = createAssembler();
  code.moveConstant("rax", 7);
  code.store32({ base: "rdi", offset: 0 }, "rax");
  code.load32("rax", { base: "rsi", offset: 0 });
  code.store32({ base: "rdi", offset: 4 }, "rax");
  for (const vector of KEPT) createVectors(code, { set: "avx2", dtype: "float32" }).zero(vector);
  code.moveConstant("rdi", 0);
  code.moveConstant("rsi", 0);
  code.moveConstant("rax", 0);
  code.return();
  return code.bytes();
}

/** Code that calls what stands behind it as Windows does, and writes what is left of its registers. */
function callerCode(callee: Uint8Array): Uint8Array {
  const code = createAssembler();
  code.push("rbx");
  eachKept(code, "load");
  code.move("rcx", "rdi");
  code.move("rdx", "rsi");
  // The callee may use 32 bytes above its return address. sub rsp, 32; call; add rsp, 32
  code.raw(0x48, 0x83, 0xec, 32, 0xe8);
  const place = code.here();
  code.constant(0);
  code.raw(0x48, 0x83, 0xc4, 32);
  eachKept(code, "store");
  code.moveConstant("rax", 9);
  code.store32({ base: "rdi", offset: 8 }, "rax");
  code.pop("rbx");
  code.moveConstant("rax", 0);
  code.return();
  const bytes = code.bytes();
  new DataView(bytes.buffer).setInt32(place, bytes.length - (place + 4), true);
  return Uint8Array.from([...bytes, ...callee]);
}

/** Loads the vectors from the arguments, or stores them a row further. */
function eachKept(code: Assembler, act: "load" | "store"): void {
  const vectors = createVectors(code, { set: "avx2", dtype: "float32" });
  for (const [i, vector] of KEPT.entries()) {
    const place = { base: "rsi", offset: (act === "load" ? 64 : 64 + 32 * KEPT.length) + 32 * i } as const;
    if (act === "load") vectors.load(vector, place);
    else vectors.store(place, vector);
  }
}

const native = nativeHere();
if (native !== null && Deno.build.os !== "windows") {
  Deno.test("forWindows() makes code that takes its addresses as Windows hands them over, and keeps its registers", () => {
    const memory = new Int32Array(3);
    const args = new Int32Array(16 + 16 * KEPT.length).map((_, i) => 100 + i);
    const run = native.memory.install(callerCode(forWindows(innerCode())))!;
    run(new Uint8Array(memory.buffer), new Uint8Array(args.buffer));
    assertEquals([...memory], [7, 100, 9]);
    // The lower 128 bits are kept; the upper ones need not be.
    const lower = (from: number) => KEPT.map((_, i) => [...args.slice(from + 8 * i, from + 8 * i + 4)]);
    assertEquals(lower(16 + 8 * KEPT.length), lower(16));
  });
}
