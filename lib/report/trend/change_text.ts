import { metricFacts, type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import { signedText } from "../summary/metric_text.ts";
import { pointName } from "../summary/trial_name.ts";
import { signedGain } from "./signed_gain.ts";
import type { TrendChange, TrendRow } from "./trend.ts";

/** What a row is marked with. */
export type Mark = "accuracy" | "bits" | "declaration";

/** Returns the marks of a row: whether an accuracy changed, or else another bit, and whether it was declared otherwise. */
export function marksOf({ change }: TrendRow): readonly Mark[] {
  if (change === null) return [];
  const { accuracies, bits, added, removed, declared, isOtherWinner } = change;
  const results: readonly Mark[] = accuracies > 0 || isOtherWinner ? ["accuracy"] : bits > 0 ? ["bits"] : [];
  return added + removed + declared.length > 0 ? [...results, "declaration"] : results;
}

/** Returns in a word or two how a row differs from the results before it. */
export function changeWord(row: TrendRow, metric: MetricName): string {
  if (row.state !== "read") return row.state;
  if (row.change === null) return "first";
  const { measure } = metricFacts(metric);
  return marksOf(row).map((mark) => mark === "accuracy" ? measure : mark).join(", ") || "none";
}

/** Returns how a row differs from the results before it, a sentence each; none if it does not. */
export function changeFacts(row: TrendRow, metric: MetricName): readonly string[] {
  const { state, problem, change, winner } = row;
  if (state === "absent") return ["there is no summary.json"];
  if (state === "damaged") return [problem ?? ""];
  if (change === null) return [];
  const { isOtherWinner, declared, added, removed } = change;
  return [
    ...bitsFact(change, metric),
    ...isOtherWinner && winner !== null ? [`another winner: ${pointName(winner.point)}`] : [],
    ...gainFact(change, metric),
    ...declared.length > 0 ? [`declared otherwise: ${declared.join(", ")}`] : [],
    ...added > 0 ? [`${counted(added, "trial")} added`] : [],
    ...removed > 0 ? [`${counted(removed, "trial")} removed`] : [],
  ];
}

function bitsFact({ bits, accuracies, compared }: TrendChange, metric: MetricName): readonly string[] {
  if (bits === 0) return [];
  const some = `${bits} of ${counted(compared, "trial")} with other bits`;
  if (metric !== USUAL_METRIC) return [`${some}, ${accuracies} with another ${metricFacts(metric).measure}`];
  return [
    accuracies === 0 ? `${some}, all accuracies as before` : `${some}, ${accuracies} with another accuracy`,
  ];
}

function gainFact(
  { winnerGain, testGain, meanGain }: TrendChange,
  metric: MetricName,
): readonly string[] {
  const facts = metricFacts(metric);
  const isPercent = facts.format === "percent";
  const gains = [
    ["winner's validation", winnerGain],
    ["test", testGain],
    ["mean of the points", meanGain],
  ] as const;
  const moved = gains.flatMap(([name, gain]) =>
    gain === null || gain === 0 ? [] : [`${name} ${isPercent ? signedGain(gain) : signedText(gain, facts)}`]
  );
  return moved.length === 0
    ? []
    : [`in ${isPercent ? "percentage points" : facts.measure}: ${moved.join(", ")}`];
}
