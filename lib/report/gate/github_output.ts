import { escapeMarkdown } from "../files/escape_markdown.ts";
import { markdownTable } from "../files/markdown_table.ts";
import { winnerText } from "../compare/change_text.ts";
import type { Comparison } from "../compare/comparison.ts";
import { verdictsText } from "../compare/verdicts_text.ts";
import { type Finding, groupFindings } from "./finding.ts";

// GitHub shows ten annotations of a kind per step and drops the others.
const MOST_ANNOTATIONS = 10;
// GitHub limits a summary to 1 MiB.
const MOST_ROWS = 200;

/** Returns workflow commands that annotate the experiment file in a pull request with the findings. */
export function githubAnnotations(findings: readonly Finding[]): string {
  const groups = groupFindings(findings);
  return (["error", "notice"] as const).flatMap((kind) => {
    const ofKind = groups.filter(({ severity }) => severity === kind);
    const shown = ofKind.length > MOST_ANNOTATIONS ? ofKind.slice(0, MOST_ANNOTATIONS - 1) : ofKind;
    const lines = shown.map(({ file, title, experiment, name, message }) => {
      const place = file === null ? "" : `file=${escapeProperty(file)},line=1,`;
      const text = [experiment, name, message].filter((part) => part !== null).join(": ");
      return `::${kind} ${place}title=${escapeProperty(title)}::${escapeData(text)}\n`;
    });
    const rest = ofKind.length - shown.length;
    return rest === 0 ? lines : [...lines, `::${kind} title=Seedbed::and ${rest} more, see the summary\n`];
  }).join("");
}

/** Returns the Markdown of a check: a row per experiment, then a row per finding that is not good. */
export function githubSummary(
  comparisons: readonly Comparison[],
  { findings, exitCode }: { readonly findings: readonly Finding[]; readonly exitCode: number },
): string {
  const notable = groupFindings(findings);
  const sections = [
    `## Seedbed: ${exitCode === 0 ? "everything is in order" : `not in order (exit code ${exitCode})`}`,
    table(
      ["experiment", "trials", "winner"],
      comparisons.map((comparison) => [
        comparison.experiment,
        verdictsText(comparison),
        winnerText(comparison) ?? "",
      ]),
    ),
  ];
  if (notable.length > 0) {
    sections.push(table(
      ["", "experiment", "trial", "what", "message"],
      notable.slice(0, MOST_ROWS).map(({ severity, experiment, name, title, message }) => [
        severity === "error" ? "❌" : "ℹ️",
        experiment,
        name ?? "",
        title,
        message,
      ]),
    ));
  }
  if (notable.length > MOST_ROWS) sections.push(`… and ${notable.length - MOST_ROWS} more.`);
  return `${sections.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable({ head, rows: rows.map((cells) => cells.map(escapeMarkdown)) });
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
