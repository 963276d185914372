import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import { quoted } from "../../core/text/quoted.ts";
import { placeOf } from "../../report/summary/rank_points.ts";
import type { FollowedTrial, PastResults } from "../../report/trend/trend.ts";

/**
 * Finds the trials whose ids begin as given, each in the newest results that have one.
 *
 * @param options.past Newest first; only as many are read as it takes.
 * @throws {InputError} If no results have such a trial, or there are several in the newest that have.
 */
export async function followTrials(
  beginnings: readonly string[],
  { name, past }: { readonly name: string; readonly past: AsyncGenerator<PastResults> },
): Promise<readonly FollowedTrial[]> {
  const found = new Map<string, FollowedTrial>();
  const isMissing = (beginning: string) => !found.has(beginning);
  if (!beginnings.some(isMissing)) return [];
  for await (const { summary } of past) {
    for (const beginning of beginnings.filter(isMissing)) {
      const trials = (summary?.trials ?? []).filter(({ trial }) => trial.startsWith(beginning));
      if (trials.length > 1) throw notOne(beginning, trials.map(({ trial }) => trial));
      if (trials.length === 1) {
        const [{ trial, ...place }] = trials;
        found.set(beginning, { id: trial, ...placeOf(place) });
      }
    }
    if (!beginnings.some(isMissing)) break;
  }
  const unknown = beginnings.find(isMissing);
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot follow trial ${
        quoted(unknown)
      }: --trial must be the beginning of the id of a trial that a commit of ` +
        `results/${name} has; trials.csv lists them`,
    );
  }
  return beginnings.map((beginning) => found.get(beginning)!);
}

const MOST_SHOWN = 3;

function notOne(beginning: string, ids: readonly string[]): InputError {
  return new InputError(
    `Cannot follow trial ${quoted(beginning)}: --trial must be the beginning of one trial's id, found ${
      listed(ids, { most: MOST_SHOWN })
    }`,
  );
}
