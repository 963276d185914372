import { counted } from "../../core/text/counted.ts";
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
export function changeWord(row: TrendRow): string {
  if (row.state !== "read") return row.state;
  if (row.change === null) return "first";
  return marksOf(row).join(", ") || "none";
}

/** Returns how a row differs from the results before it, a sentence each; none if it does not. */
export function changeFacts(row: TrendRow): readonly string[] {
  const { state, problem, change, winner } = row;
  if (state === "absent") return ["there is no summary.json"];
  if (state === "damaged") return [problem ?? ""];
  if (change === null) return [];
  const { isOtherWinner, declared, added, removed } = change;
  return [
    ...bitsFact(change),
    ...isOtherWinner && winner !== null ? [`another winner: ${pointName(winner.point)}`] : [],
    ...gainFact(change),
    ...declared.length > 0 ? [`declared otherwise: ${declared.join(", ")}`] : [],
    ...added > 0 ? [`${counted(added, "trial")} added`] : [],
    ...removed > 0 ? [`${counted(removed, "trial")} removed`] : [],
  ];
}

function bitsFact({ bits, accuracies, compared }: TrendChange): readonly string[] {
  if (bits === 0) return [];
  const some = `${bits} of ${counted(compared, "trial")} with other bits`;
  return [
    accuracies === 0 ? `${some}, all accuracies as before` : `${some}, ${accuracies} with another accuracy`,
  ];
}

function gainFact({ winnerGain, testGain, meanGain }: TrendChange): readonly string[] {
  const gains = [
    ["winner's validation", winnerGain],
    ["test", testGain],
    ["mean of the points", meanGain],
  ] as const;
  const moved = gains.flatMap(([name, gain]) =>
    gain === null || gain === 0 ? [] : [`${name} ${signedGain(gain)}`]
  );
  return moved.length === 0 ? [] : [`in percentage points: ${moved.join(", ")}`];
}
