import { extent } from "../../core/numbers/extent.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisText, pointText } from "../summary/axis_text.ts";
import { percent } from "../summary/percent.ts";
import { rankPoints } from "../summary/rank_points.ts";
import type { PointResult, Summary } from "../summary/summary.ts";
import { axisPositions, variedAxes } from "./axis_scale.ts";
import type { Chart } from "./drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";

const MOST_LINES = 500;
const LEAST_GAP = 0.045;
const LAST = "validation accuracy";
// The factor by which Vega overestimates the width of a text without a browser.
const TEXT_ESTIMATE = 1.3;
// Blue to vermilion: unlike a surface, a thin line needs contrast on both light and dark pages.
const RANGE = ["#0072b2", "#d55e00"];

interface Tick {
  readonly x: string;
  readonly y: number;
  readonly text: string;
}

/**
 * Returns the parallel-coordinates chart of the points' values and accuracies; null with fewer than two axes or
 * points.
 */
export function parallelChart(summary: Summary): Chart | null {
  const axes = variedAxes(summary.experiment.grid);
  const ranked = rankPoints(summary.points, summary.experiment);
  if (axes.length < 2 || ranked.length < 2) return null;
  const shown = ranked.slice(0, MOST_LINES);
  const accuracies = shown.map(({ validationAccuracy }) => validationAccuracy!.mean);
  const [low, high] = extent(accuracies);
  const height = (mean: number) => high === low ? 0.5 : (mean - low) / (high - low);
  const positions = axes.map(([axis, values]) => axisPositions(axis, { values }));
  const lines = shown.toReversed().flatMap(({ point, validationAccuracy }, line) => {
    const { mean } = validationAccuracy!;
    const about = `${pointText(point)}: ${percent(mean)} validation`;
    const places = [...axes.map(([axis], index) => positions[index].get(point[axis])!), height(mean)];
    return places.map((y, x) => ({ line, x: String(x), y, mean, about }));
  });
  const ends = high === low ? [high] : [low, (low + high) / 2, high];
  const ticks = [
    ...axes.flatMap(([, values], index) => ticksOf(values, { places: positions[index], x: String(index) })),
    ...ends.map((mean) => ({ x: String(axes.length), y: height(mean), text: percent(mean) })),
  ];
  const names = [...axes.map(([axis]) => axis), LAST];
  return {
    id: "parallel",
    title: "From parameters to accuracy",
    caption: ranked.length > shown.length
      ? `Each line is a point of the grid; shown are the best ${shown.length} of ${ranked.length}.`
      : "Each line is a point of the grid, followed from its parameters to its mean accuracy on the right.",
    spec: parallelSpec(lines, { ticks, names, format: percentFormat(accuracies) }),
    table: {
      head: [...axes.map(([axis]) => axis), LAST],
      rows: shown.slice(0, TABLE_ROWS).map((result) => rowOf(result, axes)),
    },
  };
}

const TABLE_ROWS = 50;

function rowOf(
  { point, validationAccuracy }: PointResult,
  axes: readonly (readonly [string, readonly AxisValue[]])[],
): readonly string[] {
  return [...axes.map(([axis]) => axisText(point[axis])), percent(validationAccuracy!.mean)];
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
  readonly format: string;
}

function parallelSpec(lines: readonly object[], { ticks, names, format }: ParallelParts): TopLevelSpec {
  const x = { field: "x", type: "ordinal", sort: null, axis: null, scale: { padding: 0.4 } };
  const y = { field: "y", type: "quantitative", axis: null, scale: { domain: [0, 1.12] } };
  const limit = TEXT_ESTIMATE * ((CHART_WIDTH + 60) / names.length - 8);
  const tickMark = { type: "text", align: "left", dx: 5, fontSize: 11, limit };
  const heads = names.map((text, index) => ({ x: String(index), y: 1.1, bottom: 0, top: 1, text }));
  return {
    width: CHART_WIDTH + 60,
    height: 320,
    layer: [
      {
        data: { values: heads },
        mark: { type: "rule", color: COLOURS.grid },
        encoding: { x, y: { ...y, field: "bottom" }, y2: { field: "top" } },
      },
      {
        data: { values: lines },
        mark: { type: "line", strokeWidth: 1.5, opacity: 0.75 },
        encoding: {
          x,
          y,
          detail: { field: "line" },
          description: { field: "about" },
          color: {
            field: "mean",
            type: "quantitative",
            title: LAST,
            scale: { range: RANGE },
            legend: { orient: "bottom", format, gradientLength: 200, tickCount: 4 },
          },
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
