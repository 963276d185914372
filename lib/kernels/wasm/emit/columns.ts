import type { Code } from "./code.ts";
import type { Float } from "./float.ts";
import { advance, countUp, i32, type Local } from "./instructions.ts";

/** Some neighbouring columns of a matrix, handled in vectors. */
export interface ColumnGroup {
  readonly vectors: number;
  /** Columns that there are, at most what the vectors hold. */
  readonly columns: number;
}

export interface ColumnLoop {
  readonly float: Float;
  readonly columns: number;
  /** A local to count with. */
  readonly counter: Local;
  /** Addresses that move along with the columns. */
  readonly pointers: readonly Local[];
  readonly body: (group: ColumnGroup) => Code;
}

/** Handles columns four vectors at a time, and then those that are left at once. */
export function eachColumnGroup({ float, columns, counter, pointers, body }: ColumnLoop): Code {
  const { lanes } = float;
  const rest = columns % (4 * lanes);
  const full = columns - rest;
  const move = pointers.map((pointer) => advance(pointer, 64));
  const group = { vectors: 4, columns: 4 * lanes };
  return [
    [i32.const(0), counter.set],
    full === 0
      ? []
      : countUp(counter, { step: 4 * lanes, limit: i32.const(full), body: [body(group), move] }),
    rest === 0 ? [] : body({ vectors: Math.ceil(rest / lanes), columns: rest }),
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
