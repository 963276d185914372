import type { ComparisonProblem, Verdict } from "./comparison.ts";

/** One thing that a check has to say: of a trial, or of an experiment that could not be compared. */
export interface Finding {
  readonly experiment: string;
  /** The experiment file; null if there is none. */
  readonly file: string | null;
  /** The point and the repeat; null if it is said of the experiment. */
  readonly trial: string | null;
  readonly verdict: Verdict | ComparisonProblem["verdict"];
  readonly severity: Severity;
  /** A word or two. */
  readonly title: string;
  /** Which epoch, by how much, and where the runs part. */
  readonly message: string;
}

/** Good findings pass; a notice passes too, and is told. */
export type Severity = "good" | "notice" | "error";

/** Returns how grave a verdict is. */
export function severityOf(
  verdict: Finding["verdict"],
  { allowBits }: { readonly allowBits: boolean },
): Severity {
  if (verdict === "same") return "good";
  return verdict === "bits" && allowBits ? "notice" : "error";
}

const EXIT_CODES: Readonly<Record<Finding["verdict"], number>> = {
  same: 0,
  regression: 1,
  suspicious: 1,
  bits: 1,
  contradiction: 1,
  missing: 3,
  obsolete: 3,
  damaged: 3,
  failed: 4,
  diverged: 4,
  incomplete: 6,
};

// What keeps the others from being believed comes first.
const PRECEDENCE = [6, 4, 1, 3];

/** Returns the exit code of a check: that of its gravest finding. */
export function exitCodeOfFindings(findings: readonly Finding[]): number {
  const codes = new Set(
    findings.filter(({ severity }) => severity === "error").map(({ verdict }) => EXIT_CODES[verdict]),
  );
  return PRECEDENCE.find((code) => codes.has(code)) ?? 0;
}
