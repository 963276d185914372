/** The lines of rows as runs of rows whose lines follow each other: most files have one run. */
export class LineRuns {
  /** The first row of each run and its line. */
  #runs = new Int32Array(2);
  #length = 0;

  /** Adds the line of the next row. */
  add(row: number, line: number): void {
    const last = this.#length - 2;
    if (last >= 0 && this.#runs[last + 1] - this.#runs[last] === line - row) return;
    if (this.#length === this.#runs.length) {
      const runs = new Int32Array(2 * this.#runs.length);
      runs.set(this.#runs);
      this.#runs = runs;
    }
    this.#runs[this.#length++] = row;
    this.#runs[this.#length++] = line;
  }

  /** Returns the runs, first row and line of each. */
  get pairs(): Int32Array {
    return this.#runs.subarray(0, this.#length);
  }
}

/** Returns the line of a row, of the runs of {@link LineRuns}. */
export function lineOf(row: number, pairs: Int32Array): number {
  let [low, high] = [0, pairs.length / 2 - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pairs[2 * middle] <= row) low = middle;
    else high = middle - 1;
  }
  return pairs[2 * low + 1] + row - pairs[2 * low];
}
