import type { ExperimentFacts, Summary } from "./summary.ts";

type SplitName = "train" | "validation" | "test";

/**
 * Returns the number of rows of a split, of all folds together, if all data sets of an experiment have the same; null if they differ, or where
 * the data of a summary do not say, as in a damaged file.
 */
export function splitRows(
  { data, datasets = [data] }: Pick<ExperimentFacts, "data" | "datasets">,
  split: SplitName,
): number | null {
  const [rows, ...others] = datasets.map((spec) => rowsOf(spec, split));
  return others.every((other) => other === rows) ? rows : null;
}

/** Returns the number of rows of a split of the winner's data; null where they do not say. */
export function winnerRows({ winner, experiment }: Summary, split: SplitName): number | null {
  return rowsOf(winner?.data ?? experiment.data, split);
}

/** Each row of the pool is validated once, by the net of one fold. */
function rowsOf(data: ExperimentFacts["data"], split: SplitName): number | null {
  const rows: unknown = split === "validation" && data.folds !== undefined
    ? data.train + data.validation
    : data[split];
  return typeof rows === "number" && rows >= 1 ? rows : null;
}
