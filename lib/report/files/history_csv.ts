import { stringify } from "@std/csv";
import { measuresNumbers, type MetricName } from "../../core/facts/metric.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import type { EpochEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import { columnNames, FOLD_COLUMNS, HISTORY_COLUMNS, metricColumn, NUMBERS_COLUMNS } from "./columns.ts";

/**
 * Returns `history.csv`: a row per epoch, trials in grid order; epoch 0, before training, has no loss. The further metrics
 * of the trials have columns behind the others, and their fold the last one.
 */
export function historyCsv(grid: Grid, { events }: { readonly events: readonly TrialEvent[] }): string {
  const byTrial = Map.groupBy(events, ({ trial }) => trial);
  return [...historyParts(grid, { eventsOf: (trial) => byTrial.get(trial) ?? [] })].join("");
}

/**
 * Yields a {@link historyCsv} in parts, its head and then a part per trial, so that millions of rows need not be in
 * memory.
 */
export function* historyParts(
  grid: Grid,
  { eventsOf }: { readonly eventsOf: (trial: string) => readonly TrialEvent[] },
): Generator<string, void, void> {
  const fractionText = rememberTexts();
  const columns = columnsOfGrid(grid);
  const { metrics } = columns;
  yield stringify([historyHead(columns)]);
  for (const { id, fold } of grid.trials) {
    const foldText = fold === undefined ? [] : [String(fold)];
    const epochs = eventsOf(id).filter((event) => event.type === "epoch");
    yield stringify(
      epochs.sort((left, right) => left.epoch - right.epoch)
        .map((event) => [
          ...row(event, fractionText),
          ...numbersNames({ metrics }).map(() => fractionText(event.trainRmse)),
          ...metricTexts(event, metrics),
          ...foldText,
        ]),
    );
  }
}

/** What a `history.csv` has besides the columns that each has. */
export interface HistoryColumns {
  /** The further metrics. */
  readonly metrics: readonly MetricName[];
  /** Whether it has a column of folds. */
  readonly isFolded: boolean;
}

/** Returns the names of the columns of a `history.csv`. */
export function historyHead({ metrics, isFolded }: HistoryColumns): string[] {
  return [
    ...columnNames(HISTORY_COLUMNS),
    ...numbersNames({ metrics }),
    ...metrics.map(metricColumn),
    ...isFolded ? columnNames(FOLD_COLUMNS) : [],
  ];
}

function numbersNames(measured: Pick<HistoryColumns, "metrics">): readonly string[] {
  return measuresNumbers(measured) ? columnNames(NUMBERS_COLUMNS) : [];
}

/** Returns the further columns of an experiment. */
export function columnsOf(
  { metrics = [], data: { folds } }: Pick<ExperimentFacts, "metrics" | "data">,
): HistoryColumns {
  return { metrics, isFolded: folds !== undefined };
}

/** Returns the further columns of a grid: those of any of its trials. */
export function columnsOfGrid({ trials }: Pick<Grid, "trials">): HistoryColumns {
  return { metrics: trials[0]?.solver.metrics ?? [], isFolded: trials[0]?.fold !== undefined };
}

function metricTexts({ metrics: values = {} }: EpochEvent, metrics: readonly MetricName[]): string[] {
  return metrics.map((name) => {
    const value = values[name];
    return value === undefined ? "" : formatFloat64(value);
  });
}

/** Returns a function that caches the texts of numbers: accuracies have few distinct values. None is "". */
function rememberTexts(): (value: number | undefined) => string {
  const texts = new Map<number, string>();
  return (value) => {
    if (value === undefined) return "";
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = formatFloat64(value);
    texts.set(value, text);
    return text;
  };
}

function row(event: EpochEvent, fractionText: (value: number | undefined) => string): string[] {
  return [
    event.trial,
    String(event.epoch),
    event.loss === null ? "" : formatFloat64(event.loss),
    fractionText(event.trainAccuracy),
    fractionText(event.validationAccuracy),
    formatFloat64(event.learningRate),
    event.weightsSha256,
  ];
}
