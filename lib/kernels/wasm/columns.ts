import type { Code } from "./code.ts";
import { advance, countUp, i32, type Local } from "./instructions.ts";

/** Some neighbouring columns of a matrix, handled in vectors of four. */
export interface ColumnGroup {
  readonly vectors: number;
  /** Columns that there are, at most four times the vectors. */
  readonly columns: number;
}

export interface ColumnLoop {
  readonly columns: number;
  /** A local to count with. */
  readonly counter: Local;
  /** Addresses that move along with the columns. */
  readonly pointers: readonly Local[];
  readonly body: (group: ColumnGroup) => Code;
}

/** Handles columns sixteen at a time, and then those that are left at once. */
export function eachColumnGroup({ columns, counter, pointers, body }: ColumnLoop): Code {
  const rest = columns % 16;
  const full = columns - rest;
  const move = pointers.map((pointer) => advance(pointer, 64));
  const group = { vectors: 4, columns: 16 };
  return [
    [i32.const(0), counter.set],
    full === 0 ? [] : countUp(counter, { step: 16, limit: i32.const(full), body: [body(group), move] }),
    rest === 0 ? [] : body({ vectors: Math.ceil(rest / 4), columns: rest }),
  ];
}

export interface RowLoop {
  readonly rows: number;
  /** A local to count with. */
  readonly counter: Local;
  /** Bytes from row to row. */
  readonly stride: number;
  /** Addresses that move along with the rows, each a copy of one that stays. */
  readonly pointers: readonly (readonly [moving: Local, start: Local])[];
  readonly body: Code;
}

/** Handles rows from the first to the last, one after the other. */
export function eachRow({ rows, counter, stride, pointers, body }: RowLoop): Code {
  return [
    pointers.map(([moving, start]) => [start.get, moving.set]),
    [i32.const(0), counter.set],
    countUp(counter, {
      step: 1,
      limit: i32.const(rows),
      body: [body, pointers.map(([moving]) => advance(moving, stride))],
    }),
  ];
}
