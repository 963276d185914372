import { counted } from "../../core/text/counted.ts";
import { dropText } from "../compare/accuracy_drops.ts";
import { changeText, winnerText } from "../compare/change_text.ts";
import type { Comparison } from "../compare/comparison.ts";
import { gateText } from "../compare/gate.ts";
import { verdictsText } from "../compare/verdicts_text.ts";
import { describeComparison } from "./describe_comparison.ts";
import { groupFindings } from "./finding.ts";

/** Options of {@link checkText}. */
export interface CheckTextOptions {
  /** The most findings that are shown of an experiment; the others are counted. Default: 20. */
  readonly mostFindings?: number;
  /** Whether the results take the place of the baseline, so that no finding fails. Default: false. */
  readonly isAccepted?: boolean;
}

/**
 * Returns the result of a check of one experiment for a terminal, with one line for each finding that is not good.
 */
export function checkText(
  comparison: Comparison,
  { mostFindings = 20, isAccepted = false }: CheckTextOptions = {},
): string {
  const shown = groupFindings(describeComparison(comparison));
  const lines = [`${comparison.experiment}: ${verdictsText(comparison)}`];
  const isChecked = comparison.problem !== null || comparison.trials.length > 0;
  if (!isAccepted && isChecked) lines.push(`  policy  ${gateText(comparison.gate)}`);
  for (const { severity, title, name, message, trials } of shown.slice(0, mostFindings)) {
    const where = name === null ? "" : `${name}: `;
    const mark = isAccepted ? "was " : severity === "error" ? "FAIL" : "note";
    lines.push(`  ${mark}  ${title}  ${where}${message}`);
    for (const [trial, change] of trials.slice(0, mostFindings)) lines.push(`          ${trial}: ${change}`);
    if (trials.length > mostFindings) lines.push(`          … and ${trials.length - mostFindings} more`);
  }
  if (shown.length > mostFindings) lines.push(`  … and ${shown.length - mostFindings} more`);
  const { drops, unchecked = [], trusted = 0 } = comparison;
  for (const { trials, reason } of unchecked) {
    lines.push(`  not checked  ${trials === null ? "" : `${counted(trials, "trial")}: `}${reason}`);
  }
  if (trusted > 0) {
    lines.push(
      `  trusted  ${counted(trusted, "trial")}: --trust-cache has them, as the same code trained them before`,
    );
  }
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
