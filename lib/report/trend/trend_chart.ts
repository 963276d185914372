import { type MetricFacts, metricFacts, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { Chart } from "../charts/drawing/chart.ts";
import { nameAxis } from "../charts/drawing/name_axis.ts";
import { COLOURS, LINE_COLOURS, LINE_DASHES } from "../charts/drawing/theme.ts";
import type { TopLevelSpec } from "../charts/drawing/vega.ts";
import { percentFormat } from "../charts/percent_format.ts";
import { metricText, metricTextOrNone } from "../summary/metric_text.ts";
import { trialName } from "../summary/trial_name.ts";
import { type Mark, marksOf } from "./change_text.ts";
import { listedRows, unchangedText } from "./listed_rows.ts";
import { rowName } from "./trend_table.ts";
import type { Trend, TrendRow } from "./trend.ts";

const WIDTH = 560;
const HEIGHT = 260;
/** Of more commits, the lines show no dots, which would hide them. */
const MOST_DOTS = 60;
/** Of more commits, some are named at even distances. */
const MOST_NAMES = 40;

/** A line of the chart; null where a row has no such value. */
interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** Returns the chart of a trend: a line for each accuracy over the commits, above marks for what changed. */
export function trendChart(trend: Trend): Chart {
  const { rows, unchanged } = listedRows(trend);
  const names = rows.map((row) => row.date === null ? row.subject : `${row.date} ${rowName(row)}`);
  const lines = linesOf(trend, rows);
  const metric = metricFacts(trend.metric);
  const isUsual = trend.metric === USUAL_METRIC;
  return {
    id: "trend",
    title: isUsual ? "Accuracies by commit" : `${metric.measure} by commit`,
    caption: [
      `Each commit that changed the results, oldest first. Below the lines, what it changed: ${
        isUsual ? "an accuracy" : `the ${metric.measure}`
      } of a trial, ` +
      "only other bits, or what is declared.",
      ...trend.followed.map((trial) => `Trial ${trial.id} is ${trialName(trial)}.`),
      unchangedText(unchanged),
    ].join(" ").trim(),
    spec: trendSpec(lines, { names, rows, metric }),
    table: {
      head: ["commit", ...lines.map(({ label }) => label)],
      rows: names.map((name, index) => [
        name,
        ...lines.map(({ values }) => metricTextOrNone(values[index], metric)),
      ]),
    },
  };
}

function linesOf({ followed }: Trend, rows: readonly TrendRow[]): readonly Line[] {
  const lines: readonly Line[] = [
    { label: "winner, validation", values: rows.map(({ winner }) => winner?.validation ?? null) },
    { label: "winner, test", values: rows.map(({ winner }) => winner?.test ?? null) },
    { label: "mean of all points", values: rows.map(({ mean }) => mean) },
    ...followed.map((trial, index) => ({
      label: `trial ${trial.id}`,
      values: rows.map(({ trials }) => trials[index].validation),
    })),
  ];
  return lines.filter(({ values }) => values.some((value) => value !== null));
}

interface Drawn {
  /** What stands below each row. */
  readonly names: readonly string[];
  readonly rows: readonly TrendRow[];
  readonly metric: MetricFacts;
}

function trendSpec(lines: readonly Line[], drawn: Drawn): TopLevelSpec {
  return {
    spacing: 8,
    vconcat: [linesView(lines, drawn), marksView(drawn)],
    resolve: { scale: { color: "independent", shape: "independent" } },
  } as TopLevelSpec;
}

function xOf(names: readonly string[], isLast: boolean) {
  const stride = Math.ceil(names.length / MOST_NAMES);
  const values = names.filter((_, index) => index % stride === 0);
  const axis = isLast
    ? { values, labelLimit: 200, ...nameAxis(values, { step: WIDTH / values.length }) }
    : { labels: false, ticks: false, domain: false };
  return {
    field: "name",
    type: "ordinal",
    title: null,
    sort: null,
    scale: { type: "point", domain: names, padding: 0.5 },
    axis,
  };
}

function linesView(lines: readonly Line[], { names, metric }: Drawn) {
  const labels = lines.map(({ label }) => label);
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const values = lines.flatMap(({ label, values }) =>
    values.map((value, index) => ({
      label,
      name: names[index],
      value,
      about: value === null ? label : `${names[index]}: ${label} ${metricText(value, metric)}`,
    }))
  );
  const pick = <T>(all: readonly T[]) => labels.map((_, index) => all[index % all.length]);
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    mark: {
      type: "line",
      strokeWidth: 2,
      ...names.length <= MOST_DOTS ? { point: { filled: true, size: 30 } } : {},
    },
    encoding: {
      x: xOf(names, false),
      y: {
        field: "value",
        type: "quantitative",
        title: metric.measure,
        axis: { format: metric.format === "percent" ? percentFormat(known) : ".4~g" },
        scale: { zero: false },
      },
      description: { field: "about" },
      color: {
        field: "label",
        title: null,
        scale: { domain: labels, range: pick(LINE_COLOURS) },
        legend: { orient: "top", columns: 3 },
      },
      strokeDash: { field: "label", scale: { domain: labels, range: pick(LINE_DASHES) }, legend: null },
    },
  };
}

const MARKS: Readonly<
  Record<Mark, { readonly label: string; readonly shape: string; readonly colour: string }>
> = {
  accuracy: { label: "accuracy changed", shape: "diamond", colour: COLOURS.warn },
  bits: { label: "only bits changed", shape: "circle", colour: COLOURS.muted },
  declaration: { label: "declared otherwise", shape: "square", colour: COLOURS.accent },
};

/** Returns the name of a kind of mark. */
function markLabel(mark: Mark, { name, measure }: MetricFacts): string {
  return mark === "accuracy" && name !== USUAL_METRIC ? `${measure} changed` : MARKS[mark].label;
}

/** A strip with a line for each kind of mark, whose names are its legend. */
function marksView({ names, rows, metric }: Drawn) {
  const kinds = Object.values(MARKS);
  const labels = (Object.keys(MARKS) as Mark[]).map((mark) => markLabel(mark, metric));
  const values = rows.flatMap((row, index) =>
    marksOf(row).map((mark) => ({
      name: names[index],
      mark: markLabel(mark, metric),
      about: `${names[index]}: ${markLabel(mark, metric)}`,
    }))
  );
  return {
    width: WIDTH,
    height: { step: 18 },
    data: { values },
    mark: { type: "point", filled: true, opacity: 1, size: names.length <= MOST_DOTS ? 60 : 20 },
    encoding: {
      x: xOf(names, true),
      y: {
        field: "mark",
        type: "ordinal",
        title: null,
        sort: null,
        scale: { domain: labels },
        axis: { grid: true, ticks: false, domain: false, labelLimit: 240 },
      },
      description: { field: "about" },
      color: {
        field: "mark",
        scale: { domain: labels, range: kinds.map(({ colour }) => colour) },
        legend: null,
      },
      shape: {
        field: "mark",
        scale: { domain: labels, range: kinds.map(({ shape }) => shape) },
        legend: null,
      },
    },
  };
}
