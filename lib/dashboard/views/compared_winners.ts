import { testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { selectedMetric, spreadOfMetric, testedMetric, testSpreadOf } from "../../report/summary/metric.ts";
import { metricSpreadText, unitOfHead } from "../../report/summary/metric_text.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { pairedDifference } from "../../statistics/paired_difference.ts";
import { comparePredictions, predictionsText } from "../../report/compare/compare_predictions.ts";
import { differenceText } from "../../report/evidence/point_rows.ts";
import { type Html, html } from "../../report/page/html.ts";
import { plainTable } from "../../report/page/plain_table.ts";
import { SPREAD_MEANING } from "../../report/summary/percent.ts";
import type { Spread, Summary } from "../../report/summary/summary.ts";
import { pointName } from "../../report/summary/trial_name.ts";
import type { ComparedSide } from "./compared_side.ts";

/** Returns the winners of compared results by the metric that decides in the first, each with its difference to that. */
export function comparedWinners(sides: readonly ComparedSide[]): Html {
  const [first, ...others] = sides;
  const { experiment } = first.story.summary;
  const metric = selectedMetric(experiment);
  const isUsual = metric.name === USUAL_METRIC;
  const text = (spread: Spread | null) => spread === null ? "" : metricSpreadText(spread, metric);
  const head = [
    "results",
    "winner",
    `${isUsual ? "validation" : metric.label}, ${SPREAD_MEANING}`,
    `to ${first.label}${unitOfHead(metric)} ± 95 %`,
    `${isUsual ? "test" : testedMetric(experiment).label}, ${SPREAD_MEANING}`,
    "trials",
    "SHA-256",
  ];
  const rows = sides.map((side) => {
    const { winner, counts, experimentDigest } = side.story.summary;
    return [
      side.isRunning ? `${side.label} (running)` : side.label,
      winner === null ? "none" : `${pointName(winner.point)}${counts.pending > 0 ? " (leading so far)" : ""}`,
      winner === null ? "" : text(spreadOfMetric(winner, metric.name)),
      side === first ? "" : winnersDifference(side.story.summary, first.story.summary),
      winner === null ? "" : text(testSpreadOf(winner, testName(metric.name))),
      `${counts.done + (counts.stopped ?? 0)} of ${counts.trials}`,
      experimentDigest.slice(0, 12),
    ];
  });
  const tests = others.flatMap((side) => {
    const found = comparePredictions(first.results, side.results);
    return found === null ? [] : [`${first.label} before, ${side.label} after: ${predictionsText(found)}.`];
  });
  return html`
    <div class="scroll">${plainTable({ head, rows })}</div>
    ${tests.map((text) => html`<p class="note">${text}</p>`)}
  `;
}

/** Winners of one seed share random streams at each repeat, and are paired; others are not compared. */
function winnersDifference({ winner, experiment }: Summary, first: Summary): string {
  if (winner === null || first.winner === null) return "";
  const metric = selectedMetric(first.experiment);
  const [left, right] = [winner, first.winner].map((one) => spreadOfMetric(one, metric.name)?.values ?? []);
  if (left.length === 0) return "";
  const { folds } = spreadOfMetric(winner, metric.name)!;
  const isPaired = experiment.seed === first.experiment.seed && left.length === right.length &&
    folds === spreadOfMetric(first.winner, metric.name)?.folds;
  if (!isPaired) return "not paired";
  const pairs = left.map((value, run) => [value, right[run]] as const);
  return differenceText(pairedDifference(pairs, heldOut({ folds }))!, metric);
}
