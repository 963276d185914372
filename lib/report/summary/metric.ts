import { percent } from "./percent.ts";

/** A measurement of a trial at each epoch. */
export interface Metric {
  /** The field of a curve that holds it. */
  readonly name: "validationAccuracy" | "trainAccuracy" | "loss";
  /** Its name for readers. */
  readonly label: string;
  readonly higherIsBetter: boolean;
  /** How its values are written; those written in percent are fractions from 0 to 1. */
  readonly format: "percent" | "number";
}

/** The metrics of a report, the one that decides the winner first. */
export const METRICS: readonly Metric[] = [
  { name: "validationAccuracy", label: "validation accuracy", higherIsBetter: true, format: "percent" },
  { name: "trainAccuracy", label: "training accuracy", higherIsBetter: true, format: "percent" },
  { name: "loss", label: "training loss", higherIsBetter: false, format: "number" },
];

/** The metric whose best value over the epochs chooses a trial's epoch and the winner. */
export const DECIDING_METRIC: Metric = METRICS[0];

/** Returns a value of a metric as text: percent with two decimals, or four significant digits. */
export function metricText(value: number, { format }: Pick<Metric, "format">): string {
  return format === "percent" ? percent(value) : value.toPrecision(4);
}
