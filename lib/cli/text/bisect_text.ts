import { inMetricOrder, metricFacts, type MetricName } from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import { durationText } from "../../core/text/duration_text.ts";
import { listed } from "../../core/text/listed.ts";
import { changeText, partingText } from "../../report/compare/change_text.ts";
import { differingTexts } from "../../report/summary/metric_text.ts";
import { differingPercents, percent } from "../../report/summary/percent.ts";
import type { TrialResult } from "../../report/summary/summary.ts";
import { trialName } from "../../report/summary/trial_name.ts";
import type { CommitChange } from "../../runner/bisect/bisect_answer.ts";
import type { BisectEvent } from "../../runner/bisect/bisect_context.ts";
import type { BisectAnswer } from "../../runner/bisect/bisect_experiment.ts";
import type { CommitFacts } from "../../runner/bisect/bisect_git.ts";
import type { SkippedCommit } from "../../runner/bisect/bisect_search.ts";
import { factLines } from "../terminal/fact_lines.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { locationText } from "./location_text.ts";
import { shortPointName } from "./value_text.ts";

/** Returns what a search does, as a line of its progress. */
export function bisectEventText(
  event: BisectEvent,
  { elapsedMs }: { readonly elapsedMs: number },
): string {
  return `${durationText(elapsedMs).padStart(6)}  ${stepText(event)}\n`;
}

function stepText(event: BisectEvent): string {
  if (event.type === "comparing") {
    const what = event.place === null ? "the whole grid" : trialName(event.place);
    return `runs ${what} at --good and at --bad`;
  }
  const commit = `${short(event.commit)} ${event.commit.subject}`;
  if (event.type === "locating") return `replays an epoch before and after ${commit}`;
  if (event.type === "testing") return `${counted(event.left, "commit")} left, tries ${commit}`;
  if (event.mark === "skip") return `${short(event.commit)} is skipped: ${event.reason}`;
  return `${short(event.commit)} is ${event.mark === "bad" ? "changed" : "as --good"}`;
}

type Fact = readonly [title: string, value: string];

/** Returns the answer of a search: the commit, what it changed, and where. */
export function bisectText(answer: BisectAnswer, { columns }: Pick<Terminal, "columns">): string {
  const { trial, commits, change, skipped } = answer;
  if (trial === null) return sameText(answer, { columns });
  const what = answer.what === "bits" ? "bits" : "accuracy";
  const facts: readonly Fact[] = [
    [
      "changed",
      `${what} of ${shortPointName(trial.point)}${trial.repeat > 0 ? `, repeat ${trial.repeat}` : ""}${
        trial.fold === undefined ? "" : `, fold ${trial.fold}`
      }`,
    ],
    ...commits.length === 1 ? commitLines(commits[0]) : candidateLines(commits),
    ...change === null ? [] : changeLines(change),
    ...skippedLines(skipped),
    ["searched", `${counted(answer.searched, "commit")}, with ${effortText(answer)}`],
  ];
  const files = change === null ? "" : `\n${change.files}\n`;
  return factLines(facts, { columns }) + files;
}

function commitLines({ commit, date, author, subject }: CommitFacts): readonly Fact[] {
  return [["commit", commit], ["date", date], ["author", author], ["subject", subject]];
}

const MOST_CANDIDATES = 20;
const MOST_SKIPPED = 5;

function candidateLines(commits: readonly CommitFacts[]): readonly Fact[] {
  const more = commits.length - MOST_CANDIDATES;
  return [
    ...commits.slice(0, MOST_CANDIDATES).map((commit) => `${commit.commit} ${commit.subject}`),
    ...more > 0 ? [`${counted(more, "more commit")}; --json has all`] : [],
  ].map((text, index) => [index === 0 ? "one of" : "", text]);
}

/** Skipped commits with the same reason share a line. */
function skippedLines(skipped: readonly SkippedCommit[]): readonly Fact[] {
  const groups = [...Map.groupBy(skipped, ({ reason }) => reason)];
  return groups.map(([reason, commits], index) => {
    const names = commits.length === 1
      ? `${short(commits[0])} ${commits[0].subject}`
      : `${commits.length} commits (${listed(commits, { most: MOST_SKIPPED, show: short })})`;
    return [index === 0 ? "skipped" : "", `${names}: ${reason}`];
  });
}

function changeLines(
  { before, after, declared, parting, location, unlocated }: CommitChange,
): readonly Fact[] {
  return [
    ...haveNoAccuracy(before, after) ? [] : [["accuracy", accuraciesText(before, after)] as const],
    ...metricLines(before, after),
    ...declared.length === 0 ? [] : [["declared", declared.map(changeText).join(", ")] as const],
    ...parting === null ? [] : [["epochs", partingText(parting)] as const],
    ["located", location === null ? `no: ${unlocated}` : locationText(location)],
  ];
}

/** Trials of numbers are done without one: their other metrics are shown. */
function haveNoAccuracy(...results: readonly TrialResult[]): boolean {
  return results.every(({ status, bestValidationAccuracy }) =>
    status === "done" && bestValidationAccuracy === null
  );
}

/** The further metrics that both have, and that changed. */
function metricLines(
  { bestMetrics: old = {} }: TrialResult,
  { bestMetrics = {} }: TrialResult,
): readonly Fact[] {
  return inMetricOrder(Object.keys(bestMetrics) as MetricName[]).flatMap((name) => {
    const [before, after] = [old[name], bestMetrics[name]!];
    if (before === undefined || before === after) return [];
    const { measure, ...metric } = metricFacts(name);
    const [left, right] = differingTexts(before, after, metric);
    return [[measure, `${left} -> ${right}, on the validation split`]];
  });
}

function accuraciesText(before: TrialResult, after: TrialResult): string {
  const [old, now] = [before.bestValidationAccuracy, after.bestValidationAccuracy];
  if (old === now && old !== null) return `${percent(old)} as before, on the validation split`;
  if (old === null || now === null) {
    const text = (accuracy: number | null, { status }: TrialResult) =>
      accuracy === null ? status : percent(accuracy);
    return `${text(old, before)} -> ${text(now, after)}`;
  }
  const [left, right] = differingPercents(old, now);
  return `${left} -> ${right}, on the validation split`;
}

function sameText(answer: BisectAnswer, { columns }: Pick<Terminal, "columns">): string {
  const { good, bad, compared, committedOnly, what } = answer;
  const isBits = what === "bits";
  const kept = isBits ? "every bit" : "every accuracy";
  const next = committedOnly! > 0
    ? `the committed results of ${
      counted(committedOnly!, "trial")
    } differ: they were made by other code or data, ` +
      "and check compares them with a new run"
    : "an earlier --good, edits that are not committed (git status), and data outside git" +
      (isBits ? "" : "; without --what accuracy, other bits are found too");
  return factLines([
    ["same", `${kept} of ${counted(compared!, "trial")} at ${short(good)} and ${short(bad)}`],
    ["look at", next],
    ["searched", effortText(answer)],
  ], { columns });
}

function effortText({ runs, elapsedMs }: BisectAnswer): string {
  return `${counted(runs, "run")} in ${durationText(elapsedMs)}`;
}

function short({ commit }: CommitFacts): string {
  return commit.slice(0, 12);
}
