import { metricFacts, testName } from "../../core/facts/metric.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { pointHeads, pointRows } from "../evidence/point_rows.ts";
import { shareRows } from "../evidence/share_rows.ts";
import { classTable } from "../evidence/test_text.ts";
import { ensembleValues } from "../story/ensemble_text.ts";
import { axisText } from "../summary/axis_text.ts";
import { type Measuring, spreadOfMetric, testSpreadOf, validationMetrics } from "../summary/metric.ts";
import { metricSpreadText, metricText } from "../summary/metric_text.ts";
import { shareText } from "../summary/percent.ts";
import type { Spread, Summary } from "../summary/summary.ts";
import type { TextTable } from "../summary/text_table.ts";

/** The tables of an experiment for a paper, by the name of their files. */
export type PaperTables = Readonly<Record<string, TextTable>>;

/** Returns the tables for a paper: points, the winner and its settings, what mattered, and each class. */
export function paperTables(summary: Summary, evidence: Evidence): PaperTables {
  const { shares, test } = evidence;
  return {
    points: pointsTable(summary, evidence),
    ...summary.winner === null
      ? {}
      : { winner: winnerTable(summary.winner, summary.experiment), settings: settingsTable(summary.winner) },
    ...shares === null ? {} : {
      shares: {
        head: ["axes", "share of the variance"],
        rows: shareRows(shares).map(({ name, share }) => [name, shareText(share)]),
      },
    },
    ...test === null || test.classes.length === 0 ? {} : { classes: classTable(test) },
  };
}

function pointsTable(summary: Summary, { comparisons }: Evidence): TextTable {
  const axes = Object.keys(summary.experiment.grid);
  const rows = pointRows(summary, comparisons);
  const heads = pointHeads(summary.experiment);
  return {
    head: [
      "rank",
      ...axes,
      heads.value,
      summary.experiment.data.folds === undefined ? "repeats" : "trials",
      heads.difference,
      heads.pValue,
      heads.signFlips,
      ...heads.others,
    ],
    rows: rows.map(({ rank, point, value, others, repeats, difference, pValue, signFlips }) => [
      rank,
      ...axes.map((axis) => axisText(point[axis])),
      value,
      repeats,
      difference,
      pValue,
      signFlips,
      ...others,
    ]),
  };
}

type Winner = NonNullable<Summary["winner"]>;

function winnerTable(winner: Winner, experiment: Measuring): TextTable {
  const metrics = validationMetrics(experiment);
  const isAlone = metrics.length === 1;
  return {
    head: isAlone ? ["split", "accuracy ± 95 %"] : ["metric", "value ± 95 %"],
    rows: [
      ...metrics.flatMap((metric) => {
        const tested = testName(metric.name);
        const text = (spread: Spread | null) => spread === null ? "" : metricSpreadText(spread, metric);
        return [
          [isAlone ? "validation" : metric.label, text(spreadOfMetric(winner, metric.name))],
          [isAlone ? "test" : metricFacts(tested).label, text(testSpreadOf(winner, tested))],
        ];
      }),
      ...ensembleValues(winner, experiment).map(({ metric, mean }) => [
        `${isAlone ? "test" : metric.label} of the ensemble of ${winner.trials.length} nets`,
        metricText(mean, metric),
      ]),
    ],
  };
}

/** The winner's model and solver, a row for each field; those of the optimizer by their path. */
function settingsTable({ model, solver }: Winner): TextTable {
  return { head: ["setting", "value"], rows: [...fieldRows(model, "model"), ...fieldRows(solver, "solver")] };
}

function fieldRows(value: unknown, path: string): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, typeof value === "number" ? axisText(value) : JSON.stringify(value) ?? ""]];
  }
  return Object.entries(value).flatMap(([name, field]) => fieldRows(field, `${path}.${name}`));
}
