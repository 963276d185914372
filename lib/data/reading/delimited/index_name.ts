/** The name of a first column that has none. */
const INDEX = "column1";

/**
 * Returns names with one for the first column if it has none: data frames are often saved with their index, whose column
 * pandas and R leave without a name.
 */
export function withIndexName(names: readonly string[]): readonly string[] {
  const [first = "", ...others] = names;
  return first.trim() === "" && others.length > 0 && !others.includes(INDEX) ? [INDEX, ...others] : names;
}
