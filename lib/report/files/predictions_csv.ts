import { parse, stringify } from "@std/csv";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { Inspection } from "../../experiment/trial/inspection.ts";
import { columnNames, TEST_PREDICTIONS_COLUMNS } from "./columns.ts";

/**
 * Returns `test_predictions.csv`: a row for each row of the test split; null for an inspection without predictions.
 */
export function predictionsCsv({ predictions, classNames }: Inspection): string | null {
  if (predictions === undefined) return null;
  const { labels, predicted, probabilities } = predictions;
  return stringify([
    columnNames(TEST_PREDICTIONS_COLUMNS),
    ...labels.map((label, row) => [
      String(row),
      classNames[label],
      classNames[predicted[row]],
      formatFloat64(probabilities[row]),
    ]),
  ]).toWellFormed();
}

/** A row of {@link predictionsCsv}, as far as two nets are compared by it. */
export interface PredictedRow {
  /** Its class. */
  readonly label: string;
  readonly isRight: boolean;
}

/**
 * Reads a {@link predictionsCsv}.
 *
 * @param options.path The file, for messages.
 * @throws {InputError} If it is no such file.
 */
export function readPredictions(csv: string, { path }: { readonly path: string }): readonly PredictedRow[] {
  const problem = (found: string) =>
    new InputError(`Cannot read ${path}: it must be a table of a run's predictions, found ${found}`);
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(csv);
  } catch (error) {
    throw problem(messageOf(error));
  }
  const [head = [], ...found] = rows;
  const columns = columnNames(TEST_PREDICTIONS_COLUMNS);
  if (head.join() !== columns.join()) throw problem(`the columns ${head.join(", ") || "of an empty file"}`);
  return found.map((cells, index) => {
    const [row, label, predicted] = cells;
    if (cells.length !== columns.length || row !== String(index)) {
      throw problem(`line ${index + 2}: ${cells.join(",")}`);
    }
    return { label, isRight: label === predicted };
  });
}
