import { addressBytes, type Assembler, type Memory, REGISTERS } from "./assembler.ts";

/** An instruction set with fused multiply-add. */
export type VectorSet = "avx512" | "avx2";

/** What the encodings of an instruction share. */
export interface Opcode {
  /** Opcode map: 1 is 0F, 2 is 0F 38, 3 is 0F 3A. */
  readonly map: 1 | 2 | 3;
  /** 1 is 66, 2 is F3. */
  readonly prefix: 0 | 1 | 2;
  readonly opcode: number;
  /** The bit W, which chooses 64 bits an element. */
  readonly wide?: boolean;
}

/** Operands: the register field, the one in the prefix, and a register or a place in memory. */
export interface VectorOperands {
  readonly register: number;
  readonly second?: number;
  readonly third: number | Memory;
  /** Number of the mask register, AVX-512 alone. */
  readonly mask?: number;
  /** Default: all that the set has. */
  readonly length?: VectorLength;
  /** A constant of 8 bits behind the operands. */
  readonly constant?: number;
}

/** Length of a vector that is not as long as the set has them: 128 bits, or half. */
export type VectorLength = "quad" | "half";

/** Appends one instruction. */
export type EncodeVector = (opcode: Opcode, operands: VectorOperands) => void;

/** Returns the encoding of an instruction set. */
export function vectorEncoding(assembler: Assembler, set: VectorSet): EncodeVector {
  return set === "avx512" ? evex(assembler) : vex(assembler);
}

/** The encoding of AVX-512: 32 registers of 512 bits, and masks. */
function evex(assembler: Assembler): EncodeVector {
  return ({ map, prefix, opcode, wide = false }, operands) => {
    const { register, second = 0, third, mask = 0, length } = operands;
    const not = (number: number, bit: number) => ~(number >> bit) & 1;
    const isMemory = typeof third === "object";
    const last = isMemory ? REGISTERS[third.base] : third;
    const x = isMemory ? 1 : not(last, 4);
    assembler.raw(
      0x62,
      (not(register, 3) << 7) | (x << 6) | (not(last, 3) << 5) | (not(register, 4) << 4) | map,
      (Number(wide) << 7) | ((~second & 15) << 3) | 4 | prefix,
      ((length === "quad" ? 0 : length === "half" ? 1 : 2) << 5) | (not(second, 4) << 3) | mask,
      opcode,
    );
    appendThird(assembler, { ...operands, last });
  };
}

/** The encoding of AVX and AVX2: 16 registers of 256 bits. */
function vex(assembler: Assembler): EncodeVector {
  return ({ map, prefix, opcode }, operands) => {
    const { register, second = 0, third, length } = operands;
    const last = typeof third === "object" ? REGISTERS[third.base] : third;
    assembler.raw(
      0xc4,
      ((~(register >> 3) & 1) << 7) | (1 << 6) | ((~(last >> 3) & 1) << 5) | map,
      // W is 0 in all instructions that are used here, also in those of 64 bits an element.
      ((~second & 15) << 3) | (length === undefined ? 4 : 0) | prefix,
      opcode,
    );
    appendThird(assembler, { ...operands, last });
  };
}

interface Third extends VectorOperands {
  /** The register of `third`. */
  readonly last: number;
}

function appendThird(assembler: Assembler, { register, third, last, constant }: Third): void {
  if (typeof third === "number") {
    assembler.raw(0xc0 | ((register & 7) << 3) | (last & 7));
  } else {
    assembler.raw(...addressBytes(register, last));
    assembler.constant(third.offset);
  }
  if (constant !== undefined) assembler.raw(constant);
}
