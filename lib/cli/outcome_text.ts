import {
  axisText,
  type PointResult,
  pointText,
  rankPoints,
  spreadText,
  type Summary,
} from "../runner/display.ts";
import type { RunOutcome } from "../runner/run_experiment.ts";
import { table } from "./table.ts";
import type { Paint } from "./terminal.ts";

const TOP_POINTS = 10;

/** Returns what is shown at the end of a run: the best points, the winner, and where the report is. */
export function outcomeText(
  { summary, folder, status }: RunOutcome,
  { paint }: { readonly paint: Paint },
): string {
  const { experiment, winner, counts } = summary;
  const facts = [
    ["trials", countsText(summary)],
    ...winner === null ? [["winner", "none: no point has all of its repeats done"]] : [
      [counts.pending > 0 ? "leading" : "winner", pointText(winner.point) || "the only point"],
      ["validation", spreadText(winner.validationAccuracy)],
      ["test", winner.testAccuracy === null ? testGap(summary) : spreadText(winner.testAccuracy)],
    ],
    ["report", status === "interrupted" ? "not written: the run was interrupted" : `${folder}/report.md`],
  ];
  return `\n${paint("bold", experiment.name)}  ${experiment.question}\n\n${pointsTable(summary)}` +
    `\n${table(facts)}`;
}

/** Returns an outcome as one line of JSON. */
export function outcomeJson({ summary, folder, status, ended }: RunOutcome): string {
  return `${JSON.stringify({ experiment: summary.experiment.name, status, ended, folder, summary })}\n`;
}

/** Returns the counts of a summary's trials in words. */
export function countsText({ counts }: Summary): string {
  const { done, diverged, failed, pending } = counts;
  const parts = Object.entries({ done, diverged, failed, pending });
  return parts.filter(([status, count]) => status === "done" || count > 0)
    .map(([status, count]) => `${count} ${status}`).join(", ");
}

function testGap({ counts }: Summary): string {
  return counts.pending > 0 ? "not opened while trials are pending" : "not opened yet";
}

function pointsTable({ points, experiment }: Summary): string {
  const ranked = rankPoints(points, experiment);
  if (ranked.length === 0) return "No point has a result.\n";
  const axes = Object.keys(experiment.grid);
  const row = ({ point, done, validationAccuracy }: PointResult, index: number) => [
    done === experiment.repeats ? String(index + 1) : "-",
    ...axes.map((axis) => axisText(point[axis])),
    validationAccuracy === null ? "" : spreadText(validationAccuracy),
    ...experiment.repeats === 1 ? [] : [`${done} of ${experiment.repeats}`],
  ];
  const head = ["rank", ...axes, "validation", ...experiment.repeats === 1 ? [] : ["repeats"]];
  const rest = ranked.length - TOP_POINTS;
  return table([head, ...ranked.slice(0, TOP_POINTS).map(row)]) + (rest > 0 ? `… and ${rest} more\n` : "");
}
