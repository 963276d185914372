import { createAssembler } from "./assembler.ts";

/**
 * Wraps code for the other systems so that it can be called as Windows calls functions.
 *
 * Windows hands the two addresses over in other registers, and a function must leave rdi, rsi and the lower 128 bits of
 * the vectors 6 to 15 as they were. Source: "x64 calling convention", Microsoft.
 */
export function forWindows(inner: Uint8Array): Uint8Array {
  const code = createAssembler();
  const vectors = (opcode: typeof STORE | typeof LOAD) => {
    for (let vector = FIRST_KEPT; vector <= LAST_KEPT; vector++) {
      // movups between [rsp + offset] and a vector.
      code.raw(...vector < 8 ? [] : [0x44], 0x0f, opcode, 0x84 | ((vector & 7) << 3), 0x24);
      code.constant(16 * (vector - FIRST_KEPT));
    }
  };
  const moveStack = (bytes: number) => {
    // add rsp, bytes
    code.raw(0x48, 0x81, 0xc4);
    code.constant(bytes);
  };
  code.push("rdi");
  code.push("rsi");
  moveStack(-KEPT_BYTES);
  vectors(STORE);
  code.move("rdi", "rcx");
  code.move("rsi", "rdx");
  // call; the constant is patched in the end, when the offset of the inner code is known.
  code.raw(0xe8);
  const place = code.here();
  code.constant(0);
  vectors(LOAD);
  moveStack(KEPT_BYTES);
  code.pop("rsi");
  code.pop("rdi");
  code.return();
  const outer = code.bytes();
  new DataView(outer.buffer).setInt32(place, outer.length - (place + 4), true);
  const whole = new Uint8Array(outer.length + inner.length);
  whole.set(outer);
  whole.set(inner, outer.length);
  return whole;
}

const LOAD = 0x10;
const STORE = 0x11;
const FIRST_KEPT = 6;
const LAST_KEPT = 15;
/** Ten vectors, and 8 bytes so that the stack is aligned at the inner call. */
const KEPT_BYTES = 168;
