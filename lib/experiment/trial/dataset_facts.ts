import type { Dataset } from "../../data/base/dataset.ts";
import type { Preparation } from "../../data/base/preparation.ts";
import type { Targets } from "../../data/base/targets.ts";
import type { RowCounts } from "../../data/splits/split_sizes.ts";

export type { Preparation };

/** What is known of a data set once it is loaded, for readers of results: plain JSON. */
export interface DatasetFacts {
  /** SHA-256 of the data set. */
  readonly dataDigest: string;
  /** Rows of each split. */
  readonly rows: RowCounts;
  /** The classes in their order. */
  readonly classNames: readonly string[];
  /** What rows have instead of a class, with the scales of the training split; omitted if they have classes. */
  readonly targets?: Targets;
  /** How the columns of a table became features, learned on the training split; with folds, on that of each fold. */
  readonly preparations: readonly Preparation[];
}

/** Returns the facts of a data set; null if it is no table, whose declaration says all of them. */
export function datasetFacts(
  dataset: Dataset,
  { dataDigest }: Pick<DatasetFacts, "dataDigest">,
): DatasetFacts | null {
  const { preparation, raw, train, validation, test, classNames, targets } = dataset;
  if (preparation === undefined) return null;
  return {
    dataDigest,
    rows: { train: train.n, validation: validation.n, test: test.n },
    classNames,
    ...targets === undefined ? {} : { targets },
    preparations: raw?.preparations ?? [preparation],
  };
}
