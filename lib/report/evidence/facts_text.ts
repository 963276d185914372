import { listed } from "../../core/text/listed.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { pointName, trialName } from "../summary/trial_name.ts";
import { isAtChance } from "./chance_level.ts";

/** Returns the sizes of the splits; null where the data do not say. */
export function splitsText({ experiment: { data: { train, validation, test } } }: Summary): string | null {
  if ([train, validation, test].some((rows: unknown) => typeof rows !== "number")) return null;
  return `${train} training, ${validation} validation and ${test} test rows`;
}

const MOST_NAMES = 3;

/**
 * Returns what a reader should know before the results: trials that failed or diverged by their reason, points that are
 * the same as others, and trials that do not better than chance.
 */
export function cautions(summary: Summary): readonly string[] {
  const { trials, duplicates } = summary;
  const lost = trials.filter(({ status }) => status === "failed" || status === "diverged");
  const groups = Map.groupBy(lost, ({ status, reason }) => `${status}: ${reason ?? "no reason is known"}`);
  const chance = trials.filter((trial) => isAtChance(trial, summary));
  return [
    ...[...groups].map(([reason, group]) => `${counted(group.length)} ${reason} (${namesOf(group)})`),
    ...chance.length === 0
      ? []
      : [`${counted(chance.length)} at chance level: no better than guessing a class (${namesOf(chance)})`],
    ...duplicates.length === 0 ? [] : [
      `${duplicates.length} ${
        duplicates.length === 1 ? "point" : "points"
      } not run: the same trials as an earlier ` +
      `point (${listed(duplicates, { most: MOST_NAMES, show: ({ point }) => pointName(point) })})`,
    ],
  ];
}

function counted(count: number): string {
  return count === 1 ? "1 trial" : `${count} trials`;
}

function namesOf(trials: readonly TrialResult[]): string {
  const names = trials.slice(0, MOST_NAMES).map((trial) => trialName(trial));
  const more = trials.length - names.length;
  return `${names.join("; ")}${more === 0 ? "" : `; and ${more} more`}`;
}
