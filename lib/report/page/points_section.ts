import type { PointDifferences } from "../evidence/compare_points.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { type PointColumn, pointColumns } from "../evidence/point_columns.ts";
import { differenceText, type PointRow, pointRows, pointsNote } from "../evidence/point_rows.ts";
import { selectedMetric } from "../summary/metric.ts";
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
      ${pairsTable(pairs, summary.experiment)}
    </section>
  `;
}

/** Returns the table of points, best first. */
function pointsTable(
  summary: Summary,
  { comparisons }: Pick<Evidence, "comparisons">,
): Html {
  const rows = pointRows(summary, comparisons);
  const shown = rows.slice(0, MOST_ROWS);
  const columns = pointColumns(summary, rows);
  return html`
    ${rows.length > shown.length
      ? html`<p class="note">The best ${shown.length} of ${rows.length} points; summary.json has all.</p>`
      : null}
    <div class="scroll">
      <table id="points_table" class="sortable">
        <caption>Each point of the grid, best mean ${selectedMetric(summary.experiment)
          .label} first. A column's heading sorts by it. ${pointsNote(
            summary,
          )}</caption>
        ${sortableHead(columns.map(({ head }) => head))}
        <tbody>
          ${shown.map((row) => rowHtml(row, columns))}
        </tbody>
      </table>
    </div>
  `;
}

function rowHtml(row: PointRow, columns: readonly PointColumn[]): Html {
  return html`
    <tr data-point="${row.index}"
      ${row.isWinner
        ? html`
          class="winner"
        `
        : null}>${columns.map((column) => cellHtml(row, column))}</tr>
  `;
}

function cellHtml(row: PointRow, { kind, text, sorted }: PointColumn): Html {
  if (sorted !== undefined) return html`<td data-value="${sorted(row) ?? ""}">${text(row)}</td>`;
  return kind === "notes" ? html`<td class="remarks">${text(row)}</td>` : html`<td>${text(row)}</td>`;
}

/** Returns the differences between any two of the best points, folded; null with fewer than three points. */
function pairsTable(
  { points, differences }: PointDifferences,
  experiment: Summary["experiment"],
): Html | null {
  if (points.length < 3) return null;
  const metric = selectedMetric(experiment);
  const runs = experiment.data.folds === undefined ? "repeats" : "repeats and folds";
  return html`
    <details>
      <summary>Any two of the best ${points.length} points</summary>
      <p
        class="note">The row's point minus the column's, in ${metric.format === "percent"
          ? "points"
          : metric.label} ± 95 % interval, over the ${runs} that both have. An
      interval without 0 is not corrected for the number of pairs.</p>
      <div class="scroll">${plainTable({
        head: ["point", ...points.map((_, index) => `rank ${index + 1}`)],
        rows: points.map((point, row) => [
          `${row + 1}: ${pointName(point)}`,
          ...differences[row].map((difference) =>
            difference === null ? "" : differenceText(difference, metric)
          ),
        ]),
      })}</div>
    </details>
  `;
}
