import type { Evidence } from "../evidence/evidence.ts";
import { POINT_HEADS, pointRows } from "../evidence/point_rows.ts";
import { shareRows } from "../evidence/share_rows.ts";
import { classTable } from "../evidence/test_text.ts";
import { axisText } from "../summary/axis_text.ts";
import { shareText, spreadText } from "../summary/percent.ts";
import type { Summary } from "../summary/summary.ts";
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
      : { winner: winnerTable(summary.winner), settings: settingsTable(summary.winner) },
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
  return {
    head: [
      "rank",
      ...axes,
      POINT_HEADS.accuracy,
      "repeats",
      POINT_HEADS.difference,
      POINT_HEADS.pValue,
      POINT_HEADS.signFlips,
    ],
    rows: rows.map(({ rank, point, accuracy, repeats, difference, pValue, signFlips }) => [
      rank,
      ...axes.map((axis) => axisText(point[axis])),
      accuracy,
      repeats,
      difference,
      pValue,
      signFlips,
    ]),
  };
}

type Winner = NonNullable<Summary["winner"]>;

function winnerTable({ validationAccuracy, testAccuracy }: Winner): TextTable {
  return {
    head: ["split", "accuracy ± 95 %"],
    rows: [
      ["validation", spreadText(validationAccuracy)],
      ["test", testAccuracy === null ? "" : spreadText(testAccuracy)],
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
