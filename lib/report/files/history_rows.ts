import { InputError } from "../../core/check/errors.ts";
import type { MetricName, MetricValues } from "../../core/facts/metric.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { EpochEvent } from "../../experiment/trial/trial_event.ts";
import { type HISTORY_COLUMNS, metricColumn } from "./columns.ts";
import { type HistoryColumns, historyHead } from "./history_csv.ts";

/** The text of each trial's rows in a `history.csv`. */
export type History = ReadonlyMap<string, string>;

/** A row by the names of its columns, those of further metrics among them; an empty field is "". */
export type HistoryRow =
  & Readonly<Record<keyof typeof HISTORY_COLUMNS, string>>
  & Readonly<Record<string, string>>;

/** A `history.csv`; by default it has no further columns. */
export interface HistoryFile extends Partial<HistoryColumns> {
  /** Its path, for messages. */
  readonly path: string;
}

/**
 * Splits the text of a `history.csv` by trial without parsing the rows, so that a million equal rows cost only a
 * search for line ends.
 *
 * @throws {InputError} If the columns are wrong, the file is cut off, or the rows of a trial are not contiguous.
 */
export function indexHistory(text: string, { path, metrics = [], isFolded = false }: HistoryFile): History {
  const fail = (offset: number, found: string) => damage(path, { text, offset, found });
  const headEnd = text.indexOf("\n") + 1;
  if (text.slice(0, headEnd).trimEnd() !== historyHead({ metrics, isFolded }).join(",")) {
    throw fail(0, "other columns");
  }
  const history = new Map<string, string>();
  for (let start = headEnd; start < text.length;) {
    const trial = text.slice(start, text.indexOf(",", start));
    const prefix = `${trial},`;
    let end = start;
    while (text.startsWith(prefix, end)) {
      const lineEnd = text.indexOf("\n", end);
      if (lineEnd === -1) throw fail(end, "an incomplete row");
      end = lineEnd + 1;
    }
    if (end === start) throw fail(start, "a row without a trial");
    if (history.has(trial)) throw fail(start, `trial ${trial} again`);
    history.set(trial, text.slice(start, end));
    start = end;
  }
  return history;
}

/**
 * Parses the rows of one trial.
 *
 * @throws {InputError} If a row has a wrong number of fields, or a field is not the number that it must be.
 */
export function parseHistoryRows(
  rows: string,
  { path, metrics = [], isFolded = false }: HistoryFile,
): readonly HistoryRow[] {
  const names = historyHead({ metrics, isFolded });
  return rows.split("\n").slice(0, -1).map((line, epoch) => {
    const fields = line.trimEnd().split(",");
    const numbers = fields.filter((_, column) =>
      names[column] !== "trial" && names[column] !== "weights_sha256"
    );
    const isWhole = fields.length === names.length && fields[1] === String(epoch) &&
      numbers.every((field) => field === "" || Number.isFinite(Number(field)));
    if (!isWhole) {
      throw new InputError(
        `Cannot read ${path}: a row of trial ${fields[0]} must hold the numbers of epoch ${epoch}, ` +
          `found ${quoted(line.trimEnd())}`,
      );
    }
    return Object.fromEntries(names.map((name, column) => [name, fields[column]])) as HistoryRow;
  });
}

/** Returns what a row has of the training rows, and on validation besides the further metrics; no accuracies of numbers. */
export function usualOfRow(
  row: HistoryRow,
): Pick<EpochEvent, "trainAccuracy" | "trainRmse" | "validationAccuracy"> {
  if (row.train_rmse !== undefined) return { trainRmse: Number(row.train_rmse) };
  return { trainAccuracy: Number(row.train_accuracy), validationAccuracy: Number(row.validation_accuracy) };
}

/** Returns the further metrics of a row; no field if there are none. */
export function metricsOfRow(
  row: HistoryRow,
  metrics: readonly MetricName[],
): { readonly metrics?: MetricValues } {
  if (metrics.length === 0) return {};
  const values = metrics.map((name) => [name, row[metricColumn(name)]] as const).filter(([, text]) =>
    text !== ""
  );
  return { metrics: Object.fromEntries(values.map(([name, text]) => [name, Number(text)])) };
}

interface Damage {
  readonly text: string;
  readonly offset: number;
  readonly found: string;
}

function damage(path: string, { text, offset, found }: Damage): InputError {
  const line = text.slice(0, offset).split("\n").length;
  return new InputError(
    `Cannot read ${path}: line ${line} must continue the epochs of a trial, found ${found}`,
  );
}
