/** Something that a net made of a row, and that is no finite number. */
export interface NotFinite {
  /** Where it stands in the batch, from 0. */
  readonly place: number;
  /** Such as "the score of class 2". */
  readonly what: string;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
}

/** The row that has no finite score. */
export interface NotFiniteRow {
  /** Its number in its split, from 0. */
  readonly row: number;
  /** What it is a row of, such as "the validation split". */
  readonly rows: string;
  /** See `Split`. */
  readonly lines?: Int32Array;
}

/** A net gave a row a score that is NaN or infinite: no class can be read from it. */
export class NotFiniteError extends Error {
  /** Its name, which errors are recognized by. */
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
