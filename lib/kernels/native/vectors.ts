import { addressBytes, type Assembler, type Memory, REGISTERS } from "./assembler.ts";

/** An instruction set with fused multiply-add. */
export type VectorSet = "avx512" | "avx2";

/** Emits operations on vectors of float32, named by the numbers of their registers. */
export interface Vectors {
  /** Numbers a vector holds. */
  readonly lanes: number;
  /** Sets to +0. */
  zero(to: number): void;
  load(to: number, from: Memory): void;
  store(to: Memory, from: number): void;
  /** Fills with one number. */
  broadcast(to: number, from: Memory): void;
  /** `sum = fma(left, right, sum)` */
  multiplyAdd(sum: number, left: number, right: number): void;
  add(to: number, left: number, right: number): void;
  /** The greater of two numbers, `right` where either is NaN or both are zero. */
  max(to: number, left: number, right: number): void;
  /** Prepares {@link storeFirst} of `count` lanes; the vector `spare` stays in use. */
  prepareFirst(count: number, options: { readonly mask: Memory; readonly spare: number }): void;
  /** Stores the lanes that were prepared. */
  storeFirst(to: Memory, from: number): void;
}

/** What the encodings share: opcode map (1 is 0F, 2 is 0F 38), prefix (1 is 66) and opcode. */
interface Opcode {
  readonly map: 1 | 2;
  readonly prefix: 0 | 1;
  readonly opcode: number;
}

const LOAD: Opcode = { map: 1, prefix: 0, opcode: 0x10 };
const STORE: Opcode = { map: 1, prefix: 0, opcode: 0x11 };
const BROADCAST: Opcode = { map: 2, prefix: 1, opcode: 0x18 };
const MULTIPLY_ADD: Opcode = { map: 2, prefix: 1, opcode: 0xb8 };
const ADD: Opcode = { map: 1, prefix: 0, opcode: 0x58 };
const MAX: Opcode = { map: 1, prefix: 0, opcode: 0x5f };
const XOR: Opcode = { map: 1, prefix: 0, opcode: 0x57 };
const XOR_WHOLE: Opcode = { map: 1, prefix: 1, opcode: 0xef };
const STORE_MASKED: Opcode = { map: 2, prefix: 1, opcode: 0x2e };

/** Operands: the register field, the one in the prefix, and a register or a place in memory. */
interface Operands {
  readonly register: number;
  readonly second?: number;
  readonly third: number | Memory;
  /** Number of the mask register, AVX-512 alone. */
  readonly mask?: number;
}

type Encode = (opcode: Opcode, operands: Operands) => void;

/** Emits through an assembler, in the encoding of an instruction set. */
export function createVectors(assembler: Assembler, set: VectorSet): Vectors {
  const isWide = set === "avx512";
  const encode = isWide ? evex(assembler) : vex(assembler);
  const common = {
    load: (to: number, from: Memory) => encode(LOAD, { register: to, third: from }),
    store: (to: Memory, from: number) => encode(STORE, { register: from, third: to }),
    broadcast: (to: number, from: Memory) => encode(BROADCAST, { register: to, third: from }),
    multiplyAdd: (sum: number, left: number, right: number) =>
      encode(MULTIPLY_ADD, { register: sum, second: left, third: right }),
    add: (to: number, left: number, right: number) =>
      encode(ADD, { register: to, second: left, third: right }),
    max: (to: number, left: number, right: number) =>
      encode(MAX, { register: to, second: left, third: right }),
  };
  return isWide ? { ...common, ...wideParts(assembler, encode) } : { ...common, ...narrowParts(encode) };
}

type Parts = Pick<Vectors, "lanes" | "zero" | "prepareFirst" | "storeFirst">;

function wideParts(assembler: Assembler, encode: Encode): Parts {
  return {
    lanes: 16,
    zero: (to) => encode(XOR_WHOLE, { register: to, second: to, third: to }),
    prepareFirst(count) {
      assembler.moveConstant("rax", (1 << count) - 1);
      // kmovw k1, eax
      assembler.raw(0xc5, 0xf8, 0x92, 0xc8);
    },
    storeFirst: (to, from) => encode(STORE, { register: from, third: to, mask: 1 }),
  };
}

function narrowParts(encode: Encode): Parts {
  let mask = 0;
  return {
    lanes: 8,
    zero: (to) => encode(XOR, { register: to, second: to, third: to }),
    prepareFirst(_count, { mask: from, spare }) {
      mask = spare;
      encode(LOAD, { register: spare, third: from });
    },
    storeFirst: (to, from) => encode(STORE_MASKED, { register: from, second: mask, third: to }),
  };
}

/** The encoding of AVX-512: 32 registers of 512 bits, and masks. */
function evex(assembler: Assembler): Encode {
  return ({ map, prefix, opcode }, { register, second = 0, third, mask = 0 }) => {
    const not = (number: number, bit: number) => ~(number >> bit) & 1;
    const isMemory = typeof third === "object";
    const last = isMemory ? REGISTERS[third.base] : third;
    const x = isMemory ? 1 : not(last, 4);
    assembler.raw(
      0x62,
      (not(register, 3) << 7) | (x << 6) | (not(last, 3) << 5) | (not(register, 4) << 4) | map,
      ((~second & 15) << 3) | 4 | prefix,
      (2 << 5) | (not(second, 4) << 3) | mask,
      opcode,
    );
    appendThird(assembler, { register, third, last });
  };
}

/** The encoding of AVX and AVX2: 16 registers of 256 bits. */
function vex(assembler: Assembler): Encode {
  return ({ map, prefix, opcode }, { register, second = 0, third }) => {
    const isMemory = typeof third === "object";
    const last = isMemory ? REGISTERS[third.base] : third;
    assembler.raw(
      0xc4,
      ((~(register >> 3) & 1) << 7) | (1 << 6) | ((~(last >> 3) & 1) << 5) | map,
      ((~second & 15) << 3) | 4 | prefix,
      opcode,
    );
    appendThird(assembler, { register, third, last });
  };
}

interface Third {
  readonly register: number;
  readonly third: number | Memory;
  /** The register of `third`. */
  readonly last: number;
}

function appendThird(assembler: Assembler, { register, third, last }: Third): void {
  if (typeof third === "number") {
    assembler.raw(0xc0 | ((register & 7) << 3) | (last & 7));
    return;
  }
  assembler.raw(...addressBytes(register, last));
  assembler.constant(third.offset);
}
