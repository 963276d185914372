import { isMetricName, type MetricName, type TestMetricName } from "../../core/facts/metric.ts";

/** The content of the columns of a CSV file, by name: a type, a unit, and when it may be empty. */
export type Columns = Readonly<Record<string, string>>;

/** The columns of `trials.csv` without those of the axes, which follow the first. */
export const TRIALS_COLUMNS = {
  trial: "id of the trial",
  repeat: "whole number, 0 for the first",
  status: "`done`, `stopped` by a search, `diverged`, `failed` or `pending`",
  best_epoch:
    "the first epoch with the best validation accuracy, or selected metric; empty unless done or stopped",
  best_validation_accuracy: "of that epoch, a fraction; empty unless done or stopped, and for regression",
  train_accuracy:
    "fraction of at most 1,000 training rows, after the last epoch; empty where pending, and for regression",
  loss: "mean training loss of the last epoch, L2 penalty included; empty where there is none",
  test_accuracy:
    "fraction; empty but for the winner, for regression, and with folds but for fold 0: of the nets of all folds together",
  weights_sha256: "SHA-256 of the best epoch's weights; empty unless done or stopped",
  reason: "why the trial failed or diverged; empty otherwise",
} as const satisfies Columns;

/** The columns after them, each only in an experiment that uses what it says. */
export const MORE_TRIALS_COLUMNS = {
  stopped_after: "of a search: the epoch after which the trial did not go on; empty if it did",
} as const satisfies Columns;

/** The columns of `trials.csv` and `history.csv` behind those of each, in front of further metrics; only for regression. */
export const NUMBERS_COLUMNS = {
  train_rmse:
    "for regression: RMSE of a fixed sample of at most 1,000 training rows, in the unit of the target; in trials.csv after the last epoch",
} as const satisfies Columns;

/** The columns of `history.csv`, in their order. */
export const HISTORY_COLUMNS = {
  trial: "id of the trial",
  epoch: "whole number, 0 for the net before training",
  loss: "mean training loss over the epoch's steps, L2 penalty included; empty at epoch 0",
  train_accuracy: "fraction of a fixed sample of at most 1,000 training rows; empty for regression",
  validation_accuracy: "fraction of the validation split; empty for regression",
  learning_rate: "of the epoch's last step; at epoch 0 that of the first",
  weights_sha256: "SHA-256 of the weights that were measured after the epoch",
} as const satisfies Columns;

/** The last column of `trials.csv` and `history.csv`, only where the data have folds. */
export const FOLD_COLUMNS = {
  fold:
    "where the data have folds, the last column: the fold on which the trial was validated, 0 for the first",
} as const satisfies Columns;

/** The columns of `test_predictions.csv` where targets are predicted: a row per row of the test split and target. */
export const TARGET_PREDICTIONS_COLUMNS = {
  row: "number of the row in the test split, from 0",
  target: "its name",
  value: "what is true: a number in its own unit, or 0 or 1 for a label",
  predicted:
    "the predicted number to nine significant digits, or the sigmoid probability of the label to six",
} as const satisfies Columns;

/** The columns of `test_predictions.csv` of classes: a row per row of the test split. */
export const TEST_PREDICTIONS_COLUMNS = {
  row: "number of the row in the test split, from 0",
  class: "its class",
  predicted: "the class with the highest score",
  probability: "softmax probability of that class, to six significant digits",
} as const satisfies Columns;

/** The columns of `timings.csv`: a row per run of a trial. */
export const TIMINGS_COLUMNS = {
  trial: "id of the trial",
  seconds: "seconds from its start to its end, to a millisecond",
  worker: "number of the worker that ran it, from 0",
} as const satisfies Columns;

/** The columns of the output of `predict`. */
export const PREDICTION_COLUMNS = {
  file: "path of the file, as it was given",
  row: "number of the row, 1 for the first; 1 for a picture",
  class: "name of the class with the highest score",
  probability: "softmax probability of that class, from 0 to 1",
} as const satisfies Columns;

/** Returns the name of the column of a metric, such as `validation_macro_f1`. */
export function metricColumn(name: MetricName | TestMetricName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Returns the metric of a column, or null if it is another column. */
export function metricOfColumn(column: string): MetricName | null {
  const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return isMetricName(name) && metricColumn(name) === column ? name : null;
}

/** Returns the names of columns, in their order. */
export function columnNames<C extends Columns>(columns: C): readonly (keyof C & string)[] {
  return Object.keys(columns);
}
