import { type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { extent } from "../../core/numbers/extent.ts";
import { metricColumn } from "../files/columns.ts";
import type { Story } from "../story/story.ts";
import { axisText } from "../summary/axis_text.ts";
import { type Measuring, type Metric, selectedMetric, valueOf } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import type { TrialResult } from "../summary/summary.ts";
import { trialName } from "../summary/trial_name.ts";
import { axisStyles } from "./axis_colours.ts";
import { variedAxes } from "./axis_scale.ts";
import { bandLayers } from "./curve_bands.ts";
import { type CurveFrame, curveFrame, type MetricCurve, nearFrame, outsideText } from "./curve_frame.ts";
import { curveTable } from "./curve_table.ts";
import type { Chart } from "./drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";

/** More curves are unreadable, so that bands replace them. */
const MOST_CURVES = 1000;
const MOST_MARKS = 50_000;
const MOST_LEGEND_VALUES = 8;
/** Vega derives a precision from the ticks where a format has none, and 150 becomes 1.5e+2. */
const NUMBER_FORMAT = ".4~g";
const GROUPS = ["winner", "other trials", "diverged"] as const;
const IDS: Readonly<Partial<Record<Metric["name"], string>>> = {
  validationAccuracy: "accuracy",
  trainAccuracy: "train_accuracy",
  loss: "loss",
};

const NO_CURVE: MetricCurve = new Float64Array();

/** One mark of a curve. */
interface CurveMark {
  readonly trial: string;
  readonly epoch: number;
  readonly value: number;
  readonly group: (typeof GROUPS)[number];
  /** The value of the axis that gives the colour, or the group. */
  readonly colour: string;
  readonly about: string;
}

/**
 * Returns the chart of a metric over the epochs, all trials faint and the winner strong; null if no trial has any. If
 * one axis alone has several values, these give the colours.
 */
export function curveChart(
  { summary, curves }: Story,
  { metric }: { readonly metric: Metric },
): Chart | null {
  const winners = new Set(summary.winner?.trials ?? []);
  const shown = summary.trials.filter(({ trial }) => curves.has(trial));
  const curveOf = ({ trial }: TrialResult): MetricCurve => curves.get(trial)![metric.name] ?? NO_CURVE;
  const all = shown.map(curveOf);
  if (!all.some((curve) => curve.some((value) => !Number.isNaN(value)))) return null;
  const done = shown.filter(({ status }) => status !== "diverged" && status !== "failed");
  const frame = curveFrame((done.length > 0 ? done : shown).map(curveOf), { metric });
  const isMany = shown.length > MOST_CURVES;
  const drawn = isMany ? shown.filter(({ trial }) => winners.has(trial)) : shown;
  const [, length] = extent(all.map((curve) => curve.length));
  const stride = Math.ceil((length * Math.max(1, drawn.length)) / MOST_MARKS);
  const varied = variedAxes(summary.experiment.grid);
  const axis = varied.length === 1 && !isMany ? varied[0] : null;
  const near = nearFrame(frame);
  const marks = drawn.toSorted((left, right) => groupOf(right, winners) - groupOf(left, winners))
    .flatMap((result) =>
      marksOf(result, {
        curve: curveOf(result).map(near),
        about: curveText(result, summary.experiment),
        winners,
        stride,
        axis,
      })
    );
  const encodeY = yOf(metric, frame);
  const { grid } = summary.experiment;
  const pointCurves = () => shown.map(({ point }, index) => ({ point, curve: all[index] }));
  const bands = isMany ? bandLayers(pointCurves(), { grid, stride, near, encodeY }) : [];
  return {
    id: IDS[metric.name] ?? metricColumn(metric.name as MetricName),
    title: `${metric.label[0].toUpperCase()}${metric.label.slice(1)} by epoch`,
    caption: captionOf(shown.length, { isMany }) + outsideText(all, frame),
    spec: {
      width: CHART_WIDTH,
      height: 260,
      layer: [...bands, lineLayer(marks, { encodeY, axis })],
    } as TopLevelSpec,
    table: curveTable(all, { metric }),
    metric,
    lines: "trial",
  };
}

type VariedAxis = readonly [axis: string, values: readonly AxisValue[]];

interface ColourAxis {
  /** The axis whose values give the colours; null where winner and divergence do. */
  readonly axis: VariedAxis | null;
}

function captionOf(count: number, { isMany }: { readonly isMany: boolean }): string {
  return isMany
    ? `Bands hold 50 % and 90 % of the ${count} trials, the grey line is their median, the blue one the winner.`
    : "Each line is a trial; the winner's is thick.";
}

function groupOf({ trial, status }: TrialResult, winners: ReadonlySet<string>): 0 | 1 | 2 {
  return winners.has(trial) ? 0 : status === "diverged" ? 2 : 1;
}

interface MarksOf extends ColourAxis {
  readonly curve: MetricCurve;
  /** The text that is shown when a reader points at it. */
  readonly about: string;
  readonly winners: ReadonlySet<string>;
  /** Epochs between the drawn ones; the last is drawn too. */
  readonly stride: number;
}

function marksOf(
  result: TrialResult,
  { curve, about: text, winners, stride, axis }: MarksOf,
): readonly CurveMark[] {
  const { trial } = result;
  // The first word becomes an attribute of the line.
  const about = `trial=${trial} ${text}`;
  const group = GROUPS[groupOf(result, winners)];
  const colour = axis === null ? group : axisText(result.point[axis[0]]);
  return Array.from(curve).flatMap((value, epoch) =>
    !Number.isNaN(value) && (epoch % stride === 0 || epoch === curve.length - 1)
      ? [{ trial, epoch, value, group, colour, about }]
      : []
  );
}

/** Returns the text that is shown when a reader points at a trial's curve. */
function curveText(result: TrialResult, experiment: Measuring): string {
  const { trial, status, bestEpoch } = result;
  const metric = selectedMetric(experiment);
  const value = valueOf(result, metric.name);
  const what = metric.name === USUAL_METRIC ? "validation" : metric.label;
  const end = value === null ? status : `${metricText(value, metric)} ${what} at epoch ${bestEpoch}`;
  return `${trialName(result)}: ${end} (trial ${trial})`;
}

function lineLayer(
  marks: readonly CurveMark[],
  { encodeY, axis }: ColourAxis & { readonly encodeY: object },
): object {
  const groups = GROUPS.filter((name) => marks.some(({ group }) => group === name));
  const rangeOf = (range: readonly unknown[]) => groups.map((group) => range[GROUPS.indexOf(group)]);
  // Vega interpolates a range of numbers over the groups, which gives NaN for a single group.
  const number = (range: readonly number[]) =>
    groups.length === 1
      ? { value: rangeOf(range)[0] }
      : { field: "group", scale: { domain: groups, range: rangeOf(range) }, legend: null };
  const colours = axis === null
    ? {
      color: {
        field: "colour",
        title: null,
        scale: { domain: groups, range: rangeOf([COLOURS.accent, COLOURS.faint, COLOURS.warn]) },
        legend: { orient: "top" },
      },
      opacity: number([1, 0.6, 0.7]),
    }
    : { ...axisColours(axis), opacity: { value: 0.85 } };
  return {
    data: { values: marks },
    mark: { type: "line", clip: true, interpolate: "linear" },
    encoding: {
      x: { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d" } },
      y: { ...encodeY, field: "value" },
      detail: { field: "trial" },
      description: { field: "about" },
      strokeWidth: number([2.5, 1, 1]),
      ...colours,
    },
  };
}

function axisColours([axis, values]: VariedAxis): object {
  const styles = axisStyles(axis, { values });
  const domain = values.map(axisText);
  const every = Math.ceil(values.length / MOST_LEGEND_VALUES);
  const dashes = {
    strokeDash: {
      field: "colour",
      scale: { domain, range: styles.map(({ dash }) => dash.length === 0 ? [1, 0] : dash) },
      legend: null,
    },
  };
  return {
    color: {
      field: "colour",
      title: axis,
      scale: { domain, range: styles.map(({ colour }) => colour) },
      legend: { orient: "top", values: domain.filter((_, index) => index % every === 0) },
    },
    ...styles.some(({ dash }) => dash.length > 0) ? dashes : {},
  };
}

/** Returns the encoding of the vertical axis; curves may leave its range. */
function yOf({ label, format }: Metric, { low, high, isLog }: CurveFrame): object {
  const common = { type: "quantitative", title: isLog ? `${label} (logarithmic)` : label };
  if (isLog) {
    return {
      ...common,
      axis: { format: NUMBER_FORMAT, values: logTicks(low, high) },
      scale: { type: "log", domain: [low, high], nice: false },
    };
  }
  return {
    ...common,
    axis: { format: format === "percent" ? percentFormat([low, high]) : NUMBER_FORMAT },
    scale: { domain: [low, high], zero: false, nice: false },
  };
}

/** Returns powers of ten, with 2 and 5 times them if these are few. */
function logTicks(low: number, high: number): readonly number[] {
  const factors = high / low > 100 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  let power = 1;
  while (power > low) power /= 10;
  for (; power <= high; power *= 10) {
    for (const factor of factors) {
      if (power * factor >= low && power * factor <= high) ticks.push(power * factor);
    }
  }
  return ticks;
}
