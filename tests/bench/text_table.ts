import { type BenchReport, numberText, type Table, type Target, verdictOf } from "./report.ts";

/** Returns a report for the terminal. */
export function reportText({ tables, targets }: BenchReport): string {
  return [
    ...tables.map(tableText),
    ...(targets.length === 0 ? [] : [targets.map(targetText).join("\n") + "\n"]),
  ]
    .join("\n");
}

/** Returns how many targets of a run are met, missed and not counted. */
export function targetsText(targets: readonly Target[]): string {
  const count = (verdict: string) => targets.filter((target) => verdictOf(target) === verdict).length;
  return `Targets: ${count("met")} met, ${count("missed")} missed, ${count("not counted")} not counted.`;
}

/** Says whether a target is met and what was measured. */
export function targetText(target: Target): string {
  const { name, measured, reason, bound, direction, unit } = target;
  const verdict = verdictOf(target);
  const found = verdict === "not counted" ? reason ?? "not measured" : `${numberText(measured)} ${unit}`;
  return `${verdict}: ${name}: ${found}, should be ${direction} ${bound} ${unit}`;
}

/** Returns a table as Markdown. */
export function tableMarkdown({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, i) => isWords(rows, i) ? "---" : "---:");
  return [
    `### ${title}`,
    "",
    line(columns),
    line(rule),
    ...rows.map(line),
    "",
    ...notes.map((note) => `- ${note}`),
    ...(notes.length > 0 ? [""] : []),
  ].join("\n");
}

function tableText({ title, columns, rows, notes }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((cells) => cells[i].length)));
  const pad = (cell: string, i: number) =>
    isWords(rows, i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]);
  const lines = all.map((cells) => `  ${cells.map(pad).join("  ")}`.trimEnd());
  return [title, ...lines, ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** Whether a column holds words, which stand on the left. */
function isWords(rows: readonly (readonly string[])[], column: number): boolean {
  return column === 0 || rows.some((cells) => /^[A-Za-z]/.test(cells[column]));
}
