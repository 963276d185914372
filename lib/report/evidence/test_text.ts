import type { CalibrationBin } from "../../statistics/calibration.ts";
import { wilsonInterval } from "../../statistics/wilson_interval.ts";
import { selectedMetric, testedMetric } from "../summary/metric.ts";
import { sizeText, unitText } from "../summary/metric_text.ts";
import { percent, points, roundedPercent } from "../summary/percent.ts";
import type { Spread, Summary } from "../summary/summary.ts";
import type { TextTable } from "../summary/text_table.ts";
import type { SelectionOptimism } from "./selection_optimism.ts";
import type { TestEvidence } from "./test_evidence.ts";

/** Returns the Wilson interval of an accuracy on the rows of a split; empty where their number is not known. */
export function rowsText({ mean }: Pick<Spread, "mean">, rows: number | null): string {
  if (rows === null) return "";
  const { low, high } = wilsonInterval({ count: mean * rows, rows });
  return `${percent(low)} to ${percent(high)} (Wilson, ${rows} rows)`;
}

/** Returns a sentence on what the choice among many points does to the winner's value of the metric; null if nothing. */
export function optimismText(
  optimism: SelectionOptimism | null,
  { winner, experiment }: Summary,
): string | null {
  if (optimism === null || winner === null) return null;
  const { points: count, gain, from } = optimism;
  const metric = selectedMetric(experiment);
  const move = metric.higherIsBetter ? "raise" : "lower";
  const limit = from === "rows" ? "at most about" : "about";
  return `The winner was chosen as the best of ${count} points: if all were equally good, the choice alone would ${move} ` +
    `its ${metric.label} by ${limit} ${sizeText(gain, metric)}${unitText(metric)}. ` +
    `Its ${testedMetric(experiment).label} was not chosen and has no such gain.`;
}

/** Returns a sentence on whether the winner's probabilities are right; null if they are not known. */
export function calibrationText({ calibration }: TestEvidence): string | null {
  if (calibration === null) return null;
  const rows = calibration.bins.reduce((sum, bin) => sum + bin.rows, 0);
  const sum = (value: (bin: CalibrationBin) => number | null) =>
    calibration.bins.reduce((total, bin) => total + bin.rows * (value(bin) ?? 0), 0) / rows;
  const confidence = sum(({ meanProbability }) => meanProbability);
  const accuracy = sum(({ accuracy }) => accuracy);
  const kind = Math.abs(confidence - accuracy) < EVEN
    ? ""
    : confidence > accuracy
    ? "the net is too sure: "
    : "the net is too unsure: ";
  return `Calibration: ${kind}it gives its predictions ${roundedPercent(confidence)} on average, and ` +
    `${roundedPercent(accuracy)} of them are right. Over ten bins of probability, the two differ by ` +
    `${points(calibration.expectedError)} points (expected calibration error).`;
}

const EVEN = 0.005;

/** Returns recall, precision and support of each class as a table. */
export function classTable({ classes }: TestEvidence): TextTable {
  const share = (fraction: number | null) => fraction === null ? "no row" : roundedPercent(fraction);
  return {
    head: ["class", "recall", "precision", "rows"],
    rows: classes.map(({ name, recall, precision, support }) => [
      name,
      share(recall),
      share(precision),
      String(support),
    ]),
  };
}

/** Returns the bins of the calibration that have rows as a table. */
export function calibrationTable({ calibration }: TestEvidence): TextTable {
  return {
    head: ["probability of the prediction", "rows", "mean probability", "right"],
    rows: (calibration?.bins ?? []).filter(({ rows }) => rows > 0).map((bin) => [
      `${(100 * bin.low).toFixed(0)} to ${(100 * bin.high).toFixed(0)} %`,
      String(bin.rows),
      roundedPercent(bin.meanProbability!),
      roundedPercent(bin.accuracy!),
    ]),
  };
}
