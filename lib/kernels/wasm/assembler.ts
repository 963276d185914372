/** WebAssembly code: bytes, nested as they were put together. */
export type Code = readonly (number | Code)[];

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

/** A function under construction. */
export interface FunctionBuilder {
  /** The parameters, in order. */
  readonly params: readonly Local[];
  /** Adds a local variable, zero at the start. */
  local(type: ValueType): Local;
}

/** What a function takes and gives. */
export interface Signature {
  readonly params?: readonly ValueType[];
  readonly results?: readonly ValueType[];
}

/** A module under construction; it imports its memory as `env.memory`. */
export interface ModuleBuilder {
  /**
   * Adds a function and returns its index, for {@link call}. It is exported under `name` if that is given.
   */
  add(signature: Signature & { readonly name?: string }, body: (f: FunctionBuilder) => Code): number;
  /** Returns the module's binary. */
  build(options: { readonly minPages: number }): Uint8Array<ArrayBuffer>;
}

/** Starts a module. */
export function createModule(): ModuleBuilder {
  const types: Code[] = [];
  const functions: number[] = [];
  const exported: Code[] = [];
  const bodies: Code[] = [];
  const typeIndex = new Map<string, number>();
  return {
    add({ params = [], results = [], name }, body) {
      const key = `${params}>${results}`;
      if (!typeIndex.has(key)) {
        typeIndex.set(key, types.length);
        types.push([0x60, vector(params), vector(results)]);
      }
      const index = functions.length;
      functions.push(typeIndex.get(key)!);
      if (name !== undefined) exported.push([text(name), 0x00, unsigned(index)]);
      // A body may add functions that it calls; its own place is taken already.
      bodies[index] = functionBody(params, body);
      return index;
    },
    build({ minPages }) {
      // The limit of 65,536 pages says that the memory may grow to all that 32 bits address.
      const memory = [text("env"), text("memory"), 0x02, 0x01, unsigned(minPages), unsigned(65536)];
      const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
      const sections: Code = [
        section(1, vector(types)),
        section(2, vector([memory])),
        section(3, vector(functions.map(unsigned))),
        section(7, vector(exported)),
        section(10, vector(bodies)),
      ];
      return flatten([header, sections]);
    },
  };
}

/** Calls the function with an index that {@link ModuleBuilder.add} gave. */
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

/** Counts a local from its present value up to a limit in steps; the body runs at least once. */
export function countUp(
  counter: Local,
  { step, limit, body }: { step: number; limit: Code; body: Code },
): Code {
  const next = [counter.get, i32.const(step), i32.add, counter.tee];
  return repeat(body, [next, limit, i32.ltU]);
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

/** An access of memory; the stack holds the address, and under a store the value above it. */
const access = (opcode: Code, align: number) => (offset = 0): Code => [opcode, align, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value | 0)],
  load: access([0x28], 2),
  load8U: access([0x2d], 0),
  store: access([0x36], 2),
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  xor: [0x73],
  or: [0x72],
  shl: [0x74],
  shrS: [0x75],
  shrU: [0x76],
  rotl: [0x77],
  ltU: [0x49],
  eq: [0x46],
  eqz: [0x45],
  fromF64: [0xaa],
  fromI64: [0xa7],
} as const;

export const i64 = {
  const: (value: number): Code => [0x42, signed(value)],
  add: [0x7c],
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
  sub: [0x93],
  fromF64: [0xb6],
  fromU8: [0xb3],
} as const;

export const f64 = {
  const: (value: number): Code => [0x44, bytesOf(Float64Array.of(value))],
  load: access([0x2b], 3),
  store: access([0x39], 3),
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
  load32Zero: access(simd(92), 2),
  storeLane32: (offset: number, lane: number): Code => [simd(90), 2, unsigned(offset), lane],
  and: simd(78),
  andnot: simd(79),
  or: simd(80),
  xor: simd(81),
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
  splat: simd(18),
  add: simd(206),
  sub: simd(209),
  eq: simd(214),
} as const;

export const f32x4 = {
  splat: simd(19),
  extractLane: (lane: number): Code => [simd(31), lane],
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
  extractLane: (lane: number): Code => [simd(33), lane],
  eq: simd(71),
  ne: simd(72),
  gt: simd(74),
  add: simd(240),
  sub: simd(241),
  mul: simd(242),
  fromF32Low: simd(95),
} as const;

/** Flattens code to bytes. */
function flatten(code: Code): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(countBytes(code));
  let at = 0;
  const write = (part: Code) => {
    for (const item of part) {
      if (typeof item === "number") bytes[at++] = item;
      else write(item);
    }
  };
  write(code);
  return bytes;
}

function countBytes(code: Code): number {
  let count = 0;
  for (const item of code) count += typeof item === "number" ? 1 : countBytes(item);
  return count;
}

function functionBody(params: readonly ValueType[], body: (f: FunctionBuilder) => Code): Code {
  const locals: ValueType[] = [];
  const local = (index: number): Local => ({
    get: [0x20, unsigned(index)],
    set: [0x21, unsigned(index)],
    tee: [0x22, unsigned(index)],
  });
  const code = body({
    params: params.map((_, index) => local(index)),
    local: (type) => local(params.length + locals.push(type) - 1),
  });
  const content = [vector(locals.map((type) => [0x01, type])), code, 0x0b];
  return [unsigned(countBytes(content)), content];
}

function section(id: number, content: Code): Code {
  return [id, unsigned(countBytes(content)), content];
}

function vector(items: Code): Code {
  return [unsigned(items.length), items];
}

function text(value: string): Code {
  return vector([...new TextEncoder().encode(value)]);
}

function bytesOf(value: Float32Array | Float64Array): Code {
  return [...new Uint8Array(value.buffer)];
}

/** LEB128 of a number from 0 to 2^32 - 1. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 127) {
    bytes.push(rest & 127 | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** LEB128 of a signed 32-bit number. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -64 || rest > 63) {
    bytes.push(rest & 127 | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}
