import { USUAL_METRIC } from "../../core/facts/metric.ts";
import { extent } from "../../core/numbers/extent.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisText, pointText } from "../summary/axis_text.ts";
import { type Metric, selectedMetric, spreadOfMetric } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import { rankPoints } from "../summary/rank_points.ts";
import type { PointResult, Summary } from "../summary/summary.ts";
import { sequenceColour } from "./axis_colours.ts";
import { axisPositions, variedAxes } from "./axis_scale.ts";
import { bulkOf } from "./curve_frame.ts";
import type { Chart } from "./drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";

const MOST_LINES = 500;
/** The room of an axis and its texts, in pixels. */
const COLUMN_WIDTH = 105;
const LEAST_GAP = 0.045;
// The factor by which Vega overestimates the width of a text without a browser.
const TEXT_ESTIMATE = 1.3;

interface Tick {
  readonly x: string;
  readonly y: number;
  readonly text: string;
}

/**
 * Returns the parallel-coordinates chart of the points' values and results; null with fewer than two axes or
 * points.
 */
export function parallelChart(summary: Summary): Chart | null {
  const axes = variedAxes(summary.experiment.grid);
  const ranked = rankPoints(summary.points, summary.experiment);
  if (axes.length < 2 || ranked.length < 2) return null;
  const shown = ranked.slice(0, MOST_LINES);
  const metric = selectedMetric(summary.experiment);
  const meanOf = (result: PointResult) => spreadOfMetric(result, metric.name)!.mean;
  const scale = valueScale(shown.map(meanOf), metric);
  const { height } = scale;
  const positions = axes.map(([axis, values]) => axisPositions(axis, { values }));
  const indexes = new Map(summary.points.map((result, index) => [result, index]));
  const ranks = shown.map((result, index) => ({ ...result, rank: index + 1, line: indexes.get(result)! }));
  // The best is drawn last, above the others.
  const lines = ranks.toReversed().flatMap((result) => {
    const { point, rank, line } = result;
    const mean = meanOf(result);
    // The first word becomes an attribute of the line.
    const about = `point=${line} rank ${rank}, ${pointText(point)}: ${metricText(mean, metric)} ${
      metric.name === USUAL_METRIC ? "validation" : metric.label
    }`;
    const places = [...axes.map(([axis], index) => positions[index].get(point[axis])), height(mean)];
    const strength = strengthOf(rank, { count: shown.length });
    // The line passes over an axis that the point does not have.
    return places.flatMap((y, x) =>
      y === undefined ? [] : [{ line, x: String(x), y, rank, ...strength, about }]
    );
  });
  const ticks = [
    ...axes.flatMap(([, values], index) => ticksOf(values, { places: positions[index], x: String(index) })),
    ...scale.ticks.map(({ value, text }) => ({ x: String(axes.length), y: height(value), text })),
  ];
  const names = [...axes.map(([axis]) => axis), metric.measure];
  return {
    id: "parallel",
    title: `From parameters to ${metric.measure}`,
    caption: ranked.length > shown.length
      ? `Each line is a point of the grid, in the colour of its rank; shown are the best ${shown.length} of ${ranked.length}.`
      : `Each line is a point of the grid, from its parameters to its mean ${metric.measure} on the right, in the colour of its rank.`,
    spec: parallelSpec(lines, { ticks, names, count: shown.length }),
    lines: "point",
    table: {
      head: [...axes.map(([axis]) => axis), metric.label],
      rows: shown.slice(0, TABLE_ROWS).map((result) => [
        ...axes.map(([axis]) => axisText(result.point[axis])),
        metricText(meanOf(result), metric),
      ]),
    },
  };
}

/** How strong a line is drawn. */
interface Strength {
  readonly opacity: number;
  /** Pixels. */
  readonly width: number;
}

/** The best lines are strong, and most of the others faint. */
function strengthOf(rank: number, { count }: { readonly count: number }): Strength {
  const share = (count - rank) / (count - 1);
  const strength = share * share * share;
  const hundredths = (value: number) => Math.round(100 * value) / 100;
  return { opacity: hundredths(0.35 + 0.65 * strength), width: rank === 1 ? 3.5 : hundredths(1 + strength) };
}

const STOPS = [0, 0.25, 0.5, 0.75, 1];

/** Returns the encoding of ranks as colours. */
function rankColours(count: number): object {
  return {
    field: "rank",
    type: "quantitative",
    title: "rank, 1 is the best",
    scale: { domain: STOPS.map((stop) => 1 + stop * (count - 1)), range: STOPS.map(sequenceColour) },
    legend: {
      orient: "bottom",
      format: "d",
      gradientLength: 200,
      values: [...new Set([1, Math.ceil(count / 2), count])],
    },
  };
}

const TABLE_ROWS = 50;

/** The last axis: the values of the metric, the best above. */
interface ValueScale {
  /** From 0 to 1. */
  readonly height: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Points far worse than the others end at the foot of the axis, which they would stretch. */
function valueScale(values: readonly number[], metric: Metric): ValueScale {
  const [low, high] = bulkOf(Float64Array.from(values), { metric });
  const [worst, best] = metric.higherIsBetter ? [low, high] : [high, low];
  const [lowest, highest] = extent(values);
  const isCut = metric.higherIsBetter ? lowest < worst : highest > worst;
  const sign = metric.higherIsBetter ? "≤" : "≥";
  const ends = high === low ? [high] : [worst, (low + high) / 2, best];
  return {
    height: (value) => high === low ? 0.5 : Math.max(0, (value - worst) / (best - worst)),
    ticks: ends.map((value) => ({
      value,
      text: value === worst && isCut ? `${sign} ${metricText(value, metric)}` : metricText(value, metric),
    })),
  };
}

/** Returns the ticks of an axis, without those whose text would overlap another. */
function ticksOf(
  values: readonly AxisValue[],
  { places, x }: { readonly places: ReadonlyMap<AxisValue, number>; readonly x: string },
): readonly Tick[] {
  let last = -Infinity;
  return values.toSorted((left, right) => places.get(left)! - places.get(right)!).flatMap((value) => {
    const y = places.get(value)!;
    if (y - last < LEAST_GAP) return [];
    last = y;
    return [{ x, y, text: axisText(value) }];
  });
}

interface ParallelParts {
  readonly ticks: readonly Tick[];
  readonly names: readonly string[];
  /** Lines. */
  readonly count: number;
}

function parallelSpec(lines: readonly object[], { ticks, names, count }: ParallelParts): TopLevelSpec {
  const x = { field: "x", type: "ordinal", sort: null, axis: null, scale: { padding: 0.4 } };
  const y = { field: "y", type: "quantitative", axis: null, scale: { domain: [0, 1.12] } };
  const width = Math.max(CHART_WIDTH, COLUMN_WIDTH * names.length);
  const limit = TEXT_ESTIMATE * (width / names.length - 8);
  const tickMark = { type: "text", align: "left", dx: 5, fontSize: 11, limit };
  const heads = names.map((text, index) => ({ x: String(index), y: 1.1, bottom: 0, top: 1, text }));
  return {
    width,
    height: 320,
    layer: [
      {
        data: { values: heads },
        mark: { type: "rule", color: COLOURS.grid },
        encoding: { x, y: { ...y, field: "bottom" }, y2: { field: "top" } },
      },
      {
        data: { values: lines },
        mark: { type: "line" },
        encoding: {
          x,
          y,
          detail: { field: "line" },
          description: { field: "about" },
          color: rankColours(count),
          strokeWidth: { field: "width", type: "quantitative", scale: null },
          opacity: { field: "opacity", type: "quantitative", scale: null },
        },
      },
      {
        data: { values: ticks },
        mark: { ...tickMark, stroke: COLOURS.surface, strokeWidth: 4 },
        encoding: { x, y, text: { field: "text" } },
      },
      {
        data: { values: ticks },
        mark: { ...tickMark, color: COLOURS.ink },
        encoding: { x, y, text: { field: "text" } },
      },
      {
        data: { values: heads },
        mark: {
          type: "text",
          fontSize: 12,
          color: COLOURS.ink,
          limit,
        },
        encoding: { x, y, text: { field: "text" } },
      },
    ],
  } as TopLevelSpec;
}
