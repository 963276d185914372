/** A general register by its number in the encoding. */
export const REGISTERS = {
  rax: 0,
  rcx: 1,
  rdx: 2,
  rbx: 3,
  rbp: 5,
  rsi: 6,
  rdi: 7,
  r8: 8,
  r9: 9,
  r10: 10,
  r11: 11,
  r12: 12,
  r13: 13,
  r14: 14,
  r15: 15,
} as const;

/** Name of a general register. */
export type Register = keyof typeof REGISTERS;

/** A place in memory: what a register holds, plus bytes. */
export interface Memory {
  readonly base: Register;
  readonly offset: number;
}

/** Writes x86-64 machine code, as much of it as the kernels need. Offsets and constants take 32 bits each. */
export interface Assembler {
  /** The code so far. */
  bytes(): Uint8Array;
  /** Offset of the next instruction, in bytes. */
  here(): number;
  /** Appends bytes as they are. */
  raw(...bytes: readonly number[]): void;
  /** Appends a constant of 32 bits. */
  constant(value: number): void;
  move(to: Register, from: Register): void;
  moveConstant(to: Register, value: number): void;
  /** Loads 64 bits. */
  load(to: Register, from: Memory): void;
  /** Loads 32 bits, the upper half zero. */
  load32(to: Register, from: Memory): void;
  /** Stores 64 bits. */
  store(to: Memory, from: Register): void;
  /** Stores the lower 32 bits. */
  store32(to: Memory, from: Register): void;
  add(to: Register, from: Register): void;
  addConstant(to: Register, value: number): void;
  multiplyConstant(to: Register, value: number): void;
  /** Repeats what the body emits; the register counts down from what it holds, which is at least 1. */
  loop(counter: Register, body: () => void): void;
  /** Repeats what the body emits; the register counts down from `times`, which is at least 1. */
  repeat(counter: Register, times: number, body: () => void): void;
  push(register: Register): void;
  pop(register: Register): void;
  return(): void;
}

/** Starts with no code. */
export function createAssembler(): Assembler {
  const code: number[] = [];
  const raw = (...bytes: readonly number[]) => void code.push(...bytes);
  const constant = (value: number) => {
    if (!Number.isInteger(value) || Math.abs(value) > 0x7fffffff) {
      throw new RangeError(`Cannot encode a constant: it must fit 32 bits, found ${value}`);
    }
    raw(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255);
  };
  const memory = (opcode: number, { register, at, isWide }: MemoryOperand) => {
    const [reg, base] = [REGISTERS[register], REGISTERS[at.base]];
    raw((isWide ? 0x48 : 0x40) | ((reg >> 3) << 2) | (base >> 3), opcode);
    raw(...addressBytes(reg, base));
    constant(at.offset);
  };
  const registers = (opcode: number, to: Register, from: Register) => {
    const [rm, reg] = [REGISTERS[to], REGISTERS[from]];
    raw(0x48 | ((reg >> 3) << 2) | (rm >> 3), opcode, 0xc0 | ((reg & 7) << 3) | (rm & 7));
  };
  const withConstant = (opcode: number, to: Register, value: number) => {
    raw(0x48 | (REGISTERS[to] >> 3), opcode, 0xc0 | (REGISTERS[to] & 7));
    constant(value);
  };
  const short = (opcode: number, register: Register) => {
    const number = REGISTERS[register];
    raw(...number < 8 ? [] : [0x41], opcode | (number & 7));
  };
  const moveConstant = (to: Register, value: number) => withConstant(0xc7, to, value);
  const loop = (counter: Register, body: () => void) => {
    const start = code.length;
    body();
    const number = REGISTERS[counter];
    raw(0x48 | (number >> 3), 0xff, 0xc8 | (number & 7), 0x0f, 0x85);
    constant(start - (code.length + 4));
  };
  return {
    bytes: () => Uint8Array.from(code),
    here: () => code.length,
    raw,
    constant,
    move: (to, from) => registers(0x89, to, from),
    moveConstant,
    load: (to, at) => memory(0x8b, { register: to, at, isWide: true }),
    load32: (to, at) => memory(0x8b, { register: to, at, isWide: false }),
    store: (at, from) => memory(0x89, { register: from, at, isWide: true }),
    store32: (at, from) => memory(0x89, { register: from, at, isWide: false }),
    add: (to, from) => registers(0x01, to, from),
    addConstant: (to, value) => value === 0 ? undefined : withConstant(0x81, to, value),
    multiplyConstant(to, value) {
      const number = REGISTERS[to];
      raw(0x48 | ((number >> 3) << 2) | (number >> 3), 0x69, 0xc0 | ((number & 7) << 3) | (number & 7));
      constant(value);
    },
    loop,
    repeat(counter, times, body) {
      moveConstant(counter, times);
      loop(counter, body);
    },
    push: (register) => short(0x50, register),
    pop: (register) => short(0x58, register),
    return: () => raw(0xc3),
  };
}

interface MemoryOperand {
  readonly register: Register;
  readonly at: Memory;
  readonly isWide: boolean;
}

/** Returns the bytes of a register and a place with an offset of 32 bits: ModRM, and SIB where r12 or rsp is the base. */
export function addressBytes(register: number, base: number): readonly number[] {
  const modrm = 0x80 | ((register & 7) << 3) | (base & 7);
  return (base & 7) === 4 ? [modrm, 0x24] : [modrm];
}
