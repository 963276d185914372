/** A line that differs between two texts. */
export interface Difference {
  /** Name of the file. */
  readonly file: string;
  /** The line in the committed file, or null if there is none. */
  readonly committed: string | null;
  /** The current line, or null if there is none. */
  readonly found: string | null;
}

/** Returns the lines that differ between two lists. */
export function differentLines(
  committed: readonly string[],
  { found, file }: { readonly found: readonly string[]; readonly file: string },
): readonly Difference[] {
  const count = Math.max(committed.length, found.length);
  return Array.from({ length: count }, (_, i) => ({
    file,
    committed: committed[i] ?? null,
    found: found[i] ?? null,
  })).filter((line) => line.committed !== line.found);
}

/** Returns the lines of a CSV text whose first field is one of the trials. */
export function rowsOf(csv: string, trials: ReadonlySet<string>): readonly string[] {
  return csv.split("\n").filter((line) => trials.has(line.slice(0, line.indexOf(","))));
}
