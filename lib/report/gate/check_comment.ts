import { metricFacts, USUAL_METRIC } from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import { changeText, winnerText } from "../compare/change_text.ts";
import {
  type Comparison,
  type EnsembleComparison,
  hasDifferences,
  type PointComparison,
  type TrialComparison,
} from "../compare/comparison.ts";
import { type Gate, gateText } from "../compare/gate.ts";
import { byGravity } from "../compare/point_curves.ts";
import { POINT_VERDICTS, VERDICTS, VERDICTS_IN_ORDER, verdictTitle } from "../compare/verdicts.ts";
import { verdictsText } from "../compare/verdicts_text.ts";
import { escapeMarkdown } from "../files/escape_markdown.ts";
import { markdownTable } from "../files/markdown_table.ts";
import { rangeOf, sparkline } from "../files/sparkline.ts";
import { differingTexts, metricText, signedText } from "../summary/metric_text.ts";
import { pointName } from "../summary/trial_name.ts";
import { valuesText } from "../summary/trials_per_point.ts";
import { describeComparison } from "./describe_comparison.ts";
import { type Finding, groupFindings, severityOf } from "./finding.ts";

/** What a comment begins with, so that a later check finds it and updates it in place. */
export const COMMENT_MARK = "<!-- seedbed check -->";

/** GitHub takes 65,536 characters, GitLab a million. */
const MOST_BYTES = 60_000;
const MOST_ROWS = 40;
const MOST_ROW_BYTES = 30_000;
const MOST_FINDINGS = 15;
/** Narrow enough for the table to fit a comment of GitHub, some 780 pixels. */
const CURVE_LETTERS = 16;

/** Options of {@link checkComment}. */
export interface CheckCommentOptions {
  readonly findings: readonly Finding[];
  readonly exitCode: number;
}

/**
 * Returns the Markdown of a comment on a pull request: the verdict, a table of what changed, and details that are folded.
 * It is shorter than 60 kB, and nothing of an experiment's texts is markup in it.
 */
export function checkComment(
  comparisons: readonly Comparison[],
  { findings, exitCode }: CheckCommentOptions,
): string {
  const rows = comparisons.flatMap(changeRows);
  const shown = fitting(rows);
  const head = [
    `${COMMENT_MARK}\n## ${headline(findings, exitCode)}`,
    countsLine(comparisons),
    ...shown.length === 0
      ? []
      : [markdownTable({ head: HEAD, rows: shown }, { numeric: ["before", "after", "points"] })],
    ...rows.length > shown.length ? [`… and ${rows.length - shown.length} more rows.`] : [],
    ...leftOut(comparisons),
  ];
  const foot = acceptance(comparisons);
  const details: string[] = [];
  let room = MOST_BYTES - bytesOf([...head, ...foot]);
  for (const comparison of comparisons) {
    const text = detailsOf(comparison);
    room -= bytesOf([text]);
    if (room < 0) {
      details.push(
        `Details of ${comparisons.length - details.length} more experiments are in the job's files.`,
      );
      break;
    }
    details.push(text);
  }
  return `${[...head, ...details, ...foot].join("\n\n")}\n`;
}

/** Room for the note on what was left out. */
const NOTE_BYTES = 200;

function bytesOf(parts: readonly string[]): number {
  return new TextEncoder().encode(parts.join("\n\n")).length + NOTE_BYTES;
}

/** Names of points may be long: the table gets half of the comment at most. */
function fitting(rows: readonly Row[]): readonly Row[] {
  let room = MOST_ROW_BYTES;
  const end = rows.slice(0, MOST_ROWS).findIndex((row) => (room -= bytesOf(row)) < 0);
  return rows.slice(0, end === -1 ? MOST_ROWS : end);
}

function headline(findings: readonly Finding[], exitCode: number): string {
  const failing = countsText(findings.filter(({ severity }) => severity === "error"));
  if (exitCode !== 0) return `❌ Seedbed: ${failing || "nothing was checked"}`;
  const noted = countsText(findings.filter(({ severity }) => severity === "notice"));
  if (noted !== "") return `✅ Seedbed passes: ${noted}`;
  return findings.length === 0 ? "✅ Seedbed: nothing to check" : "✅ Seedbed: every bit is as committed";
}

function countsText(findings: readonly Finding[]): string {
  const counts = Map.groupBy(findings, ({ verdict }) => verdict);
  return VERDICTS_IN_ORDER.flatMap((verdict) => {
    const count = counts.get(verdict)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${VERDICTS[verdict].counted}`];
  }).join(", ");
}

function countsLine(comparisons: readonly Comparison[]): string {
  const trials = comparisons.reduce((sum, comparison) => sum + comparison.trials.length, 0);
  return `${counted(comparisons.length, "experiment")}, ${
    counted(trials, "trial")
  } compared with the committed results.`;
}

/** A row of the table of changes; texts are escaped. */
type Row = readonly string[];

const HEAD: Row = [
  "",
  "experiment",
  "what",
  "where",
  "before",
  "after",
  "points",
  "curves:<br>before, after",
];

const IN_POINTS: ReadonlySet<Finding["verdict"]> = new Set(POINT_VERDICTS);

/** Returns a row for each point whose accuracy changed, then a row for each other verdict. */
function changeRows(comparison: Comparison): readonly Row[] {
  const { problem, points, trials, ensemble, gate } = comparison;
  const experiment = escapeMarkdown(comparison.experiment);
  if (problem !== null) {
    const icon = iconOf(severityOf(problem.verdict, gate));
    return [[icon, experiment, VERDICTS[problem.verdict].title, cell(problem.message), "", "", "", ""]];
  }
  const others = Map.groupBy(
    trials.filter(({ verdict }) => verdict !== "same" && !IN_POINTS.has(verdict)),
    ({ verdict }) => verdict,
  );
  return [
    ...byGravity(points).map((
      point,
    ) => [iconOf(severityOf(point.verdict, gate)), experiment, ...pointCells(point, gate)]),
    ...[...others].map(([verdict, group]) => {
      const icon = iconOf(severityOf(verdict, gate));
      return [icon, experiment, VERDICTS[verdict].title, cell(namesText(group)), "", "", "", ""];
    }),
    ...ensemble === undefined || ensemble.verdict === "same"
      ? []
      : [[iconOf(severityOf(ensemble.verdict, gate)), experiment, ...ensembleCells(ensemble, gate)]],
  ];
}

function iconOf(severity: Finding["severity"]): string {
  return severity === "error" ? "❌" : "ℹ️";
}

function pointCells(
  { verdict, point, repeats, folds, validation, test, curves }: Omit<PointComparison, "verdict"> & {
    readonly verdict: Finding["verdict"];
  },
  gate: Gate,
): Row {
  const { metric: select = USUAL_METRIC } = gate;
  const metric = metricFacts(select);
  const prefix = select === USUAL_METRIC ? "" : `${metric.measure} `;
  const both = [[prefix, validation] as const, [`test ${prefix}`, test] as const];
  const changes = both.flatMap(([name, change]) => {
    if (change === null || (change === test && change.before === change.after)) return [];
    const [before, after] = change.before === change.after
      ? [metricText(change.before, metric), metricText(change.after, metric)]
      : differingTexts(change.before, change.after, metric);
    return [
      [`${name}${before}`, `${name}${after}`, signedText(change.after - change.before, metric)] as const,
    ];
  });
  const where = `${pointName(point)}${repeats > 1 ? `, mean of ${valuesText(repeats, { folds })}` : ""}`;
  // A number that breaks into two lines no longer stands beside what it is compared with.
  const columns = [0, 1, 2].map((column) =>
    changes.map((cells) => cells[column].replaceAll(" ", "\u00a0")).join("<br>")
  );
  return [
    verdictTitle(verdict, gate),
    cell(where),
    ...columns,
    curves === undefined ? "" : curvesText(curves),
  ];
}

function ensembleCells({ verdict, point, test: { before, after } }: EnsembleComparison, gate: Gate): Row {
  const test = before === null || after === null ? null : { before, after };
  const [title, where, ...cells] = pointCells({ verdict, point, repeats: 1, validation: null, test }, gate);
  return [title, `${where} (ensemble)`, ...cells];
}

/** Both curves on one scale; a dash stands for one without epochs. */
function curvesText({ before, after }: NonNullable<PointComparison["curves"]>): string {
  const range = rangeOf([...before, ...after]);
  if (before.length + after.length === 0) return "";
  return [before, after].map((curve) =>
    curve.length === 0 ? "–" : `\`${sparkline(curve, { most: CURVE_LETTERS, range })}\``
  ).join("<br>");
}

const MOST_NAMES = 3;

function namesText(trials: readonly TrialComparison[]): string {
  const names = [...new Set(trials.map(({ point }) => pointName(point)))];
  const more = names.length - MOST_NAMES;
  return `${counted(trials.length, "trial")}: ${names.slice(0, MOST_NAMES).join("; ")}${
    more > 0 ? `; and ${more} more` : ""
  }`;
}

const MOST_LETTERS = 300;

function cell(text: string): string {
  return escapeMarkdown(
    text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS).toWellFormed()}…`,
  );
}

function leftOut(comparisons: readonly Comparison[]): readonly string[] {
  const lines = comparisons.flatMap(({ experiment, unchecked = [] }) =>
    unchecked.map(({ trials, reason }) =>
      `- ${escapeMarkdown(`${experiment}${trials === null ? "" : `, ${trials} trials`}: ${reason}`)}`
    )
  );
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST_FINDINGS);
  const more = lines.length - shown.length;
  return [`Not checked:\n\n${shown.join("\n")}${more > 0 ? `\n- … and ${more} more` : ""}`];
}

function detailsOf(comparison: Comparison): string {
  const groups = groupFindings(describeComparison(comparison));
  const winner = winnerText(comparison);
  const facts = [
    `policy: ${gateText(comparison.gate)}`,
    ...comparison.changes.map((change) => `declared: ${changeText(change)}`),
    ...winner === null ? [] : [winner],
    ...comparison.trusted === undefined
      ? []
      : [`${comparison.trusted} trials were trained before by the same code`],
    ...groups.slice(0, MOST_FINDINGS).flatMap(({ title, name, message, trials }) => [
      `${title}: ${name === null ? "" : `${name}: `}${message}`,
      ...trials.map(([trial, change]) => `${trial}: ${change.split("; ")[0]}`),
    ]),
    ...groups.length > MOST_FINDINGS ? [`… and ${groups.length - MOST_FINDINGS} more`] : [],
  ];
  const title = escapeMarkdown(`${comparison.experiment}: ${verdictsText(comparison)}`);
  const lines = facts.slice(0, 2 * MOST_FINDINGS).map((fact) => `- ${cell(fact)}`);
  return `<details><summary>${title}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

function acceptance(comparisons: readonly Comparison[]): readonly string[] {
  const files = comparisons.flatMap((comparison) => {
    const { file, problem } = comparison;
    return file !== null && (problem !== null || hasDifferences(comparison)) ? [file] : [];
  });
  if (files.length === 0) return [];
  const named = files.join(" ");
  const shown = named.length > MOST_LETTERS || /[`\n]/.test(named) ? "FILE…" : named;
  return [`If this is meant, \`deno task baseline ${shown} --reason "…"\` accepts it.`];
}
