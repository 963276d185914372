import { counted } from "../../core/text/counted.ts";
import { allSplitRows } from "../summary/split_rows.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { trialName } from "../summary/trial_name.ts";
import { lostTrials } from "../summary/trial_status.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";
import { isAtChance } from "./chance_level.ts";
import { equalPoints, repeatedValues } from "./repeated_values.ts";

/** Returns the sizes of the splits; null where the data do not say. Of several data sets, sizes that differ are a range. */
export function splitsText(summary: Summary): string | null {
  const { data, datasets = [data] } = summary.experiment;
  const [train, validation, test] = (["train", "validation", "test"] as const).map((split) =>
    rangeText(allSplitRows(summary, split))
  );
  if (train === null || validation === null || test === null) return null;
  // The validation rows of all folds together are the pool.
  if (data.folds !== undefined) return foldsText({ data, datasets, pool: validation, test });
  const several = datasets.length === 1 ? "" : `${datasets.length} data sets: `;
  return `${several}${train} training, ${validation} validation and ${test} test rows`;
}

interface Folded extends Required<Pick<Summary["experiment"], "data" | "datasets">> {
  readonly pool: string;
  readonly test: string;
}

function foldsText({ data, datasets, pool, test }: Folded): string {
  const several = datasets.length === 1 ? "" : `${datasets.length} data sets: `;
  const kind = (data.kind === "csv" || data.kind === "table") && data.groups !== undefined
    ? "folds of whole groups"
    : "folds";
  return `${several}${pool} training and validation rows in ${data.folds} ${kind}, and ${test} test rows`;
}

function rangeText(rows: readonly (number | null)[]): string | null {
  if (!rows.every((count) => count !== null)) return null;
  const least = rows.reduce((low, count) => Math.min(low, count));
  const most = rows.reduce((high, count) => Math.max(high, count));
  return least === most ? String(least) : `${least} to ${most}`;
}

const SEARCHES = { halving: "Successive halving", hyperband: "Hyperband" } as const;

/** Returns where the points of a search stopped; null without one. */
export function searchText({ experiment, points }: Summary): string | null {
  const { search } = experiment;
  if (search === undefined) return null;
  const { kind, epochs, keep } = search;
  const stops = Map.groupBy(points, ({ stoppedAfter }) => stoppedAfter ?? null);
  const stopped = epochs.flatMap((epoch) => {
    const count = stops.get(epoch)?.length ?? 0;
    return count === 0 ? [] : [`${count} stopped after epoch ${epoch}`];
  });
  const others = stops.get(null) ?? [];
  const whole = others.filter(({ done }) => done === trialsPerPoint(experiment)).length;
  const lost = others.length - whole;
  const ends = [
    ...stopped,
    `${whole} had all ${epochs.at(-1)}`,
    ...lost === 0 ? [] : [`${lost} without a result`],
  ];
  return `${SEARCHES[kind]}, at epochs ${epochs.join(", ")}, of which each time a fraction of ${
    Number(keep.toPrecision(3))
  } goes on: of ${counted(points.length, "point")}, ${ends.join(", ")}.`;
}

const MOST_NAMES = 3;

/**
 * Returns what a reader should know before the results: trials that failed or diverged by their reason, points that
 * are skipped or the same as others, and trials that do not better than chance.
 */
export function cautions(summary: Summary): readonly string[] {
  const { trials, duplicates, skipped = [] } = summary;
  const lost = lostTrials(trials);
  const groups = Map.groupBy(lost, ({ status, reason }) => `${status}: ${reason ?? "no reason is known"}`);
  const same = equalPoints(duplicates);
  const chance = trials.filter((trial) => isAtChance(trial, summary));
  return [
    ...[...groups].map(([reason, group]) =>
      `${counted(group.length, "trial")} ${reason} (${namesOf(group)})`
    ),
    ...chance.length === 0 ? [] : [
      `${counted(chance.length, "trial")} at chance level: no better than guessing a class (${
        namesOf(chance)
      })`,
    ],
    ...[...Map.groupBy(skipped, ({ reason }) => reason)].map(([reason, group]) =>
      `${counted(group.length, "point")} skipped: ${reason} (${
        namesOf(group.map(({ point }) => ({ point, repeat: 0 })))
      })`
    ),
    ...repeatedValues(summary.experiment),
    ...same.length === 0 ? [] : [
      `${counted(same.length, "point")} not run: the same trials as an earlier point (${
        namesOf(same.map(({ point }) => ({ point, repeat: 0 })))
      })`,
    ],
  ];
}

function namesOf(trials: readonly Pick<TrialResult, "point" | "repeat" | "fold">[]): string {
  const names = trials.slice(0, MOST_NAMES).map((trial) => trialName(trial));
  const more = trials.length - names.length;
  return `${names.join("; ")}${more === 0 ? "" : `; and ${more} more`}`;
}
