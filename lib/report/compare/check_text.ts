import type { Comparison, Verdict } from "./comparison.ts";
import { changeText, findDifferences, TITLES, winnerText } from "./find_differences.ts";

const COUNTED: Readonly<Record<Verdict, string>> = {
  same: "the same",
  regression: "worse",
  suspicious: "suspiciously better",
  bits: "with other bits",
  diverged: "diverged",
  failed: "failed",
  missing: "without a baseline",
  obsolete: "obsolete",
  incomplete: "incomplete",
};

/** Returns the verdicts of an experiment in one line, such as `28 the same, 2 worse`. */
export function verdictsText(comparison: Comparison): string {
  if (comparison.problem !== null) return TITLES[comparison.problem.verdict].toLowerCase();
  const counts = Map.groupBy(comparison.trials, ({ verdict }) => verdict);
  return Object.entries(COUNTED).flatMap(([verdict, text]) => {
    const count = counts.get(verdict as Verdict)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${text}`];
  }).join(", ") || "no trials";
}

/** How much a check says, and what it lets pass. */
export interface CheckTextOptions {
  readonly allowBits: boolean;
  /** Findings that are told of one experiment; the others are counted. Default: 20. */
  readonly mostTold?: number;
}

/** Returns what a check found out about one experiment, for a terminal; a line a finding that is not good. */
export function checkText(comparison: Comparison, { allowBits, mostTold = 20 }: CheckTextOptions): string {
  const told = findDifferences(comparison, { allowBits }).filter(({ severity }) => severity !== "good");
  const lines = [`${comparison.experiment}: ${verdictsText(comparison)}`];
  for (const { severity, title, trial, message } of told.slice(0, mostTold)) {
    const where = trial === null ? "" : `${trial}: `;
    lines.push(`  ${severity === "error" ? "FAIL" : "note"}  ${title}  ${where}${message}`);
  }
  if (told.length > mostTold) lines.push(`  … and ${told.length - mostTold} more`);
  for (const change of told.length === 0 ? [] : comparison.changes) {
    // Its reason is a finding.
    lines.push(`  changed  ${changeText({ ...change, reason: undefined })}`);
  }
  const winner = winnerText(comparison);
  if (winner !== null) lines.push(`  ${winner}`);
  return `${lines.join("\n")}\n`;
}
