import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { ComparisonProblem, Verdict } from "../compare/comparison.ts";
import type { Gate } from "../compare/gate.ts";
import { GRAVEST_FIRST, VERDICTS, VERDICTS_IN_ORDER } from "../compare/verdicts.ts";

/** A finding of a check, about a trial, or about an experiment that could not be compared. */
export interface Finding {
  readonly experiment: string;
  /** The experiment file; null if there is none. */
  readonly file: string | null;
  /** The point and the repeat; null if it is about the experiment. */
  readonly trial: string | null;
  /** What its point's mean over repeats says, also if its own bits alone changed; null if no mean was judged. */
  readonly point: PointFinding | null;
  readonly verdict: Verdict | ComparisonProblem["verdict"];
  readonly severity: Severity;
  /** A word or two. */
  readonly title: string;
  /** The epoch, the difference, and where the runs first differ. */
  readonly message: string;
}

/** What is found of a point with repeats: one object for all its trials. */
export interface PointFinding {
  readonly name: string;
  readonly title: string;
  /** The change of its means. */
  readonly message: string;
}

/** Good findings pass; a notice passes too, and is shown. */
export type Severity = "good" | "notice" | "error";

/** Returns the severity of a verdict. */
export function severityOf(
  verdict: Finding["verdict"],
  { policy, allowBits }: Pick<Gate, "policy" | "allowBits">,
): Severity {
  if (verdict === "same") return "good";
  if (policy === "report") return "notice";
  const fails = policy === "accuracy"
    ? VERDICTS[verdict].failsAccuracy
    : !(allowBits && BITS_AT_MOST.includes(verdict));
  return fails ? "error" : "notice";
}

/** The verdicts on trials that ended with other bits, without a loss or a gain that counts. */
const BITS_AT_MOST: readonly Finding["verdict"][] = ["bits", "within", "improved"];

/** Returns the exit code of a check: the code of its most severe finding. */
export function exitCodeOfFindings(findings: readonly Finding[]): number {
  const codes = new Set(
    findings.filter(({ severity }) => severity === "error").map(({ verdict }) => VERDICTS[verdict].exitCode),
  );
  return GRAVEST_FIRST.find((code) => codes.has(code)) ?? EXIT_CODES.good;
}

/** Findings that are shown together: those of a point's trials, or one alone. */
export interface FindingGroup
  extends Pick<Finding, "experiment" | "file" | "severity" | "title" | "message"> {
  /** The trial or the point; null if it is about the experiment. */
  readonly name: string | null;
  /** Each trial's name and message, where its point was judged by the mean. */
  readonly trials: readonly (readonly [name: string, message: string])[];
}

/** Returns the findings that are not good, those of a point together: what fails first, then by verdict. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const notable = findings.filter(({ severity }) => severity !== "good");
  const groups = Map.groupBy(notable, (finding) => finding.point ?? finding);
  return [...groups.values()].toSorted((left, right) => rankOf(left) - rankOf(right)).map((group) => {
    const [{ experiment, file, severity, title, point, trial, message }] = group;
    if (point === null) return { experiment, file, severity, title, name: trial, message, trials: [] };
    return {
      experiment,
      file,
      severity: group.some((finding) => finding.severity === "error") ? "error" : "notice",
      ...point,
      trials: group.map((finding) => [finding.trial ?? "", finding.message] as const),
    };
  });
}

/** What is about the whole experiment explains the rest, and comes first. */
function rankOf(group: readonly Finding[]): number {
  if (group[0].trial === null) return -1;
  const ranks = group.map(({ severity, verdict }) =>
    VERDICTS_IN_ORDER.indexOf(verdict) + (severity === "error" ? 0 : VERDICTS_IN_ORDER.length)
  );
  return Math.min(...ranks);
}
