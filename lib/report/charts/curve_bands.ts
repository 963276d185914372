import { extent } from "../../core/numbers/extent.ts";
import type { AxisValue, Point } from "../../experiment/trial/trial.ts";
import { axisText } from "../summary/axis_text.ts";
import { variedAxes } from "./axis_scale.ts";
import { type MetricCurve, valuesByEpoch } from "./curve_frame.ts";
import { COLOURS } from "./drawing/theme.ts";
import { quantile, quantileOf } from "../../core/numbers/quantile.ts";

/** The curve of a trial, and its point. */
export interface PointCurve {
  readonly point: Point;
  readonly curve: MetricCurve;
}

/** Options of {@link bandLayers}. */
export interface BandOptions {
  readonly grid: Readonly<Record<string, readonly AxisValue[]>>;
  /** Epochs between the drawn ones; the last is drawn too. */
  readonly stride: number;
  /** Brings values that are far outside of the frame near it. */
  readonly near: (value: number) => number;
  /** The encoding of the vertical axis; the bands replace its field. */
  readonly encodeY: object;
}

const SHARES = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;
/** The most values of an axis whose medians are drawn. */
const MOST_MEDIANS = 8;

/**
 * Returns the layers that summarize many curves: two bands and their median. The last layer has the medians of the trials
 * with each value of an axis; they are transparent, and a page shows those of one axis.
 */
export function bandLayers(
  trials: readonly PointCurve[],
  { grid, stride, near, encodeY }: BandOptions,
): readonly object[] {
  const curves = trials.map(({ curve }) => curve);
  const valuesAt = valuesByEpoch(curves);
  const bands = drawnEpochs(curves, { stride }).flatMap((epoch) => {
    const values = valuesAt(epoch).map(near).sort();
    if (values.length === 0) return [];
    const quantiles = Object.entries(SHARES).map(([name, share]) => [name, quantile(values, share)]);
    return [{ epoch, ...Object.fromEntries(quantiles) }];
  });
  const x = { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d" } };
  const y = (field: string) => ({ ...encodeY, field });
  const area = (low: string, high: string, opacity: number) => ({
    data: { values: bands },
    mark: { type: "area", clip: true, color: COLOURS.faint, opacity },
    encoding: { x, y: y(low), y2: { field: high } },
  });
  return [
    area("p05", "p95", 0.25),
    area("p25", "p75", 0.4),
    {
      data: { values: bands },
      mark: { type: "line", clip: true, color: COLOURS.muted },
      encoding: { x, y: y("p50") },
    },
    {
      data: { values: mediansOf(trials, { grid, stride, near }) },
      mark: { type: "line", clip: true, opacity: 0, strokeWidth: 2 },
      encoding: { x, y: y("value"), detail: { field: "line" }, description: { field: "about" } },
    },
  ];
}

/** Returns the medians of the trials with each value of an axis that has several, by epoch. */
function mediansOf(
  trials: readonly PointCurve[],
  { grid, stride, near }: Pick<BandOptions, "grid" | "stride" | "near">,
): readonly object[] {
  const names = Object.keys(grid);
  return variedAxes(grid).flatMap(([axis, values]) => {
    const groups = Map.groupBy(trials, ({ point }) => axisText(point[axis]));
    const every = Math.ceil(values.length / MOST_MEDIANS);
    return values.map(axisText).flatMap((text, index) => {
      const curves = index % every === 0 ? (groups.get(text) ?? []).map(({ curve }) => curve) : [];
      const line = `${names.indexOf(axis)}-${index}`;
      // The first word becomes an attribute of the line.
      const about = `axis=${line} median of the ${curves.length} trials with ${axis}=${text}`;
      const valuesAt = valuesByEpoch(curves);
      return drawnEpochs(curves, { stride }).flatMap((epoch) => {
        const found = valuesAt(epoch).map(near);
        return found.length === 0 ? [] : [{ epoch, value: quantileOf(found, 0.5), line, about }];
      });
    });
  });
}

function drawnEpochs(
  curves: readonly MetricCurve[],
  { stride }: { readonly stride: number },
): readonly number[] {
  const [, length] = extent([0, ...curves.map((curve) => curve.length)]);
  return Array.from({ length }, (_, epoch) => epoch)
    .filter((epoch) => epoch % stride === 0 || epoch === length - 1);
}
