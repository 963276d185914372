import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { ComparisonProblem, Verdict } from "./comparison.ts";
import { GRAVEST_FIRST, VERDICTS } from "./verdicts.ts";

/** A finding of a check, about a trial, or about an experiment that could not be compared. */
export interface Finding {
  readonly experiment: string;
  /** The experiment file; null if there is none. */
  readonly file: string | null;
  /** The point and the repeat; null if it is about the experiment. */
  readonly trial: string | null;
  readonly verdict: Verdict | ComparisonProblem["verdict"];
  readonly severity: Severity;
  /** A word or two. */
  readonly title: string;
  /** The epoch, the difference, and where the runs first differ. */
  readonly message: string;
}

/** Good findings pass; a notice passes too, and is shown. */
export type Severity = "good" | "notice" | "error";

/** Returns the severity of a verdict. */
export function severityOf(
  verdict: Finding["verdict"],
  { allowBits }: { readonly allowBits: boolean },
): Severity {
  if (verdict === "same") return "good";
  return verdict === "bits" && allowBits ? "notice" : "error";
}

/** Returns the exit code of a check: the code of its most severe finding. */
export function exitCodeOfFindings(findings: readonly Finding[]): number {
  const codes = new Set(
    findings.filter(({ severity }) => severity === "error").map(({ verdict }) => VERDICTS[verdict].exitCode),
  );
  return GRAVEST_FIRST.find((code) => codes.has(code)) ?? EXIT_CODES.good;
}
