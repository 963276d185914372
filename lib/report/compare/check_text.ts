import { dropText } from "./accuracy_drops.ts";
import type { Comparison, Verdict } from "./comparison.ts";
import { changeText, describeComparison, winnerText } from "./describe_comparison.ts";
import { VERDICTS } from "./verdicts.ts";

/** Returns the verdicts of an experiment in one line, such as `28 the same, 2 worse`. */
export function verdictsText(comparison: Comparison): string {
  if (comparison.problem !== null) return VERDICTS[comparison.problem.verdict].title.toLowerCase();
  const counts = Map.groupBy(comparison.trials, ({ verdict }) => verdict);
  return Object.entries(VERDICTS).flatMap(([verdict, { counted }]) => {
    const count = counts.get(verdict as Verdict)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${counted}`];
  }).join(", ") || "no trials";
}

/** Options of {@link checkText}. */
export interface CheckTextOptions {
  readonly allowBits: boolean;
  /** The most findings that are shown of an experiment; the others are counted. Default: 20. */
  readonly mostFindings?: number;
}

/**
 * Returns the result of a check of one experiment for a terminal, with one line for each finding that is not good.
 */
export function checkText(
  comparison: Comparison,
  { allowBits, mostFindings = 20 }: CheckTextOptions,
): string {
  const shown = describeComparison(comparison, { allowBits }).filter(({ severity }) => severity !== "good");
  const lines = [`${comparison.experiment}: ${verdictsText(comparison)}`];
  for (const { severity, title, trial, message } of shown.slice(0, mostFindings)) {
    const where = trial === null ? "" : `${trial}: `;
    lines.push(`  ${severity === "error" ? "FAIL" : "note"}  ${title}  ${where}${message}`);
  }
  if (shown.length > mostFindings) lines.push(`  … and ${shown.length - mostFindings} more`);
  const { drops } = comparison;
  if (drops !== undefined) {
    if (drops.length === 0) lines.push("  tolerance auto  no accuracy changed");
    for (const drop of drops.slice(0, mostFindings)) lines.push(`  tolerance auto  ${dropText(drop)}`);
    if (drops.length > mostFindings) lines.push(`  … and ${drops.length - mostFindings} more`);
  }
  for (const change of shown.length === 0 ? [] : comparison.changes) {
    // The reason is shown as a finding.
    lines.push(`  changed  ${changeText({ ...change, reason: undefined })}`);
  }
  const winner = winnerText(comparison);
  if (winner !== null) lines.push(`  ${winner}`);
  return `${lines.join("\n")}\n`;
}
