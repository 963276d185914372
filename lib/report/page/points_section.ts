import type { PointDifferences } from "../evidence/compare_points.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { differenceText, POINT_HEADS, type PointRow, pointRows, pointsNote } from "../evidence/point_rows.ts";
import { axisText } from "../summary/axis_text.ts";
import type { Summary } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";
import { sortableHead } from "./sortable_head.ts";
import { MOST_ROWS } from "./trials_table.ts";

/** Returns the section of points, best first, each with its difference to the winner; its trials are a table of their own. */
export function pointsSection(
  summary: Summary,
  { comparisons, pairs }: Pick<Evidence, "comparisons" | "pairs">,
): Html {
  return html`
    <section id="points">
      <h2>Points</h2>
      ${pointsTable(summary, { comparisons })}
      ${pairsTable(pairs)}
    </section>
  `;
}

/** Returns the table of points, best first. */
function pointsTable(
  summary: Summary,
  { comparisons }: Pick<Evidence, "comparisons">,
): Html {
  const { experiment } = summary;
  const axes = Object.keys(experiment.grid);
  const rows = pointRows(summary, comparisons);
  const shown = rows.slice(0, MOST_ROWS);
  const isRepeated = experiment.repeats > 1;
  const hasPValues = rows.some(({ pValue }) => pValue !== "");
  const hasNotes = rows.some(({ notes }) => notes !== "");
  const columns = [
    "rank",
    POINT_HEADS.accuracy,
    ...axes,
    ...isRepeated ? ["repeats"] : [],
    POINT_HEADS.difference,
    ...hasPValues ? [POINT_HEADS.pValue, POINT_HEADS.signFlips] : [],
    ...hasNotes ? ["notes"] : [],
  ];
  return html`
    ${rows.length > shown.length
      ? html`<p class="note">The best ${shown.length} of ${rows.length} points; summary.json has all.</p>`
      : null}
    <div class="scroll">
      <table id="points_table" class="sortable">
        <caption>Each point of the grid, best mean validation accuracy first. A column's heading sorts by it. ${pointsNote(
          summary,
        )}</caption>
        ${sortableHead(columns)}
        <tbody>
          ${shown.map((row) => rowHtml(row, { axes, isRepeated, hasPValues, hasNotes }))}
        </tbody>
      </table>
    </div>
  `;
}

interface RowOptions {
  readonly axes: readonly string[];
  readonly isRepeated: boolean;
  readonly hasPValues: boolean;
  readonly hasNotes: boolean;
}

function rowHtml(row: PointRow, { axes, isRepeated, hasPValues, hasNotes }: RowOptions): Html {
  const { index, point, rank, isWinner, accuracy, repeats, difference, pValue, signFlips, notes, sorted } =
    row;
  const cell = (text: string, value: number | null) => html`<td data-value="${value ?? ""}">${text}</td>`;
  return html`
    <tr data-point="${index}"
      ${isWinner
        ? html`
          class="winner"
        `
        : null}><td>${rank}</td>${cell(accuracy, sorted.accuracy)}${axes.map((axis) =>
          html`<td>${axisText(point[axis])}</td>`
        )}${isRepeated ? html`<td>${repeats}</td>` : null}${cell(difference, sorted.difference)}${hasPValues
        ? html`${cell(pValue, sorted.pValue)}<td>${signFlips}</td>`
        : null}${hasNotes ? html`<td class="remarks">${notes}</td>` : null}</tr>
  `;
}

/** Returns the differences between any two of the best points, folded; null with fewer than three points. */
function pairsTable({ points, differences }: PointDifferences): Html | null {
  if (points.length < 3) return null;
  return html`
    <details>
      <summary>Any two of the best ${points.length} points</summary>
      <p
        class="note">The row's point minus the column's, in points ± 95 % interval, over the repeats that both have. An
      interval without 0 is not corrected for the number of pairs.</p>
      <div class="scroll">${plainTable({
        head: ["point", ...points.map((_, index) => `rank ${index + 1}`)],
        rows: points.map((point, row) => [
          `${row + 1}: ${pointName(point)}`,
          ...differences[row].map((difference) => difference === null ? "" : differenceText(difference)),
        ]),
      })}</div>
    </details>
  `;
}
