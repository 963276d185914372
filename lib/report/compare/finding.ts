import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { ComparisonProblem, Verdict } from "./comparison.ts";
import { GRAVEST_FIRST, VERDICTS } from "./verdicts.ts";

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

/** Returns the exit code of a check: that of its gravest finding. */
export function exitCodeOfFindings(findings: readonly Finding[]): number {
  const codes = new Set(
    findings.filter(({ severity }) => severity === "error").map(({ verdict }) => VERDICTS[verdict].exitCode),
  );
  return GRAVEST_FIRST.find((code) => codes.has(code)) ?? EXIT_CODES.good;
}
