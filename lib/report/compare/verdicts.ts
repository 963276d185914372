import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { ComparisonProblem, Verdict } from "./comparison.ts";

/** The texts and codes of a verdict in all reports. */
export interface VerdictFacts {
  /** The title of a finding, a word or two. */
  readonly title: string;
  /** Completes a count of trials, such as "2 worse". */
  readonly counted: string;
  /** The exit code of a check whose most severe finding it is. */
  readonly exitCode: number;
  /** The kind in JUnit: a wrong result, or one that could not be compared. */
  readonly junit: "failure" | "error";
}

/** Every verdict on a trial or an experiment, in the order of the counts. */
export const VERDICTS: Readonly<Record<Verdict | ComparisonProblem["verdict"], VerdictFacts>> = {
  same: { title: "Same bits", counted: "the same", exitCode: EXIT_CODES.good, junit: "failure" },
  regression: {
    title: "Accuracy regression",
    counted: "worse",
    exitCode: EXIT_CODES.different,
    junit: "failure",
  },
  suspicious: {
    title: "Suspiciously better",
    counted: "suspiciously better",
    exitCode: EXIT_CODES.different,
    junit: "failure",
  },
  bits: {
    title: "Numerics changed",
    counted: "with other bits",
    exitCode: EXIT_CODES.different,
    junit: "failure",
  },
  diverged: {
    title: "Trial diverged",
    counted: "diverged",
    exitCode: EXIT_CODES.lostTrial,
    junit: "failure",
  },
  failed: { title: "Trial failed", counted: "failed", exitCode: EXIT_CODES.lostTrial, junit: "error" },
  missing: {
    title: "No baseline",
    counted: "without a baseline",
    exitCode: EXIT_CODES.noBaseline,
    junit: "failure",
  },
  obsolete: {
    title: "Obsolete baseline",
    counted: "obsolete",
    exitCode: EXIT_CODES.noBaseline,
    junit: "failure",
  },
  contradiction: {
    title: "Runs contradict each other",
    counted: "contradictory",
    exitCode: EXIT_CODES.different,
    junit: "failure",
  },
  damaged: {
    title: "Damaged baseline",
    counted: "damaged",
    exitCode: EXIT_CODES.noBaseline,
    junit: "error",
  },
  incomplete: {
    title: "Incomplete run",
    counted: "incomplete",
    exitCode: EXIT_CODES.incomplete,
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
