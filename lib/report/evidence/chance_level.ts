import { wilsonInterval } from "../../statistics/wilson_interval.ts";
import { splitRows } from "../summary/split_rows.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";

/** Official data sets with ten classes; others declare theirs. */
const TEN_CLASSES = new Set(["mnist", "cifar10"]);

/**
 * Returns whether a trial's validation accuracy is no better than guessing one of the classes: chance lies in its 95 %
 * interval, or above. False where the number of classes or rows is not known, or not that of all data sets.
 */
export function isAtChance(
  { bestValidationAccuracy, stoppedAfter }: TrialResult,
  summary: Summary,
): boolean {
  // After a few epochs, many a good net is no better yet.
  if (stoppedAfter !== undefined) return false;
  const { experiment: { data, datasets = [data] }, datasets: facts = [] } = summary;
  // Several labels at once are guessed by chance as often as their shares say.
  if (facts.some(({ targets }) => targets !== undefined)) return false;
  const known = datasets.filter(({ kind }) => kind !== "table").map(countClasses);
  const [classes, ...others] = [...known, ...facts.map(({ classNames }) => classNames.length)];
  const all = splitRows(summary, "validation");
  // Of folds the smallest.
  const rows = all === null ? null : Math.floor(all / (data.folds ?? 1));
  if (bestValidationAccuracy === null || rows === null || (classes ?? null) === null) return false;
  if (others.some((other) => other !== classes)) return false;
  return wilsonInterval({ count: bestValidationAccuracy * rows, rows }).low <= 1 / classes!;
}

function countClasses(data: Summary["experiment"]["data"]): number | null {
  if ("classes" in data && Array.isArray(data.classes)) return data.classes.length;
  if ("numClasses" in data && typeof data.numClasses === "number") return data.numClasses;
  return TEN_CLASSES.has(data.kind) ? 10 : null;
}
