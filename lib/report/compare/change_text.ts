import { differingPercents, percent } from "../summary/percent.ts";
import type { TrialResult } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import type { Comparison, FieldChange, Parting, PointComparison } from "./comparison.ts";

/** Returns a field with both values; digests are shortened. */
export function changeText({ field, before, after, reason }: FieldChange): string {
  return `${field} ${short(before)} -> ${short(after)}${reason === undefined ? "" : ` (${reason})`}`;
}

function short(value: string | null): string {
  if (value === null || value === "") return "nothing";
  return /^"?[0-9a-f]{64}"?$/.test(value) ? value.replaceAll('"', "").slice(0, 16) : value;
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

/** Returns how an accuracy changed, such as `test accuracy 80.00 % -> 70.00 %, worse by 10.00 points`; "" if unknown. */
export function gainText(split: string, before?: number | null, after?: number | null): string {
  if (typeof before !== "number" || typeof after !== "number") return "";
  if (before === after) return `${split} accuracy ${percent(after)} as before`;
  const [left, right, points] = differingPercents(before, after);
  return `${split} accuracy ${left} -> ${right}, ${after < before ? "worse" : "better"} by ${points} points`;
}

/** Returns how the means of a point changed. */
export function meansText({ repeats, validation, test }: PointComparison): string {
  const gains = [
    gainText("validation", validation?.before, validation?.after),
    gainText("test", test?.before, test?.after),
  ];
  return `mean of ${repeats} repeats: ${gains.filter((text) => text !== "").join("; ")}`;
}

/** Returns the accuracy of a trial on the validation split, or why it has none. */
export function accuracyText(result: TrialResult | null): string {
  if (result === null) return "no result";
  return result.bestValidationAccuracy === null
    ? `${result.status}${result.reason === null ? "" : `, ${result.reason}`}`
    : `validation accuracy ${percent(result.bestValidationAccuracy)}`;
}

/** Returns how the winner changed, or null if there is none. */
export function winnerText({ winner }: Pick<Comparison, "winner">): string | null {
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
