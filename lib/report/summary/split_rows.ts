import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import type { DatasetFacts } from "../../experiment/trial/dataset_facts.ts";
import type { ExperimentFacts, Summary } from "./summary.ts";

type SplitName = "train" | "validation" | "test";

/** What the number of rows of a split is known from. */
export type SplitSource = Pick<Summary, "datasets"> & {
  readonly experiment: Pick<ExperimentFacts, "data" | "datasets">;
};

/**
 * Returns the number of rows of a split, of all folds together, if all data sets of an experiment have the same; null if they
 * differ, or where the data of a summary do not say, as in a damaged file.
 */
export function splitRows(source: SplitSource, split: SplitName): number | null {
  const [rows, ...others] = allSplitRows(source, split);
  return others.every((other) => other === rows) ? rows : null;
}

/** Returns the number of rows of a split of each data set. */
export function allSplitRows(
  { experiment: { data, datasets = [data] }, datasets: facts = [] }: SplitSource,
  split: SplitName,
): readonly (number | null)[] {
  return datasets.map((spec, index) => rowsOf(spec, { split, facts: factsAt(index, { datasets, facts }) }));
}

/** Returns the number of rows of a split of the winner's data; null where they do not say. */
export function winnerRows(
  { winner, experiment, datasets: facts = [] }: Summary,
  split: SplitName,
): number | null {
  const { data, datasets = [data] } = experiment;
  const own = winner?.data ?? data;
  const text = canonicalJson(own as unknown as Json);
  const index = datasets.findIndex((spec) => canonicalJson(spec as unknown as Json) === text);
  return rowsOf(own, { split, facts: factsAt(index, { datasets, facts }) });
}

interface KnownFacts {
  readonly datasets: readonly ExperimentFacts["data"][];
  readonly facts: readonly DatasetFacts[];
}

/** Facts are those of tables, in the order of the data sets. */
function factsAt(index: number, { datasets, facts }: KnownFacts): DatasetFacts | undefined {
  const tables = datasets.slice(0, index + 1).filter(({ kind }) => kind === "table");
  return datasets[index]?.kind === "table" ? facts[tables.length - 1] : undefined;
}

interface RowsOptions {
  readonly split: SplitName;
  /** Of a table. */
  readonly facts: DatasetFacts | undefined;
}

/** Each row of the pool is validated once, by the net of one fold. */
function rowsOf(data: ExperimentFacts["data"], { split, facts }: RowsOptions): number | null {
  if (data.kind === "table" && facts === undefined) return null;
  const sizes: Readonly<Record<SplitName, unknown>> = data.kind === "table" ? facts!.rows : data;
  const rows = split === "validation" && data.folds !== undefined
    ? Number(sizes.train) + Number(sizes.validation)
    : sizes[split];
  return typeof rows === "number" && rows >= 1 ? rows : null;
}
