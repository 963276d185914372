import { mcnemarTest } from "../../statistics/mcnemar_test.ts";
import { pValueText } from "../evidence/point_rows.ts";
import type { Results } from "../files/parse_results.ts";
import { readPredictions } from "../files/predictions_csv.ts";
import { COMMITTED } from "../files/result_files.ts";

/** Two winners on the same rows of the test split. */
export interface PredictionComparison {
  readonly rows: number;
  /** Rows on which the one before is right alone. */
  readonly onlyBefore: number;
  /** Rows on which the one after is right alone. */
  readonly onlyAfter: number;
  /** p-value of McNemar's exact test that both are right equally often. */
  readonly pValue: number;
}

/**
 * Compares the best repeats of two winners row by row; null if a side has no predictions of classes, or their rows differ.
 *
 * @throws {InputError} If a file of predictions is damaged.
 */
export function comparePredictions(
  before: Results,
  after: Results,
): PredictionComparison | null {
  if (before.predictions === null || after.predictions === null) return null;
  if (before.summary.dataDigest !== after.summary.dataDigest) return null;
  const [left, right] = [before, after].map(({ predictions, folder }) =>
    readPredictions(predictions!, { path: `${folder}/${COMMITTED.predictions.name}` })
  );
  if (left === null || right === null) return null;
  if (left.length !== right.length || left.some(({ label }, row) => label !== right[row].label)) return null;
  const onlyBefore = left.filter(({ isRight }, row) => isRight && !right[row].isRight).length;
  const onlyAfter = right.filter(({ isRight }, row) => isRight && !left[row].isRight).length;
  return {
    rows: left.length,
    onlyBefore,
    onlyAfter,
    pValue: mcnemarTest({ onlyLeft: onlyBefore, onlyRight: onlyAfter }),
  };
}

/** Returns a comparison of predictions as a sentence. */
export function predictionsText({ rows, onlyBefore, onlyAfter, pValue }: PredictionComparison): string {
  const p = pValueText(pValue);
  return `on the ${rows} test rows, the best repeat before is right alone on ${onlyBefore}, the one after on ` +
    `${onlyAfter} (McNemar's exact test, p ${p.startsWith("<") ? p : `= ${p}`})`;
}
