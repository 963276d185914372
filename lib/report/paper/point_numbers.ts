import type { MetricName } from "../../core/facts/metric.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { pointRows } from "../evidence/point_rows.ts";
import { metricColumn } from "../files/columns.ts";
import { axisText } from "../summary/axis_text.ts";
import { spreadOfMetric, validationMetrics } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";
import type { TextTable } from "../summary/text_table.ts";

const COLUMNS = [
  "half_width",
  "repeats",
  "difference",
  "difference_half_width",
  "p",
  "p_holm",
  "p_sign_flips",
  "repeats_needed",
] as const;

/** Returns the table of points with all digits, values and differences of the metric that decides, for programs. */
export function pointNumbers(summary: Summary, { comparisons }: Pick<Evidence, "comparisons">): TextTable {
  const [name, ...others] = validationMetrics(summary.experiment).map((metric) => metric.name);
  const axes = Object.keys(summary.experiment.grid);
  const byPoint = new Map(comparisons.map((comparison) => [pointKey(comparison.point), comparison]));
  const number = (value: number | null | undefined) => value == null ? "" : formatFloat64(value);
  return {
    head: ["rank", ...axes, metricColumn(name), ...COLUMNS, ...others.map(metricColumn)],
    rows: pointRows(summary, comparisons).map(({ rank, index, point }) => {
      const result = summary.points[index];
      const meanOf = (metric: MetricName) => {
        const spread = spreadOfMetric(result, metric);
        return spread === null ? null : meanInterval(spread.values, heldOut(spread));
      };
      const interval = meanOf(name);
      const comparison = byPoint.get(pointKey(point));
      return [
        rank,
        ...axes.map((axis) => axisText(point[axis])),
        number(interval?.mean),
        number(interval?.halfWidth),
        String(result.done),
        number(comparison?.difference.mean),
        number(comparison?.difference.halfWidth),
        number(comparison?.difference.pValue),
        number(comparison?.adjustedPValue),
        number(comparison?.signFlipPValue),
        number(comparison?.repeatsNeeded),
        ...others.map((metric) => number(meanOf(metric)?.mean)),
      ];
    }),
  };
}
