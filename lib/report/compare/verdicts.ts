import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { metricFacts, type MetricName } from "../../core/facts/metric.ts";
import type { ComparisonProblem, PointComparison, Verdict } from "./comparison.ts";

/** The texts and codes of a verdict in all reports. */
export interface VerdictFacts {
  /** The title of a finding, a word or two. */
  readonly title: string;
  /** Completes a count of trials, such as "2 worse". */
  readonly counted: string;
  /** What it means, for guides. */
  readonly meaning: string;
  /** The exit code of a check whose most severe finding it is. */
  readonly exitCode: number;
  /** Whether it fails under the policy "accuracy" too; all but "same" fail under "strict". */
  readonly failsAccuracy: boolean;
  /** The kind in JUnit: a wrong result, or one that could not be compared. */
  readonly junit: "failure" | "error";
}

/** Every verdict on a trial or an experiment, in the order of the counts. */
export const VERDICTS: Readonly<Record<Verdict | ComparisonProblem["verdict"], VerdictFacts>> = {
  same: {
    title: "Same bits",
    counted: "the same",
    meaning: "every bit is as before",
    exitCode: EXIT_CODES.good,
    failsAccuracy: false,
    junit: "failure",
  },
  bits: {
    title: "Bits only",
    counted: "with other bits",
    meaning: "the accuracies are the same, another bit differs",
    exitCode: EXIT_CODES.different,
    failsAccuracy: false,
    junit: "failure",
  },
  within: {
    title: "Within tolerance",
    counted: "within tolerance",
    meaning: "an accuracy changed; no loss is beyond the tolerance, or beyond chance",
    exitCode: EXIT_CODES.different,
    failsAccuracy: false,
    junit: "failure",
  },
  improved: {
    title: "Improved",
    counted: "better",
    meaning: "an accuracy is better, none is worse",
    exitCode: EXIT_CODES.different,
    failsAccuracy: false,
    junit: "failure",
  },
  regression: {
    title: "Accuracy regression",
    counted: "worse",
    meaning: "an accuracy is worse by more than the tolerance, or than chance explains",
    exitCode: EXIT_CODES.different,
    failsAccuracy: true,
    junit: "failure",
  },
  suspicious: {
    title: "Suspiciously better",
    counted: "suspiciously better",
    meaning: "an accuracy is better by more than `--suspicious`: too good to pass unnoticed",
    exitCode: EXIT_CODES.different,
    failsAccuracy: false,
    junit: "failure",
  },
  diverged: {
    title: "Trial diverged",
    counted: "diverged",
    meaning: "a trial diverged, and did not before",
    exitCode: EXIT_CODES.lostTrial,
    failsAccuracy: true,
    junit: "failure",
  },
  failed: {
    title: "Trial failed",
    counted: "failed",
    meaning: "a trial failed",
    exitCode: EXIT_CODES.lostTrial,
    failsAccuracy: true,
    junit: "error",
  },
  new: {
    title: "No baseline",
    counted: "without a baseline",
    meaning: "the baseline has no result of it",
    exitCode: EXIT_CODES.noBaseline,
    failsAccuracy: false,
    junit: "failure",
  },
  obsolete: {
    title: "Obsolete baseline",
    counted: "obsolete",
    meaning: "the baseline has what the experiment does not have any more",
    exitCode: EXIT_CODES.noBaseline,
    failsAccuracy: false,
    junit: "failure",
  },
  contradiction: {
    title: "Runs contradict each other",
    counted: "contradictory",
    meaning: "two runs of the same trial have other bits",
    exitCode: EXIT_CODES.different,
    failsAccuracy: true,
    junit: "failure",
  },
  damaged: {
    title: "Damaged baseline",
    counted: "damaged",
    meaning: "the files of the baseline cannot be read",
    exitCode: EXIT_CODES.noBaseline,
    failsAccuracy: true,
    junit: "error",
  },
  incomplete: {
    title: "Incomplete run",
    counted: "incomplete",
    meaning: "a run did not come to its end",
    exitCode: EXIT_CODES.incomplete,
    failsAccuracy: true,
    junit: "error",
  },
};

/** Exit codes by severity: those that make the others unreliable come first. */
export const GRAVEST_FIRST: readonly number[] = [
  EXIT_CODES.incomplete,
  EXIT_CODES.lostTrial,
  EXIT_CODES.different,
  EXIT_CODES.noBaseline,
];

/** The verdicts in the order in which a reader has to look at them. */
export const VERDICTS_IN_ORDER: readonly (keyof typeof VERDICTS)[] = [
  "damaged",
  "incomplete",
  "contradiction",
  "failed",
  "diverged",
  "regression",
  "suspicious",
  "new",
  "obsolete",
  "within",
  "improved",
  "bits",
  "same",
];

/** Returns the title of a finding; a regression is one of the metric that decides. */
export function verdictTitle(
  verdict: keyof typeof VERDICTS,
  { metric }: { readonly metric?: MetricName },
): string {
  const { title } = VERDICTS[verdict];
  if (verdict !== "regression" || metric === undefined) return title;
  const { measure } = metricFacts(metric);
  return `${measure[0].toUpperCase()}${measure.slice(1)} regression`;
}

/** The verdicts on the mean of a point, in the same order. */
export const POINT_VERDICTS: readonly PointComparison["verdict"][] = [
  "regression",
  "suspicious",
  "within",
  "improved",
];
