import { type MetricFacts, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { compareWithWinner } from "../../report/evidence/compare_points.ts";
import { leadText } from "../../report/evidence/lead_text.ts";
import { ensembleValues, netsText } from "../../report/story/ensemble_text.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { countEntries } from "../../report/summary/trial_status.ts";
import {
  selectedMetric,
  spreadOfMetric,
  testedMetric,
  testSpreadOf,
  valueOf,
} from "../../report/summary/metric.ts";
import { metricSpreadText, metricText } from "../../report/summary/metric_text.ts";
import { bestFirst, pointKey, rankPoints } from "../../report/summary/rank_points.ts";
import type { PointResult, Spread, Summary } from "../../report/summary/summary.ts";
import { trialsPerPoint, valuesText } from "../../report/summary/trials_per_point.ts";
import type { CommittedBits } from "../../runner/check/committed_bits.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import { FEWEST_VALUES } from "../../statistics/mean_interval.ts";
import { factLines } from "../terminal/fact_lines.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { shortPointName, valueText } from "./value_text.ts";

const TOP_POINTS = 10;

/** The terminal that shows an outcome. */
export type OutcomeTerminal = Pick<Terminal, "paint" | "link" | "columns">;

/** What is said of an outcome besides its summary. */
export interface OutcomeOptions {
  readonly terminal: OutcomeTerminal;
  /** More facts, a title and a value each. Default: none. */
  readonly more?: readonly (readonly [title: string, value: string])[];
}

/** Returns what is shown at the end of a run: the best points, the winner, and where the report is. */
export function outcomeText(
  { summary, folder, status }: RunOutcome,
  { terminal: { paint, link, columns }, more = [] }: OutcomeOptions,
): string {
  const { experiment, winner, counts } = summary;
  const isFolded = experiment.data.folds !== undefined;
  const metric = selectedMetric(experiment);
  const isUsual = metric.name === USUAL_METRIC;
  const test = winner === null ? null : testSpreadOf(winner, testName(metric.name));
  const path = reportPath({ folder });
  const isWritten = status !== "interrupted";
  const facts = [
    ["trials", countsText(summary)],
    ...winner === null
      ? [["winner", `none: no point has all of its ${isFolded ? "trials" : "repeats"} done`]]
      : [
        [isUsual ? "validation" : metric.label, resultText(spreadOfMetric(winner, metric.name)!, metric)],
        [
          isUsual ? "test" : testedMetric(experiment).label,
          test === null ? testGap(summary) : resultText(test, metric),
        ],
        ...ensembleValues(winner, experiment).slice(0, 1).map(({ metric, mean }) =>
          [
            "ensemble",
            `${metricText(mean, metric)} ${isUsual ? "test" : metric.label} (${netsText(winner)})`,
          ] as const
        ),
        [counts.pending > 0 ? "leading" : "winner", shortPointName(winner.point)],
        ["answer", leadText(summary, compareWithWinner(summary))],
      ],
    ["report", isWritten ? path : "not written: the run was interrupted"],
    ...more,
  ] as const satisfies readonly (readonly string[])[];
  const warnings = (summary.warnings ?? []).map(({ where, message }) =>
    `${paint("yellow", "warning")} ${where}: ${message}\n`
  );
  const warned = warnings.length === 0 ? "" : `${warnings.join("")}\n`;
  const head = `\n${paint("bold", experiment.name)}  ${oneLine(experiment.question)}\n\n${warned}`;
  const lines = factLines(facts as readonly (readonly [string, string])[], { columns });
  return `${wrapText(head, { columns })}${pointsTable(summary, columns)}\n${
    isWritten ? lines.replace(path, () => link(path, path)) : lines
  }`;
}

/** Returns a mean, with what its ± means. */
function resultText(spread: Spread, metric: Pick<MetricFacts, "format">): string {
  const count = spread.values.length;
  const text = metricSpreadText(spread, metric);
  return count < FEWEST_VALUES ? text : `${text} (95 % interval of the mean of ${valuesText(count, spread)})`;
}

/** Returns where the report of a run is. */
export function reportPath({ folder }: Pick<RunOutcome, "folder">): string {
  return `${folder}/${COMMITTED.page.name}`;
}

/** Returns an outcome as one line of JSON; with how its bits compare with the committed ones, for a run. */
export function outcomeJson(
  { summary, folder, status, ended }: RunOutcome,
  more: { readonly bits?: CommittedBits | null } = {},
): string {
  const { name: experiment } = summary.experiment;
  return `${JSON.stringify({ experiment, status, ended, folder, ...more, summary })}\n`;
}

/** Returns the counts of a summary's trials in words. */
export function countsText({ counts }: Summary): string {
  return countEntries(counts).filter(([status, count]) => status === "done" || count > 0)
    .map(([status, count]) => `${count} ${status}`).join(", ");
}

function testGap({ counts }: Summary): string {
  return counts.pending > 0 ? "not opened while trials are pending" : "not opened yet";
}

const MOST_LETTERS = 300;

/** A question may have several lines; the report shows all of a long one. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= MOST_LETTERS ? line : `${line.slice(0, MOST_LETTERS)}…`;
}

/** The best points, each with its best trial, which other commands ask for. */
function pointsTable({ points, trials, experiment }: Summary, columns: number | null): string {
  const ranked = rankPoints(points, experiment);
  if (ranked.length === 0) return "No point has a result.\n";
  const runs = trialsPerPoint(experiment);
  const axes = Object.keys(experiment.grid);
  const byPoint = Map.groupBy(trials, ({ point }) => pointKey(point));
  const metric = selectedMetric(experiment);
  const what = metric.name === USUAL_METRIC ? "validation" : metric.label;
  const row = (result: PointResult, index: number) => {
    const { point, done, stoppedAfter } = result;
    const spread = spreadOfMetric(result, metric.name);
    const [best] = byPoint.get(pointKey(point))!.toSorted(
      bestFirst((trial) => valueOf(trial, metric.name), experiment),
    );
    return [
      done === runs ? String(index + 1) : "-",
      spread === null ? "" : metricSpreadText(spread, metric),
      ...runs === 1 ? [] : [`${done} of ${runs}`],
      ...experiment.search === undefined ? [] : [stoppedAfter === undefined ? "" : String(stoppedAfter)],
      best.trial,
      String(best.bestEpoch),
      ...axes.map((axis) => valueText(point[axis])),
    ];
  };
  const head = [
    "rank",
    runs < FEWEST_VALUES ? what : `${what} ± 95 %`,
    ...runs === 1 ? [] : [experiment.data.folds === undefined ? "repeats" : "trials"],
    ...experiment.search === undefined ? [] : ["stopped after"],
    runs === 1 ? "trial" : "best trial",
    "epoch",
  ];
  const rest = ranked.length - TOP_POINTS;
  const rows = [[...head, ...axes], ...ranked.slice(0, TOP_POINTS).map(row)];
  const shorten = axes.map((_, index) => head.length + index);
  return table(rows, { columns, shorten, below: true }) + (rest > 0 ? `… and ${rest} more\n` : "");
}
