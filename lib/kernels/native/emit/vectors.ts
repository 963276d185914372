import type { DType } from "../../../core/numbers/dtype.ts";
import type { Assembler, Memory } from "./assembler.ts";
import {
  type EncodeVector,
  type Opcode,
  vectorEncoding,
  type VectorLength,
  type VectorSet,
} from "./vector_encodings.ts";

/** Emits operations on vectors of one dtype, named by the numbers of their registers. */
export interface Vectors {
  /** Bytes a number takes. */
  readonly size: number;
  /** Numbers a vector holds. */
  readonly lanes: number;
  /** Numbers that 128 bits hold. */
  readonly quad: number;
  /** Sets to +0. */
  zero(to: number): void;
  load(to: number, from: Memory, length?: VectorLength): void;
  store(to: Memory, from: number, length?: VectorLength): void;
  /** Fills with one number. */
  broadcast(to: number, from: Memory): void;
  /**
   * One step of a product's chain: `sum = fma(left, right, sum)` in float32; in float64 `sum = sum + left * right`,
   * rounded twice, by way of the vector `spare`.
   */
  multiplyAdd(
    sum: number,
    factors: readonly [left: number, right: number],
    options: MultiplyAddOptions,
  ): void;
  add(to: number, left: number, right: number | Memory, length?: VectorLength): void;
  subtract(to: number, left: number, right: number | Memory): void;
  multiply(to: number, left: number, right: number | Memory): void;
  divide(to: number, left: number, right: number | Memory): void;
  squareRoot(to: number, from: number): void;
  /** Loads as many bytes as there are lanes, and makes numbers of them. */
  loadBytes(to: number, from: Memory): void;
  /** The greater of two numbers, `right` where either is NaN or both are zero. */
  max(to: number, left: number, right: number, length?: VectorLength): void;
  /** Loads 128 bits from each place, one part of the vector after the other. */
  loadParts(to: number, from: readonly Memory[]): void;
  /** Numbers of the lower (or upper) half of each 128 bits, of `left` and `right` in turn. */
  interleave(to: number, half: "lower" | "upper", sources: readonly [left: number, right: number]): void;
  /** The same for pairs of numbers of float32. */
  interleavePairs(to: number, half: "lower" | "upper", sources: readonly [left: number, right: number]): void;
  /** Prepares {@link storeFirst} of `count` lanes; a mask that is a vector goes to `spare`, from memory. */
  prepareFirst(count: number, options: { readonly mask: Memory; readonly spare: number }): void;
  /** Stores the lanes that were prepared. */
  storeFirst(to: Memory, from: number, length?: VectorLength): void;
  /** Ends the code: it returns 0 and leaves the upper parts of all vectors zero, as other code expects them. */
  end(): void;
}

/** What a step of a chain takes besides its numbers. */
export interface MultiplyAddOptions {
  readonly spare: number;
  readonly length?: VectorLength;
}

/** Instructions whose opcode differs by dtype. */
interface ByDType {
  readonly load: Opcode;
  readonly store: Opcode;
  readonly broadcast: Opcode;
  readonly add: Opcode;
  readonly multiply: Opcode;
  readonly subtract: Opcode;
  readonly divide: Opcode;
  readonly squareRoot: Opcode;
  /** From numbers of 32 bits. */
  readonly fromInt32: Opcode;
  readonly max: Opcode;
  readonly interleave: Readonly<Record<"lower" | "upper", Opcode>>;
  readonly storeMasked: Opcode;
}

const plain = (opcode: number): Opcode => ({ map: 1, prefix: 0, opcode });
const double = (opcode: number): Opcode => ({ map: 1, prefix: 1, opcode, wide: true });

const FLOAT32: ByDType = {
  load: plain(0x10),
  store: plain(0x11),
  broadcast: { map: 2, prefix: 1, opcode: 0x18 },
  add: plain(0x58),
  multiply: plain(0x59),
  subtract: plain(0x5c),
  divide: plain(0x5e),
  squareRoot: plain(0x51),
  fromInt32: plain(0x5b),
  max: plain(0x5f),
  interleave: { lower: plain(0x14), upper: plain(0x15) },
  storeMasked: { map: 2, prefix: 1, opcode: 0x2e },
};

const FLOAT64: ByDType = {
  load: double(0x10),
  store: double(0x11),
  broadcast: { map: 2, prefix: 1, opcode: 0x19, wide: true },
  add: double(0x58),
  multiply: double(0x59),
  subtract: double(0x5c),
  divide: double(0x5e),
  squareRoot: double(0x51),
  fromInt32: { map: 1, prefix: 2, opcode: 0xe6 },
  max: double(0x5f),
  interleave: { lower: double(0x14), upper: double(0x15) },
  storeMasked: { map: 2, prefix: 1, opcode: 0x2f },
};

const FUSED: Opcode = { map: 2, prefix: 1, opcode: 0xb8 };
const XOR: Opcode = plain(0x57);
const XOR_WHOLE: Opcode = { map: 1, prefix: 1, opcode: 0xef };
const BYTES_TO_INT32: Opcode = { map: 2, prefix: 1, opcode: 0x31 };
const INSERT_PART: Opcode = { map: 3, prefix: 1, opcode: 0x18 };

/** Emits through an assembler, in the encoding of an instruction set. */
export function createVectors(
  assembler: Assembler,
  { set, dtype }: { readonly set: VectorSet; readonly dtype: DType },
): Vectors {
  const encode = vectorEncoding(assembler, set);
  const size = dtype === "float32" ? 4 : 8;
  const codes = dtype === "float32" ? FLOAT32 : FLOAT64;
  const three =
    (opcode: Opcode) => (to: number, left: number, right: number | Memory, length?: VectorLength) =>
      encode(opcode, { register: to, second: left, third: right, length });
  const interleaved = (opcodes: ByDType["interleave"]): Vectors["interleave"] => (to, half, [left, right]) =>
    encode(opcodes[half], { register: to, second: left, third: right });
  const add = three(codes.add);
  const multiply = three(codes.multiply);
  const fuse = three(FUSED);
  return {
    size,
    lanes: (set === "avx512" ? 64 : 32) / size,
    quad: 16 / size,
    load: (to, from, length) => encode(codes.load, { register: to, third: from, length }),
    store: (to, from, length) => encode(codes.store, { register: from, third: to, length }),
    broadcast: (to, from) => encode(codes.broadcast, { register: to, third: from }),
    multiplyAdd(sum, [left, right], { spare, length }) {
      if (dtype === "float32") return fuse(sum, left, right, length);
      multiply(spare, left, right, length);
      add(sum, sum, spare, length);
    },
    add,
    subtract: three(codes.subtract),
    multiply,
    divide: three(codes.divide),
    squareRoot: (to, from) => encode(codes.squareRoot, { register: to, third: from }),
    loadBytes(to, from) {
      // Numbers of 32 bits take half a vector where those of the dtype take 64.
      const length = dtype === "float32" ? undefined : "half";
      encode(BYTES_TO_INT32, { register: to, third: from, length });
      encode(codes.fromInt32, { register: to, third: to });
    },
    max: three(codes.max),
    loadParts(to, from) {
      encode(codes.load, { register: to, third: from[0], length: "quad" });
      for (const [part, third] of from.entries()) {
        if (part > 0) encode(INSERT_PART, { register: to, second: to, third, constant: part });
      }
    },
    interleave: interleaved(codes.interleave),
    interleavePairs: interleaved(FLOAT64.interleave),
    end() {
      assembler.moveConstant("rax", 0);
      // vzeroupper
      assembler.raw(0xc5, 0xf8, 0x77);
      assembler.return();
    },
    ...set === "avx512" ? maskedByBits(assembler, { encode, codes }) : maskedByVector({ encode, codes }),
  };
}

interface Emitting {
  readonly encode: EncodeVector;
  readonly codes: ByDType;
}

type Masked = Pick<Vectors, "zero" | "prepareFirst" | "storeFirst">;

/** AVX-512 has registers for masks. */
function maskedByBits(assembler: Assembler, { encode, codes }: Emitting): Masked {
  return {
    zero: (to) => encode(XOR_WHOLE, { register: to, second: to, third: to }),
    prepareFirst(count) {
      assembler.moveConstant("rax", (1 << count) - 1);
      // kmovw k1, eax
      assembler.raw(0xc5, 0xf8, 0x92, 0xc8);
    },
    storeFirst: (to, from, length) => encode(codes.store, { register: from, third: to, mask: 1, length }),
  };
}

/** In AVX2 a mask is a vector, whose lanes are all ones or all zeros. */
function maskedByVector({ encode, codes }: Emitting): Masked {
  let mask = 0;
  return {
    zero: (to) => encode(XOR, { register: to, second: to, third: to }),
    prepareFirst(_count, { mask: from, spare }) {
      mask = spare;
      encode(codes.load, { register: spare, third: from });
    },
    storeFirst: (to, from, length) =>
      encode(codes.storeMasked, { register: from, second: mask, third: to, length }),
  };
}
