import { stringify } from "@std/csv";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import type { EpochEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import { columnNames, HISTORY_COLUMNS } from "./columns.ts";

/** Returns `history.csv`: a row per epoch, trials in grid order; epoch 0, before training, has no loss. */
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
  yield stringify([[...columnNames(HISTORY_COLUMNS)]]);
  for (const { id } of grid.trials) {
    const epochs = eventsOf(id).filter((event) => event.type === "epoch");
    yield stringify(
      epochs.sort((left, right) => left.epoch - right.epoch).map((event) => row(event, fractionText)),
    );
  }
}

/** Returns a function that caches the texts of numbers: accuracies have few distinct values. */
function rememberTexts(): (value: number) => string {
  const texts = new Map<number, string>();
  return (value) => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = formatFloat64(value);
    texts.set(value, text);
    return text;
  };
}

function row(event: EpochEvent, fractionText: (value: number) => string): string[] {
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
