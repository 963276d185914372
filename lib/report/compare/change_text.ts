import {
  isBetter,
  type MetricFacts,
  metricFacts,
  type MetricName,
  testName,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import { valueOf } from "../summary/metric.ts";
import { differingTexts, metricText, unitText } from "../summary/metric_text.ts";
import type { TrialResult } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import { valuesText } from "../summary/trials_per_point.ts";
import type { Comparison, EnsembleComparison, FieldChange, Parting, PointComparison } from "./comparison.ts";
import type { Gate } from "./gate.ts";

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

/** Both values of a metric; null or undefined if unknown. */
export interface BothValues {
  readonly before?: number | null;
  readonly after?: number | null;
}

/** Returns how a metric changed, such as `test accuracy 80.00 % -> 70.00 %, worse by 10.00 points`; "" if unknown. */
function gainText(metric: MetricFacts, { before, after }: BothValues): string {
  if (typeof before !== "number" || typeof after !== "number") return "";
  if (before === after) return `${metric.label} ${metricText(after, metric)} as before`;
  const [left, right, size] = differingTexts(before, after, metric);
  const how = isBetter(after, { than: before, metric }) ? "better" : "worse";
  return `${metric.label} ${left} -> ${right}, ${how} by ${size}${unitText(metric)}`;
}

/** Returns how a metric changed on validation and on the test split, as far as that is known. */
export function gainTexts(
  name: MetricName = USUAL_METRIC,
  { validation, test }: { readonly validation: BothValues | null; readonly test: BothValues | null },
): readonly string[] {
  return [gainText(metricFacts(name), validation ?? {}), gainText(metricFacts(testName(name)), test ?? {})]
    .filter((text) => text !== "");
}

/** Returns how the means of a point changed. */
export function meansText(
  { repeats, folds, ...changes }: PointComparison,
  { metric }: Pick<Gate, "metric">,
): string {
  return `mean of ${valuesText(repeats, { folds })}: ${gainTexts(metric, changes).join("; ")}`;
}

/** Returns what a trial has of the metric that decides, or why it has nothing. */
export function resultText(
  result: TrialResult | null,
  { metric: name = USUAL_METRIC }: Pick<Gate, "metric">,
): string {
  if (result === null) return "no result";
  const metric = metricFacts(name);
  const value = valueOf(result, name) ?? null;
  if (value !== null) return `${metric.label} ${metricText(value, metric)}`;
  return `${result.status}${result.reason === null ? "" : `, ${result.reason}`}`;
}

/** Returns what the ensemble has on both sides; "" if one has none. */
export function ensembleText(
  { test }: EnsembleComparison,
  { metric }: Pick<Gate, "metric">,
): string {
  return gainTexts(metric, { validation: null, test }).join("");
}

/** Returns how the winner changed, or null if there is none. */
export function winnerText(
  { winner, ensemble, gate }: Pick<Comparison, "winner" | "ensemble" | "gate">,
): string | null {
  if (winner === null) return null;
  const before = pointName(winner.baselinePoint);
  const after = pointName(winner.point);
  const accuracies = gainTexts(
    winner.selected?.metric,
    winner.selected ?? {
      validation: { before: winner.baselineValidationAccuracy, after: winner.validationAccuracy },
      test: { before: winner.baselineTestAccuracy, after: winner.testAccuracy },
    },
  );
  const name = before === after ? `winner ${after}` : `winner ${before} -> ${after}`;
  const together = ensemble === undefined ? "" : ensembleText(ensemble, gate);
  return [name, ...accuracies, ...together === "" ? [] : [`ensemble ${together}`]].join("; ");
}
