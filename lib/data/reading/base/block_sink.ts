/** Takes the decoded values of a table, a block of rows at a time. */
export interface BlockSink {
  /** The rows of a whole block. */
  readonly blockRows: number;
  /** The block to fill, column after column, `[columns, blockRows]`; another one after each {@link flush}. */
  readonly block: Float64Array;
  /** Takes the first rows of the block: all of them, but for the last block. */
  flush(rows: number): void;
}

/** Makes the sink of a number of columns; a second call drops what the first one took. */
export type MakeSink = (columns: number) => BlockSink;

/** The least values of a block, 8 MB, and the most. */
const [LEAST_VALUES, MOST_VALUES] = [1_048_576, 16_777_216];
/** Rows that a block has where the most values allow it, so that the pieces of a column are not too small. */
const FEW_ROWS = 1024;

/** Returns the rows of a block of a table. */
export function blockRowsOf(columns: number): number {
  const values = Math.min(Math.max(LEAST_VALUES, columns * FEW_ROWS), MOST_VALUES);
  return Math.max(1, Math.floor(values / Math.max(1, columns)));
}

/** Returns the first rows of a block's columns, side by side: `[columns, rows]`. */
export function firstRowsOf(
  block: Float64Array,
  { rows, blockRows }: { readonly rows: number; readonly blockRows: number },
): Float64Array {
  if (rows === blockRows) return block;
  const columns = block.length / blockRows;
  const part = new Float64Array(columns * rows);
  for (let column = 0; column < columns; column++) {
    const start = column * blockRows;
    part.set(block.subarray(start, start + rows), column * rows);
  }
  return part;
}

/** Keeps blocks in memory. */
export class MemorySink implements BlockSink {
  readonly blockRows: number;
  readonly #columns: number;
  readonly #blocks: Float64Array[] = [];
  #block: Float64Array;

  constructor(columns: number) {
    this.#columns = columns;
    this.blockRows = blockRowsOf(columns);
    this.#block = new Float64Array(columns * this.blockRows);
  }

  get block(): Float64Array {
    return this.#block;
  }

  flush(rows: number): void {
    this.#blocks.push(firstRowsOf(this.#block, { rows, blockRows: this.blockRows }));
    this.#block = new Float64Array(rows === this.blockRows ? this.#block.length : 0);
  }

  /** Returns a column, by its index. */
  column(index: number): Float64Array {
    const parts = this.#blocks.map((block) => {
      const rows = block.length / this.#columns;
      return block.subarray(index * rows, (index + 1) * rows);
    });
    const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  }
}
