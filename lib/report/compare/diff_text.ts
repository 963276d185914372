import type { Results } from "../files/parse_results.ts";
import { selectedMetric, valueOf } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import { trialName } from "../summary/trial_name.ts";
import { changeText, partingText, winnerText } from "./change_text.ts";
import { comparePredictions, predictionsText } from "./compare_predictions.ts";
import { epochDifferences } from "./compare_results.ts";
import type { Comparison, TrialComparison } from "./comparison.ts";
import { verdictsText } from "./verdicts_text.ts";

/** Options of {@link diffText}. */
export interface DiffTextOptions {
  readonly before: Results;
  readonly after: Results;
  /** The most trials whose epochs are shown. Default: 3. */
  readonly mostTrials?: number;
}

/**
 * Returns the differences of two results: the declaration, each trial that differs, and the epochs of the first few.
 */
export function diffText(comparison: Comparison, { before, after, mostTrials = 3 }: DiffTextOptions): string {
  const different = comparison.trials.filter(({ verdict }) => verdict !== "same");
  const winner = winnerText(comparison);
  const predictions = comparePredictions(before, after);
  return [
    `${comparison.experiment}: ${before.folder} and ${after.folder}: ${verdictsText(comparison)}`,
    ...comparison.changes.map((change) => `  declared  ${changeText(change)}`),
    ...winner === null ? [] : [`  ${winner}`],
    ...predictions === null ? [] : [`  ${predictionsText(predictions)}`],
    ...different.map((trial) => `  ${trialLine(trial, after)}`),
    ...different.filter(({ parting }) => parting !== null).slice(0, mostTrials).flatMap((trial) => [
      `\n  epochs of ${trialName(trial)}`,
      ...epochDifferences(trial, { before, after }).map(({ epoch, fields }) =>
        `    ${epoch}: ${fields.map(changeText).join(", ")}`
      ),
    ]),
    "",
  ].join("\n");
}

function trialLine(trial: TrialComparison, { summary }: Results): string {
  const { baseline, current, parting } = trial;
  const metric = selectedMetric(summary.experiment);
  const text = (side: typeof current) => {
    if (side === null) return "absent";
    const value = valueOf(side, metric.name);
    return value === null ? side.status : metricText(value, metric);
  };
  const where = parting === null ? "" : `; ${partingText(parting)}`;
  return `${trialName(trial)}: ${text(baseline)} -> ${text(current)}${where}`;
}
