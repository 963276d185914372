import { parse, stringify } from "@std/csv";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { Inspection, TargetInspection } from "../../experiment/trial/inspection.ts";
import { columnNames, TARGET_PREDICTIONS_COLUMNS, TEST_PREDICTIONS_COLUMNS } from "./columns.ts";

/**
 * Returns `test_predictions.csv`: a row for each row of the test split, or for each target of each; null for an inspection
 * without predictions.
 */
export function predictionsCsv({ predictions, classNames, targets }: Inspection): string | null {
  if (targets !== undefined) return targetsCsv(targets);
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

function targetsCsv({ names, predictions }: TargetInspection): string | null {
  if (predictions === undefined) return null;
  const [{ values: { length } }] = predictions;
  const rows = Array.from({ length }, (_, row) =>
    names.map((name, target) => [
      String(row),
      name,
      formatFloat64(predictions[target].values[row]),
      formatFloat64(predictions[target].predicted[row]),
    ]));
  return stringify([columnNames(TARGET_PREDICTIONS_COLUMNS), ...rows.flat()]).toWellFormed();
}

/** A row of {@link predictionsCsv}, as far as two nets are compared by it. */
export interface PredictedRow {
  /** Its class. */
  readonly label: string;
  readonly isRight: boolean;
}

/**
 * Reads a {@link predictionsCsv} of classes; null if it is of targets.
 *
 * @param options.path The file, for messages.
 * @throws {InputError} If it is no such file.
 */
export function readPredictions(
  csv: string,
  { path }: { readonly path: string },
): readonly PredictedRow[] | null {
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
  if (head.join() === columnNames(TARGET_PREDICTIONS_COLUMNS).join()) return null;
  if (head.join() !== columns.join()) throw problem(`the columns ${head.join(", ") || "of an empty file"}`);
  return found.map((cells, index) => {
    const [row, label, predicted] = cells;
    if (cells.length !== columns.length || row !== String(index)) {
      throw problem(`line ${index + 2}: ${cells.join(",")}`);
    }
    return { label, isRight: label === predicted };
  });
}
