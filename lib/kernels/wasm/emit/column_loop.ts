import type { FunctionBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { advance, countUp } from "./control.ts";
import { type I32, type Local, set, V128 } from "./expression.ts";
import type { Float } from "./float.ts";
import { i32 } from "./instructions.ts";
import { eachStep, type LoopVector } from "./vector_loop.ts";

/** Columns of a matrix, which are handled four vectors at a time, each over all rows. */
export interface ColumnLoop<Name extends string> {
  readonly float: Float;
  readonly columns: number;
  /** Counts the columns. */
  readonly counter: Local<I32>;
  /** Addresses that move along with the columns. */
  readonly pointers: readonly Local<I32>[];
  /** What each of the four vectors keeps, by name. */
  readonly locals: VectorLocals<Name>;
}

/** Locals of four vectors, by name. */
export type VectorLocals<Name extends string> = Readonly<Record<Name, readonly Local<V128>[]>>;

/** Emits a body for each vector of a group of columns, with the locals of that vector. */
export type EachVector<Name extends string> = (
  body: (vector: LoopVector & Readonly<Record<Name, Local<V128>>>) => Code,
) => Code;

/** Handles columns four vectors at a time, and then those that are left at once. */
export function eachColumnGroup<Name extends string>(
  { float, columns, counter, pointers, locals }: ColumnLoop<Name>,
  body: (each: EachVector<Name>) => Code,
): Code {
  const names = Object.keys(locals) as Name[];
  const localsOf = (index: number) =>
    Object.fromEntries(names.map((name) => [name, locals[name][index]])) as Record<Name, Local<V128>>;
  const loop = {
    ...{ float, counter, length: columns, step: 4 * float.lanes },
    next: pointers.map((pointer) => advance(pointer, 64)),
  };
  return [
    set(counter, i32.const(0)),
    eachStep(
      loop,
      (vectors) =>
        body((ofVector) => vectors.map((vector) => ofVector({ ...vector, ...localsOf(vector.index) }))),
    ),
  ];
}

/** Adds a local for each name and each of the four vectors. */
export function vectorLocals<const Name extends string>(
  f: FunctionBuilder,
  names: readonly Name[],
): VectorLocals<Name> {
  return Object.fromEntries(names.map((name) => [name, f.list(4, V128)])) as VectorLocals<Name>;
}

/** Rows of a matrix. */
export interface RowLoop {
  readonly rows: number;
  /** Counts the rows. */
  readonly counter: Local<I32>;
  /** Bytes from row to row. */
  readonly stride: number;
  /** Addresses that move along with the rows, and where they start. */
  readonly pointers: readonly (readonly [moving: Local<I32>, start: Local<I32>])[];
}

/** Handles rows from the first to the last, one after the other. */
export function eachRow({ rows, counter, stride, pointers }: RowLoop, body: Code): Code {
  const next = pointers.map(([moving]) => advance(moving, stride));
  return [
    pointers.map(([moving, start]) => set(moving, start)),
    set(counter, i32.const(0)),
    countUp(counter, { step: 1, limit: i32.const(rows), body: [body, next] }),
  ];
}
