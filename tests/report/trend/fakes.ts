import type { Summary } from "../../../lib/report/summary/summary.ts";
import type { FollowedTrial, PastResults, Trend, TrendRow } from "../../../lib/report/trend/trend.ts";
import { type Earlier, laterThan, NOTHING_EARLIER, trendRow } from "../../../lib/report/trend/trend_row.ts";
import { resultsOf } from "../compare/fakes.ts";

/** Returns the summary of trials over the axis `rate` with these accuracies; the winner has a test accuracy. */
export function summaryOf(accuracies: Readonly<Record<string, number>>, test = 0.5): Summary {
  const { summary } = resultsOf(accuracies);
  const winner = {
    ...summary.winner!,
    testAccuracy: { mean: test, standardDeviation: null, values: [test] },
  };
  const trials = summary.trials.map((trial) => ({
    ...trial,
    testAccuracy: winner.trials.includes(trial.trial) ? test : null,
  }));
  return { ...summary, winner, trials };
}

/** Returns results of the commit `c` with these fields. */
export function pastOf(fields: Partial<PastResults>): PastResults {
  return {
    revision: "c",
    date: "2026-01-31",
    subject: "a change",
    summary: null,
    problem: null,
    changes: null,
    isSameFile: false,
    ...fields,
  };
}

/** Returns the trend of results, each compared with the ones before; commits are called `c0`, `c1` and so on. */
export function trendOf(
  history: readonly Partial<PastResults>[],
  followed: readonly FollowedTrial[] = [],
): Trend {
  const rows: TrendRow[] = [];
  let earlier: Earlier = NOTHING_EARLIER;
  for (const [at, fields] of history.entries()) {
    const past = pastOf({ revision: `c${at}`, ...fields });
    const row = trendRow(past, { earlier, followed, metric: "validationAccuracy" });
    rows.push(row);
    earlier = laterThan(earlier, { past, row });
  }
  return { experiment: "fake_question", followed, metric: "validationAccuracy", rows };
}

/** Accuracies of two trials. */
export const FIRST = summaryOf({ 0.1: 0.5, 0.2: 0.75 });
/** As {@link FIRST}, with another accuracy of the first trial, which no point wins by. */
const HIGHER = summaryOf({ 0.1: 0.625, 0.2: 0.75 });
/** As {@link HIGHER}, with other weights of the first trial. */
const OTHER_BITS: Summary = {
  ...HIGHER,
  trials: HIGHER.trials.map((trial, at) => at === 0 ? { ...trial, weightsSha256: "other" } : trial),
};
/** As {@link OTHER_BITS}, of another seed: every trial has another id. */
const OTHER_SEED: Summary = {
  ...OTHER_BITS,
  experiment: { ...OTHER_BITS.experiment, seed: 2 },
  experimentDigest: "other",
  trials: OTHER_BITS.trials.map((trial) => ({ ...trial, trial: `new-${trial.trial}` })),
};

/** A history with every kind of row. */
export const HISTORY: readonly Partial<PastResults>[] = [
  { summary: FIRST, subject: "the first" },
  { summary: FIRST, isSameFile: true, subject: "reports drawn again" },
  { summary: HIGHER, changes: "# Why\n\n## a faster \\`kernel\\` &lt;1&gt;\n", subject: "faster" },
  { summary: OTHER_BITS, subject: "<b>other</b> bits" },
  { problem: "Cannot read c4: it must be JSON, found an empty file", subject: "a mistake" },
  { summary: OTHER_SEED, subject: "another seed" },
  { subject: "removed" },
  { summary: OTHER_SEED, subject: "again", revision: null, date: null },
];
