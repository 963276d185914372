/** What is in a file of a table. */
export type TableKind = "text" | "parquet" | "json";

/** The endings of tables, for messages. */
export const ENDINGS = ".csv, .tsv, .txt or .data (each also with .gz), .parquet or .json";

/** Returns what a file holds, by the end of its name; null if that says nothing. */
export function kindOf(name: string): TableKind | null {
  const lower = name.toLowerCase();
  if (/\.(csv|tsv|txt|data)(\.gz)?$/.test(lower)) return "text";
  if (lower.endsWith(".parquet")) return "parquet";
  return lower.endsWith(".json") ? "json" : null;
}
