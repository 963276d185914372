import type { ExperimentFacts } from "./summary.ts";

/** Returns the number of rows of a split; null where the data of a summary do not say, as in a damaged file. */
export function splitRows(
  { data }: Pick<ExperimentFacts, "data">,
  split: "train" | "validation" | "test",
): number | null {
  const rows: unknown = data[split];
  return typeof rows === "number" && rows >= 1 ? rows : null;
}
