import { type Code, signed, unsigned } from "./code.ts";
import { at, F32, F64, I32, I64, type Place, V128, type Value, type ValueType } from "./expression.ts";

/** An address, or a place behind one. */
type Address = Value<I32> | Place;

/** A lane of a vector, by its number. */
export interface Lane {
  readonly value: Value<V128>;
  readonly lane: number;
}

const onI32 = operandsOf<I32>();
const onI64 = operandsOf<I64>();
const onF32 = operandsOf<F32>();
const onF64 = operandsOf<F64>();
const onV128 = operandsOf<V128>();

export const i32 = {
  const: (value: number): Value<I32> => ({ type: I32, code: [0x41, signed(value | 0)] }),
  load: load([0x28], { type: I32, align: 2 }),
  store: store([0x36], { type: I32, align: 2 }),
  add: onI32.binary([0x6a], I32),
  sub: onI32.binary([0x6b], I32),
  mul: onI32.binary([0x6c], I32),
  xor: onI32.binary([0x73], I32),
  shl: onI32.binary([0x74], I32),
  shrS: onI32.binary([0x75], I32),
  shrU: onI32.binary([0x76], I32),
  rotl: onI32.binary([0x77], I32),
  ltU: onI32.binary([0x49], I32),
  eq: onI32.binary([0x46], I32),
  fromF64: onF64.unary([0xaa], I32),
  fromI64: onI64.unary([0xa7], I32),
} as const;

export const i64 = {
  const: (value: number): Value<I64> => ({ type: I64, code: [0x42, signed(value)] }),
  sub: onI64.binary([0x7d], I64),
  shl: onI64.binary([0x86], I64),
  shrU: onI64.binary([0x88], I64),
  fromI32: onI32.unary([0xac], I64),
  fromF64Bits: onF64.unary([0xbd], I64),
} as const;

export const f32 = {
  const: (value: number): Value<F32> => ({ type: F32, code: [0x43, bytesOf(Float32Array.of(value))] }),
  load: load([0x2a], { type: F32, align: 2 }),
  store: store([0x38], { type: F32, align: 2 }),
  gt: onF32.binary([0x5e], I32),
  fromF64: onF64.unary([0xb6], F32),
} as const;

export const f64 = {
  const: (value: number): Value<F64> => ({ type: F64, code: [0x44, bytesOf(Float64Array.of(value))] }),
  load: load([0x2b], { type: F64, align: 3 }),
  store: store([0x39], { type: F64, align: 3 }),
  eq: onF64.binary([0x61], I32),
  ne: onF64.binary([0x62], I32),
  lt: onF64.binary([0x63], I32),
  gt: onF64.binary([0x64], I32),
  add: onF64.binary([0xa0], F64),
  sub: onF64.binary([0xa1], F64),
  mul: onF64.binary([0xa2], F64),
  div: onF64.binary([0xa3], F64),
  fromF32: onF32.unary([0xbb], F64),
  fromI32: onI32.unary([0xb7], F64),
  fromU32: onI32.unary([0xb8], F64),
  fromI64Bits: onI64.unary([0xbf], F64),
} as const;

export const v128 = {
  const: (bytes: readonly number[]): Value<V128> => ({ type: V128, code: [simd(12), bytes] }),
  load: load(simd(0), { type: V128, align: 4 }),
  store: store(simd(11), { type: V128, align: 4 }),
  /** Eight numbers of 16 bits from as many bytes. */
  load8x8U: load(simd(2), { type: V128, align: 3 }),
  load32Splat: load(simd(9), { type: V128, align: 2 }),
  load64Splat: load(simd(10), { type: V128, align: 3 }),
  storeLane32: laneStore(simd(90), { type: V128, align: 2 }),
  storeLane64: laneStore(simd(91), { type: V128, align: 3 }),
  and: onV128.binary(simd(78), V128),
  /** The bits of the left that the right does not have. */
  andnot: onV128.binary(simd(79), V128),
  or: onV128.binary(simd(80), V128),
  /** Takes each bit of `ones` where the mask has 1, else of `zeros`. */
  bitselect: (
    mask: Value<V128>,
    { ones, zeros }: { ones: Value<V128>; zeros: Value<V128> },
  ): Value<V128> => ({
    type: V128,
    code: [ones.code, zeros.code, mask.code, simd(82)],
  }),
  anyTrue: onV128.unary(simd(83), I32),
} as const;

export const i8x16 = {
  /** Picks 16 of the 32 bytes of two vectors. */
  shuffle: (
    [left, right]: readonly [left: Value<V128>, right: Value<V128>],
    bytes: readonly number[],
  ): Value<V128> => ({ type: V128, code: [left.code, right.code, simd(13), bytes] }),
} as const;

export const i32x4 = {
  lowFromU16: onV128.unary(simd(169), V128),
  highFromU16: onV128.unary(simd(170), V128),
} as const;

export const i64x2 = {
  /** Shifts each lane to the left by so many bits. */
  shl: (value: Value<V128>, bits: Value<I32>): Value<V128> => ({
    type: V128,
    code: [value.code, bits.code, simd(203)],
  }),
  add: onV128.binary(simd(206), V128),
  sub: onV128.binary(simd(209), V128),
  eq: onV128.binary(simd(214), V128),
} as const;

export const f32x4 = {
  splat: onF32.unary(simd(19), V128),
  lt: onV128.binary(simd(67), V128),
  gt: onV128.binary(simd(68), V128),
  sqrt: onV128.unary(simd(227), V128),
  add: onV128.binary(simd(228), V128),
  sub: onV128.binary(simd(229), V128),
  mul: onV128.binary(simd(230), V128),
  div: onV128.binary(simd(231), V128),
  /** `a * b + c`, rounded once or twice. */
  relaxedMadd: ({ a, b, c }: Readonly<Record<"a" | "b" | "c", Value<V128>>>): Value<V128> => ({
    type: V128,
    code: [a.code, b.code, c.code, simd(0x105)],
  }),
  fromI32: onV128.unary(simd(250), V128),
  /** The two numbers of float64 in the lower lanes, and +0 in the upper ones. */
  fromF64Zero: onV128.unary(simd(94), V128),
} as const;

export const f64x2 = {
  splat: onF64.unary(simd(20), V128),
  extractLane: ({ value, lane }: Lane): Value<F64> => ({ type: F64, code: [value.code, simd(33), lane] }),
  eq: onV128.binary(simd(71), V128),
  ne: onV128.binary(simd(72), V128),
  lt: onV128.binary(simd(73), V128),
  gt: onV128.binary(simd(74), V128),
  sqrt: onV128.unary(simd(239), V128),
  add: onV128.binary(simd(240), V128),
  sub: onV128.binary(simd(241), V128),
  mul: onV128.binary(simd(242), V128),
  div: onV128.binary(simd(243), V128),
  fromI32Low: onV128.unary(simd(254), V128),
  fromF32Low: onV128.unary(simd(95), V128),
} as const;

/** Makes operations on values of a type; `type` is that of the result. */
function operandsOf<From extends ValueType>() {
  return {
    unary: <To extends ValueType>(opcode: Code, type: To) => (value: Value<From>): Value<To> => ({
      type,
      code: [value.code, opcode],
    }),
    binary: <To extends ValueType>(opcode: Code, type: To) =>
    (
      left: Value<From>,
      right: Value<From>,
    ): Value<To> => ({ type, code: [left.code, right.code, opcode] }),
  };
}

/** How memory is accessed. */
interface Access<T extends ValueType> {
  readonly type: T;
  /** Logarithm of the bytes that an address should be a multiple of. */
  readonly align: number;
}

function load<T extends ValueType>(opcode: Code, { type, align }: Access<T>) {
  return (from: Address): Value<T> => {
    const { address, offset } = placeOf(from);
    return { type, code: [address.code, opcode, align, unsigned(offset)] };
  };
}

function store<T extends ValueType>(opcode: Code, { align }: Access<T>) {
  return (to: Address, value: Value<T>): Code => {
    const { address, offset } = placeOf(to);
    return [address.code, value.code, opcode, align, unsigned(offset)];
  };
}

function laneStore(opcode: Code, access: Access<V128>) {
  return (to: Place, { value, lane }: Lane): Code => [store(opcode, access)(to, value), lane];
}

function placeOf(address: Address): Place {
  return "offset" in address ? address : at(address);
}

function simd(opcode: number): Code {
  return [0xfd, unsigned(opcode)];
}

function bytesOf(value: Float32Array | Float64Array): Code {
  return [...new Uint8Array(value.buffer)];
}
