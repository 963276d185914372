import { extent } from "../../core/numbers/extent.ts";
import type { Metric } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import type { TextTable } from "../summary/text_table.ts";
import { type MetricCurve, valuesByEpoch } from "./curve_frame.ts";
import { quantile } from "../../core/numbers/quantile.ts";

const MOST_ROWS = 12;

/** Returns the quartiles of curves at up to 13 epochs, the first and the last among them. */
export function curveTable(
  curves: readonly MetricCurve[],
  { metric }: { readonly metric: Metric },
): TextTable {
  const [, length] = extent(curves.map((curve) => curve.length));
  const stride = Math.ceil(length / MOST_ROWS);
  const valuesAt = valuesByEpoch(curves);
  const rows = Array.from({ length }, (_, epoch) => epoch)
    .filter((epoch) => epoch % stride === 0 || epoch === length - 1)
    .flatMap((epoch) => {
      const values = valuesAt(epoch).sort();
      if (values.length === 0) return [];
      const cells = [0, 0.25, 0.5, 0.75, 1].map((share) => metricText(quantile(values, share), metric));
      return [[String(epoch), String(values.length), ...cells]];
    });
  return { head: ["epoch", "trials", "lowest", "25 %", "median", "75 %", "highest"], rows };
}
