import { type Code, signed, unsigned } from "./code.ts";

/** A value type, by its byte. */
export type ValueType = typeof I32 | typeof I64 | typeof F32 | typeof F64 | typeof V128;

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** A local variable or parameter of a function. */
export interface Local {
  readonly get: Code;
  /** Takes a value from the stack. */
  readonly set: Code;
  /** Takes a value from the stack and leaves it there. */
  readonly tee: Code;
}

/** Calls the function with an index that `ModuleBuilder.add` gave. */
export function call(index: number): Code {
  return [0x10, unsigned(index)];
}

/** Repeats a body while the condition, an i32 left on the stack after it, is not 0. */
export function repeat(body: Code, condition: Code): Code {
  return [0x03, 0x40, body, condition, 0x0d, 0x00, 0x0b];
}

/** Runs a body if the condition is not 0. */
export function when(condition: Code, body: Code): Code {
  return [condition, 0x04, 0x40, body, 0x0b];
}

/** Leaves one value of a type on the stack or another, by the condition. */
export function choose(condition: Code, options: { type: ValueType; then: Code; otherwise: Code }): Code {
  return [condition, 0x04, options.type, options.then, 0x05, options.otherwise, 0x0b];
}

/** Leaves the function with the value on the stack. */
export const leave: Code = [0x0f];

/** Counts a local from its present value up to a limit in steps; the body runs at least once. */
export function countUp(
  counter: Local,
  { step, limit, body }: { step: number; limit: Code; body: Code },
): Code {
  const next = [counter.get, i32.const(step), i32.add, counter.tee];
  return repeat(body, [next, limit, i32.ltU]);
}

/** Adds a number of bytes to an address. */
export function advance(address: Local, bytes: number): Code {
  return [address.get, i32.const(bytes), i32.add, address.set];
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

/** An access of memory; the stack holds the address, and under a store the value above it. */
const access = (opcode: Code, align: number) => (offset = 0): Code => [opcode, align, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value | 0)],
  load: access([0x28], 2),
  store: access([0x36], 2),
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  xor: [0x73],
  shl: [0x74],
  shrS: [0x75],
  shrU: [0x76],
  rotl: [0x77],
  ltU: [0x49],
  eq: [0x46],
  fromF64: [0xaa],
  fromI64: [0xa7],
} as const;

export const i64 = {
  const: (value: number): Code => [0x42, signed(value)],
  sub: [0x7d],
  shl: [0x86],
  shrU: [0x88],
  fromI32: [0xac],
  fromF64Bits: [0xbd],
} as const;

export const f32 = {
  const: (value: number): Code => [0x43, bytesOf(Float32Array.of(value))],
  load: access([0x2a], 2),
  store: access([0x38], 2),
  gt: [0x5e],
  fromF64: [0xb6],
} as const;

export const f64 = {
  const: (value: number): Code => [0x44, bytesOf(Float64Array.of(value))],
  load: access([0x2b], 3),
  store: access([0x39], 3),
  eq: [0x61],
  ne: [0x62],
  lt: [0x63],
  gt: [0x64],
  add: [0xa0],
  sub: [0xa1],
  mul: [0xa2],
  div: [0xa3],
  fromF32: [0xbb],
  fromI32: [0xb7],
  fromU32: [0xb8],
  fromI64Bits: [0xbf],
} as const;

/** Takes the first of two values if the i32 above them is not 0, else the second. */
export const select: Code = [0x1b];

export const v128 = {
  const: (bytes: readonly number[]): Code => [simd(12), bytes],
  load: access(simd(0), 4),
  store: access(simd(11), 4),
  load8x8U: access(simd(2), 3),
  load32Splat: access(simd(9), 2),
  load64Splat: access(simd(10), 3),
  storeLane32: (offset: number, lane: number): Code => [simd(90), 2, unsigned(offset), lane],
  storeLane64: (offset: number, lane: number): Code => [simd(91), 3, unsigned(offset), lane],
  and: simd(78),
  andnot: simd(79),
  or: simd(80),
  bitselect: simd(82),
  anyTrue: simd(83),
} as const;

export const i8x16 = {
  /** Picks 16 of the 32 bytes of two vectors. */
  shuffle: (lanes: readonly number[]): Code => [simd(13), lanes],
} as const;

export const i32x4 = {
  lowFromU16: simd(169),
  highFromU16: simd(170),
} as const;

export const i64x2 = {
  add: simd(206),
  sub: simd(209),
  eq: simd(214),
} as const;

export const f32x4 = {
  splat: simd(19),
  lt: simd(67),
  gt: simd(68),
  sqrt: simd(227),
  add: simd(228),
  sub: simd(229),
  mul: simd(230),
  div: simd(231),
  relaxedMadd: simd(0x105),
  fromI32: simd(250),
  fromF64Zero: simd(94),
} as const;

export const f64x2 = {
  splat: simd(20),
  extractLane: (lane: number): Code => [simd(33), lane],
  eq: simd(71),
  ne: simd(72),
  lt: simd(73),
  gt: simd(74),
  sqrt: simd(239),
  add: simd(240),
  sub: simd(241),
  mul: simd(242),
  div: simd(243),
  fromI32Low: simd(254),
  fromF32Low: simd(95),
} as const;

function bytesOf(value: Float32Array | Float64Array): Code {
  return [...new Uint8Array(value.buffer)];
}
