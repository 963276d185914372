import { metricFacts, type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import { listed } from "../../core/text/listed.ts";
import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { valueOf } from "../../report/summary/metric.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import { trialName } from "../../report/summary/trial_name.ts";
import type { DataEvent, EndedEvent, PlannedEvent, RungEvent } from "../../runner/plan/run_event.ts";
import { shortText, textWidth } from "../terminal/text_width.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { pendingText } from "./group_text.ts";
import { valueText } from "./value_text.ts";

/** Returns what a run is about to do and why, as lines. */
export function plannedText(event: PlannedEvent): string {
  const { experiment, trials, finished, toRun } = event;
  return `${experiment}: ${counted(trials, "trial")}, ${finished} with a result, ${toRun.length} to run\n${
    pendingText(event)
  }`;
}

const MOST_EPOCHS = 4;

/** Returns which trials of a search go on. */
export function rungText({ toRun }: Pick<RungEvent, "toRun">): string {
  const epochs = [...new Set(toRun.map(plannedEpochs))].sort((left, right) => left - right);
  return `next rung: ${counted(toRun.length, "trial")} to epoch ${listed(epochs, { most: MOST_EPOCHS })}`;
}

/** Returns how much of the data is fetched or decoded. */
export function dataText({ label, done, total }: DataEvent): string {
  return total === null || total === 0 ? label : `${label}, ${Math.floor((100 * done) / total)} %`;
}

/** Returns a trial's point, its repeat if it is not the first, and its fold if it has one. */
export function trialText(trial: Pick<Trial, "point" | "repeat" | "fold">): string {
  return trialName(trial, { valueText });
}

/** A trial that ended, and the terminal that shows it. */
export interface EndedOptions {
  /** The trial's name. */
  readonly name: string;
  /** Columns of the terminal; null if it is none. */
  readonly columns: number | null;
  /** The metric that decides. Default: the validation accuracy. */
  readonly metric?: MetricName;
  /** What the line begins with. Default: nothing. */
  readonly head?: string;
}

/** With fewer columns for a name, a line is wrapped and the name stays whole. */
const LEAST_COLUMNS = 20;

/**
 * Returns how a trial ended, and on which machine unless on this one: numbers first, then the name, shortened in the
 * middle to fit. A trial without a result has its name first, since its reason may be long.
 */
export function endedText(
  { event, machine }: Omit<EndedEvent, "type" | "worker">,
  { name, columns, metric = USUAL_METRIC, head = "" }: EndedOptions,
): string {
  const place = machine === undefined ? "" : `, on ${machine}`;
  if (event.type !== "done" && event.type !== "stopped") {
    return wrapText(`${head}${name}: ${event.type}: ${event.reason}${place}`, { columns });
  }
  const written = metricFacts(metric);
  const what = metric === USUAL_METRIC ? "validation" : written.label;
  const value = valueOf(event, metric)!;
  const end = `${metricText(value, written)} ${what} at epoch ${event.bestEpoch}${place}`;
  const facts = `${head}${end}: `;
  const room = columns === null ? Infinity : columns - textWidth(facts);
  if (room < LEAST_COLUMNS) return wrapText(facts + name, { columns });
  return facts + shortText(name, { columns: room });
}
