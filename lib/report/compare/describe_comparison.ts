import { differingPercents, percent } from "../summary/percent.ts";
import type { TrialResult } from "../summary/summary.ts";
import { pointName, trialName } from "../summary/trial_name.ts";
import type { Comparison, FieldChange, Parting, TrialComparison, Verdict } from "./comparison.ts";
import { type Finding, severityOf } from "./finding.ts";
import { VERDICTS } from "./verdicts.ts";

const DATA_CHANGED = "Data changed";

/** Returns a finding for each trial of a comparison, or for the reason why there is nothing to compare. */
export function describeComparison(
  comparison: Comparison,
  options: { readonly allowBits: boolean },
): readonly Finding[] {
  const { experiment, file, problem } = comparison;
  const of = (verdict: Finding["verdict"], trial: string | null, message: string): Finding => {
    return {
      experiment,
      file,
      trial,
      verdict,
      severity: severityOf(verdict, options),
      title: VERDICTS[verdict].title,
      message,
    };
  };
  if (problem !== null) return [of(problem.verdict, null, problem.message)];
  const findings = comparison.trials.map((trial) => ({
    ...of(trial.verdict, trialName(trial), messageOf(trial, comparison)),
    title: titleOf(trial, comparison),
  }));
  const reasons = comparison.changes.flatMap(({ reason }) =>
    reason === undefined ? [] : [{ ...of("bits", null, reason), title: DATA_CHANGED }]
  );
  const isDeclaredAnew = comparison.changes.length > 0 &&
    comparison.trials.every(({ verdict }) => verdict === "same");
  if (!isDeclaredAnew) return [...reasons, ...findings];
  const fields = comparison.changes.map(changeText).join(", ");
  const message = `every trial is the same, what the experiment declares is not: ${fields}; ` +
    acceptText(comparison);
  return [of("obsolete", null, message), ...findings];
}

/** Returns the title of a finding: with other data, other bits are no change of the arithmetic. */
function titleOf({ verdict, baseline, current }: TrialComparison, { changes }: Comparison): string {
  const isOfOtherData = verdict === "bits" && baseline?.trial !== current?.trial &&
    changes.some(({ field }) => field === "dataDigest");
  return isOfOtherData ? DATA_CHANGED : VERDICTS[verdict].title;
}

const SAID: Readonly<Record<Exclude<Verdict, "regression" | "suspicious" | "bits">, Say>> = {
  same: ({ current }) => `${accuracyText(current)}, every bit as before`,
  diverged: ({ baseline, current }) => `${current?.reason}; it had ${accuracyText(baseline)}`,
  failed: ({ current }) => `${current?.reason}`,
  missing: ({ current }, comparison) =>
    `${accuracyText(current)}, and the baseline has no result of it; ${acceptText(comparison)}`,
  obsolete: (_, comparison) =>
    `the baseline has it and the grid no longer; ${acceptText(comparison, "removes")}`,
  incomplete: () => "it has no result: the run did not come to its end",
};

type Say = (trial: TrialComparison, comparison: Comparison) => string;

function messageOf(trial: TrialComparison, comparison: Comparison): string {
  const { verdict } = trial;
  if (verdict === "regression" || verdict === "suspicious" || verdict === "bits") {
    return changedText(trial, comparison);
  }
  return SAID[verdict](trial, comparison);
}

function acceptText({ experiment, file }: Comparison, verb = "accepts"): string {
  return `deno task baseline ${file ?? `experiments/${experiment}.ts`} --reason "…" ${verb} it`;
}

function changedText({ baseline, current, parting }: TrialComparison, { changes }: Comparison): string {
  const parts = [
    gainText("validation", baseline?.bestValidationAccuracy, current?.bestValidationAccuracy),
    gainText("test", baseline?.testAccuracy, current?.testAccuracy),
    parting === null ? statusText(baseline, current) : partingText(parting),
  ];
  if (baseline?.trial !== current?.trial) {
    const fields = changes.map(({ field }) => field).join(", ");
    parts.push(
      `what decides the trial changed (${baseline?.trial} is now ${current?.trial}${
        fields && `: ${fields}`
      })`,
    );
  }
  return parts.filter((part) => part !== "").join("; ");
}

function gainText(split: string, before?: number | null, after?: number | null): string {
  if (typeof before !== "number" || typeof after !== "number") return "";
  if (before === after) return `${split} accuracy ${percent(after)} as before`;
  const [left, right, points] = differingPercents(before, after);
  return `${split} accuracy ${left} -> ${right}, ${after < before ? "worse" : "better"} by ${points} points`;
}

function statusText(before: TrialResult | null, after: TrialResult | null): string {
  if (before === null || after === null) return "";
  return before.status === after.status
    ? "no epoch differs"
    : `it was ${before.status} and is ${after.status}`;
}

/** Returns where two runs first differ, such as `the runs part at epoch 1: loss 0.25 -> 0.5`. */
export function partingText({ epoch, fields, weightsEpoch }: Parting): string {
  const isOneSided = fields.some(({ field, before, after }) =>
    field === "epoch" && (before === null || after === null)
  );
  const what = isOneSided
    ? `only ${fields[0].before === null ? "the new" : "the old"} run has it`
    : fields.map(changeText).join(", ");
  const weights = weightsEpoch === null
    ? "; the weights never differ"
    : weightsEpoch === epoch
    ? ""
    : `; the weights differ from epoch ${weightsEpoch} on`;
  return `the runs part at epoch ${epoch}: ${what}${weights}`;
}

/** Returns a field with both values; digests are shortened. */
export function changeText({ field, before, after, reason }: FieldChange): string {
  return `${field} ${short(before)} -> ${short(after)}${reason === undefined ? "" : ` (${reason})`}`;
}

function short(value: string | null): string {
  if (value === null || value === "") return "nothing";
  return /^"?[0-9a-f]{64}"?$/.test(value) ? value.replaceAll('"', "").slice(0, 16) : value;
}

function accuracyText(result: TrialResult | null): string {
  if (result === null) return "no result";
  return result.bestValidationAccuracy === null
    ? `${result.status}${result.reason === null ? "" : `, ${result.reason}`}`
    : `validation accuracy ${percent(result.bestValidationAccuracy)}`;
}

/** Returns how the winner changed, or null if there is none. */
export function winnerText({ winner }: Comparison): string | null {
  if (winner === null) return null;
  const before = pointName(winner.baselinePoint);
  const after = pointName(winner.point);
  const accuracies = [
    gainText("validation", winner.baselineValidationAccuracy, winner.validationAccuracy),
    gainText("test", winner.baselineTestAccuracy, winner.testAccuracy),
  ];
  const name = before === after ? `winner ${after}` : `winner ${before} -> ${after}`;
  return [name, ...accuracies.filter((text) => text !== "")].join("; ");
}
