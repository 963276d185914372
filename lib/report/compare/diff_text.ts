import type { Results } from "../files/parse_results.ts";
import { percent } from "../summary/percent.ts";
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
    ...different.map((trial) => `  ${trialLine(trial)}`),
    ...different.filter(({ parting }) => parting !== null).slice(0, mostTrials).flatMap((trial) => [
      `\n  epochs of ${trialName(trial)}`,
      ...epochDifferences(trial, { before, after }).map(({ epoch, fields }) =>
        `    ${epoch}: ${fields.map(changeText).join(", ")}`
      ),
    ]),
    "",
  ].join("\n");
}

function trialLine(trial: TrialComparison): string {
  const { baseline, current, parting } = trial;
  const accuracy = (side: typeof current) =>
    side === null
      ? "absent"
      : side.bestValidationAccuracy === null
      ? side.status
      : percent(side.bestValidationAccuracy);
  const where = parting === null ? "" : `; ${partingText(parting)}`;
  return `${trialName(trial)}: ${accuracy(baseline)} -> ${accuracy(current)}${where}`;
}
