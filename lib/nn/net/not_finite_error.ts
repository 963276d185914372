/** A value that a net computed from a row and that is not finite. */
export interface NotFinite {
  /** The row's position in the batch, from 0. */
  readonly place: number;
  /** Such as "the score of class 2". */
  readonly what: string;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
}

/** The location of a row without finite scores. */
export interface NotFiniteRow {
  /** Its number in its split, from 0. */
  readonly row: number;
  /** The name of its split, such as "the validation split". */
  readonly rows: string;
  /** See `Split`. */
  readonly lines?: Int32Array;
}

/** A net computed a score of NaN or infinity for a row, so that it predicts no class. */
export class NotFiniteError extends Error {
  /** Identifies the error, also across copies of this module. */
  override readonly name = "NotFiniteError";
  /** The row's number in its split, from 0. */
  readonly row: number;
  /** Such as "the score of class 2 is NaN". */
  readonly found: string;

  /** Makes the error of a row. */
  constructor({ what, value }: NotFinite, { row, rows, lines }: NotFiniteRow) {
    const line = lines === undefined ? "" : ` (line ${lines[row]} of its file)`;
    super(`${what} is ${value} for row ${row} of ${rows}${line}`);
    this.row = row;
    this.found = `${what} is ${value}`;
  }
}
