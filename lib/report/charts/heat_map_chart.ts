import type { MetricFacts } from "../../core/facts/metric.ts";
import { extent } from "../../core/numbers/extent.ts";
import { counted } from "../../core/text/counted.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisText } from "../summary/axis_text.ts";
import { selectedMetric, valueOf } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import { spreadOf } from "../summary/spread.ts";
import type { Summary } from "../summary/summary.ts";
import type { Chart } from "./drawing/chart.ts";
import { labelWidth, LEAST_LABEL_STEP, nameAxis } from "./drawing/name_axis.ts";
import { CHART_WIDTH, SCHEME } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";

/** The two axes of a heat map. */
export interface HeatMapAxes {
  /** Name and values of the horizontal axis. */
  readonly x: readonly [string, readonly AxisValue[]];
  /** Name and values of the vertical axis. */
  readonly y: readonly [string, readonly AxisValue[]];
  /** Identifies this pair of axes. */
  readonly id: string;
}

interface Cell {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly about: string;
}

const MOST_TEXTS = 120;
const MOST_STEP = 72;

/** The most pairs that are shown in the grid's order; a page folds those beyond. */
export const MOST_PAIRS = 6;

/**
 * Returns the charts of pairs of axes that have trials: up to six in the order of the pairs, more by how much the
 * means of their cells vary, the most first.
 */
export function heatMapCharts(summary: Summary, pairs: readonly HeatMapAxes[]): readonly Chart[] {
  const maps = pairs.map((axes) => ({ axes, cells: cellsOf(summary, axes) }))
    .filter(({ cells }) => cells.length > 0)
    .map(({ axes, cells }) => ({ axes, cells, deviation: deviationOf(cells) }));
  const ordered = maps.length <= MOST_PAIRS
    ? maps
    : maps.toSorted((left, right) => right.deviation - left.deviation);
  return ordered.map(({ axes, cells }) =>
    chartOf(cells, { ...axes, metric: selectedMetric(summary.experiment) })
  );
}

/**
 * Where values were sampled, nearly every cell of a pair is empty. There may be the square of the trials of them, so that
 * they are counted only.
 */
function isSparse(filled: number, { x: [, columns], y: [, rows] }: HeatMapAxes): boolean {
  const cells = columns.length * rows.length;
  return cells > MOST_SPARSE_CELLS && filled < cells / 2;
}

const MOST_SPARSE_CELLS = 400;

function deviationOf(cells: readonly Cell[]): number {
  return spreadOf(cells.map(({ value }) => value))?.standardDeviation ?? 0;
}

function cellsOf({ trials, experiment }: Summary, axes: HeatMapAxes): readonly Cell[] {
  const metric = selectedMetric(experiment);
  const [[xAxis, xValues], [yAxis, yValues]] = [axes.x, axes.y];
  const groups = Map.groupBy(
    trials.filter((result) => valueOf(result, metric.name) !== null),
    ({ point }) => placeKey(axisText(point[xAxis]), axisText(point[yAxis])),
  );
  if (isSparse(groups.size, axes)) return [];
  return yValues.flatMap((yValue) =>
    xValues.flatMap((xValue): readonly Cell[] => {
      const [left, below] = [axisText(xValue), axisText(yValue)];
      const found = groups.get(placeKey(left, below)) ?? [];
      const spread = spreadOf(found.map((result) => valueOf(result, metric.name)!));
      if (spread === null) return [];
      const about = `${xAxis}=${left}, ${yAxis}=${below}: mean ${metricText(spread.mean, metric)} over ` +
        counted(found.length, "trial");
      return [{ x: left, y: below, value: spread.mean, about }];
    })
  );
}

function chartOf(
  cells: readonly Cell[],
  { x, y, id, metric }: HeatMapAxes & { readonly metric: MetricFacts },
): Chart {
  const { format, higherIsBetter, label, measure } = metric;
  const [[xAxis, xValues], [yAxis, yValues]] = [x, y];
  const byPlace = new Map(cells.map((cell) => [placeKey(cell.x, cell.y), cell]));
  const [columns, rows] = [xValues.map(axisText), yValues.map(axisText)];
  return {
    id,
    title: `${xAxis} and ${yAxis}`,
    caption: `The mean best ${label} over all trials with the two values; an empty cell has none.`,
    spec: matrixSpec(cells, {
      columns,
      rows,
      titles: { x: xAxis, y: yAxis, value: `mean ${measure}` },
      show: ({ value }) => format === "percent" ? (100 * value).toFixed(1) : value.toPrecision(3),
      scheme: SCHEME,
      isDarkAt: higherIsBetter ? "low" : "high",
      isReversed: !higherIsBetter,
      format,
    }),
    table: {
      head: [`${yAxis} \\ ${xAxis}`, ...columns],
      rows: rows.map((row) => [
        row,
        ...columns.map((column) => {
          const cell = byPlace.get(placeKey(column, row));
          return cell === undefined ? "no trial" : metricText(cell.value, metric);
        }),
      ]),
    },
  };
}

/** Returns a unique key for two texts. */
function placeKey(x: string, y: string): string {
  return JSON.stringify([x, y]);
}

/** Options of {@link matrixSpec}. */
export interface MatrixOptions<C> {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly titles: { readonly x: string; readonly y: string; readonly value: string };
  /** Returns the text of a cell. */
  readonly show: (cell: C) => string;
  /** Vega's name of the colour scheme, from low to high; the text in a dark cell is white. */
  readonly scheme: string;
  readonly isDarkAt: "low" | "high";
  /** Whether the scheme is from high to low. Default: false. */
  readonly isReversed?: boolean;
  /** How the values are written. Default: "percent". */
  readonly format?: MetricFacts["format"];
}

/** Returns the spec of a matrix of coloured cells, with their texts unless they are too many. */
export function matrixSpec<C extends Cell>(
  cells: readonly C[],
  { columns, rows, titles, show, scheme, isDarkAt, isReversed = false, format = "percent" }: MatrixOptions<C>,
): TopLevelSpec {
  const values = cells.map(({ value }) => value);
  const [low, high] = extent(values);
  const middle = (high + low) / 2;
  const { width, height, place } = layOut({ columns, rows, titles });
  const text = {
    mark: { type: "text", fontSize: 12 },
    encoding: {
      ...place,
      text: { field: "text" },
      color: { condition: { test: "datum.isDark", value: "white" }, value: "black" },
    },
  };
  return {
    width,
    height,
    data: {
      values: cells.map((cell) => ({
        x: cell.x,
        y: cell.y,
        value: cell.value,
        about: cell.about,
        text: show(cell),
        isDark: isDarkAt === "low" ? cell.value < middle : cell.value > middle,
      })),
    },
    layer: [
      {
        mark: { type: "rect" },
        encoding: {
          ...place,
          color: {
            field: "value",
            type: "quantitative",
            title: titles.value,
            scale: { scheme, ...isReversed ? { reverse: true } : {} },
            legend: {
              format: format === "percent" ? percentFormat(values) : ".3~g",
              orient: "top",
              gradientLength: 200,
              tickCount: 4,
            },
          },
          description: { field: "about" },
        },
      },
      ...cells.length <= MOST_TEXTS ? [text] : [],
    ],
  } as TopLevelSpec;
}

/** Returns the size of a matrix, and the encoding of the places of its cells. */
function layOut({ columns, rows, titles }: Pick<MatrixOptions<Cell>, "columns" | "rows" | "titles">) {
  const step = Math.min(CHART_WIDTH / columns.length, Math.max(MOST_STEP, labelWidth(columns)));
  const rowHeight = Math.min(MOST_STEP / 2, 480 / rows.length);
  const common = { type: "ordinal", sort: null };
  const place = {
    x: {
      ...common,
      field: "x",
      title: titles.x,
      axis: nameAxis(columns, { step }),
    },
    y: { ...common, field: "y", title: titles.y, axis: { labelOverlap: rowHeight < LEAST_LABEL_STEP } },
  };
  return { width: step * columns.length, height: rowHeight * rows.length, place };
}
