import { extent } from "../../core/numbers/extent.ts";
import type { Curve } from "../story/curve.ts";
import type { Story } from "../story/story.ts";
import { percent } from "../summary/percent.ts";
import type { TrialResult } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import { bandLayers } from "./curve_bands.ts";
import type { Chart, ChartTable } from "./drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";
import { quantile } from "./quantile.ts";

/** More curves are unreadable, so that bands replace them. */
const MOST_CURVES = 1000;
const MOST_MARKS = 50_000;
const GROUPS = ["winner", "other trials", "diverged"] as const;
const LOG_LOSS_RANGE = 8;

/** The measure of a curve. */
type Measure = "validationAccuracy" | "loss";

/** One mark of a curve. */
export interface CurveMark {
  readonly trial: string;
  readonly epoch: number;
  readonly value: number;
  readonly group: (typeof GROUPS)[number];
  readonly about: string;
}

const TITLES: Readonly<Record<Measure, string>> = {
  validationAccuracy: "validation accuracy",
  loss: "training loss",
};

/** Returns the chart of a measure over the epochs, all trials faint and the winner strong; null if no trial has any. */
export function curveChart(
  { summary, curves }: Story,
  { measure }: { readonly measure: Measure },
): Chart | null {
  const winners = new Set(summary.winner?.trials ?? []);
  const shown = summary.trials.filter(({ trial }) => curves.has(trial));
  const length = extent([0, ...shown.map(({ trial }) => curves.get(trial)![measure].length)])[1];
  const values = (trial: string) => curves.get(trial)![measure];
  if (!shown.some(({ trial }) => values(trial).some((value) => value !== null))) return null;
  const isMany = shown.length > MOST_CURVES;
  const drawn = isMany ? shown.filter(({ trial }) => winners.has(trial)) : shown;
  const stride = Math.ceil((length * Math.max(1, drawn.length)) / MOST_MARKS);
  const marks = drawn.toSorted((left, right) => groupOf(right, winners) - groupOf(left, winners))
    .flatMap((result) => marksOf(result, { values: values(result.trial), winners, stride }));
  const all = shown.map(({ trial }) => curves.get(trial)![measure]);
  const title = TITLES[measure];
  return {
    id: measure === "loss" ? "loss" : "accuracy",
    title: `${title[0].toUpperCase()}${title.slice(1)} by epoch`,
    caption: isMany
      ? `Bands hold 50 % and 90 % of the ${shown.length} trials, the grey line is their median, the blue one the winner.`
      : "Each line is a trial; the winner's is blue and thick. Point at a line to see which trial it is.",
    spec: {
      width: CHART_WIDTH,
      height: 300,
      layer: [
        ...isMany ? bandLayers(all, { stride, encodeY: yOf(measure, all) }) : [],
        lineLayer(marks, { y: yOf(measure, doneCurves(shown, values)) }),
      ],
    } as TopLevelSpec,
    table: quantileTable(all, { measure }),
  };
}

function doneCurves(
  shown: readonly TrialResult[],
  values: (trial: string) => Curve[Measure],
): readonly Curve[Measure][] {
  const done = shown.filter(({ status }) => status !== "diverged" && status !== "failed");
  return (done.length > 0 ? done : shown).map(({ trial }) => values(trial));
}

function groupOf({ trial, status }: TrialResult, winners: ReadonlySet<string>): 0 | 1 | 2 {
  return winners.has(trial) ? 0 : status === "diverged" ? 2 : 1;
}

interface MarksOf {
  readonly values: Curve[Measure];
  readonly winners: ReadonlySet<string>;
  /** Epochs between the drawn ones; the last is drawn too. */
  readonly stride: number;
}

function marksOf(result: TrialResult, { values, winners, stride }: MarksOf): readonly CurveMark[] {
  const { trial } = result;
  const about = curveText(result);
  const group = GROUPS[groupOf(result, winners)];
  return values.flatMap((value, epoch) =>
    value !== null && (epoch % stride === 0 || epoch === values.length - 1)
      ? [{ trial, epoch, value, group, about }]
      : []
  );
}

/** Returns the text that is shown when a reader points at a trial's curve. */
function curveText({ trial, point, repeat, status, bestValidationAccuracy, bestEpoch }: TrialResult): string {
  const name = `${pointName(point)}${repeat === 0 ? "" : `, repeat ${repeat}`}`;
  const end = bestValidationAccuracy === null
    ? status
    : `${percent(bestValidationAccuracy)} validation at epoch ${bestEpoch}`;
  return `${name}: ${end} (trial ${trial})`;
}

function lineLayer(marks: readonly CurveMark[], { y }: { readonly y: object }): object {
  const groups = GROUPS.filter((name) => marks.some(({ group }) => group === name));
  const rangeOf = (range: readonly unknown[]) => groups.map((group) => range[GROUPS.indexOf(group)]);
  const scale = (range: readonly unknown[]) => ({ domain: groups, range: rangeOf(range) });
  // Vega interpolates a range of numbers over the groups, which gives NaN for a single group.
  const number = (range: readonly number[]) =>
    groups.length === 1
      ? { value: rangeOf(range)[0] }
      : { field: "group", scale: scale(range), legend: null };
  return {
    data: { values: marks },
    mark: { type: "line", clip: true, interpolate: "linear" },
    encoding: {
      x: { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d" } },
      y,
      detail: { field: "trial" },
      description: { field: "about" },
      color: {
        field: "group",
        title: null,
        scale: scale([COLOURS.accent, COLOURS.faint, COLOURS.warn]),
        legend: { orient: "top" },
      },
      strokeWidth: number([2.5, 1, 1]),
      opacity: number([1, 0.6, 0.7]),
    },
  };
}

/**
 * Returns the encoding of the vertical axis, scaled to the curves that it must show; diverged curves may leave it.
 */
function yOf(measure: Measure, shown: readonly Curve[Measure][]): object {
  let [low, high] = [Infinity, -Infinity];
  for (const value of shown.flat()) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (measure === "validationAccuracy") {
    const scale = { domain: [low, Math.max(high, low + 0.01)], zero: false, nice: true };
    return {
      field: "value",
      type: "quantitative",
      title: TITLES[measure],
      axis: { format: percentFormat([low, high]) },
      scale,
    };
  }
  const isLog = low > 0 && high / low > LOG_LOSS_RANGE;
  return {
    field: "value",
    type: "quantitative",
    title: isLog ? "training loss (logarithmic)" : TITLES[measure],
    axis: { format: "~g", ...isLog ? { values: logTicks(low, high) } : {} },
    scale: isLog ? { type: "log", domain: [low, high] } : { domain: [Math.min(0, low), high], nice: true },
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

const TABLE_ROWS = 12;

function quantileTable(
  curves: readonly Curve[Measure][],
  { measure }: { readonly measure: Measure },
): ChartTable {
  const [, length] = extent(curves.map((curve) => curve.length));
  const show = (value: number) => measure === "loss" ? value.toPrecision(4) : percent(value);
  const stride = Math.ceil(length / TABLE_ROWS);
  const rows = Array.from({ length }, (_, epoch) => epoch)
    .filter((epoch) => epoch % stride === 0 || epoch === length - 1)
    .flatMap((epoch) => {
      const values = curves.map((curve) => curve[epoch] ?? null).filter((value) => value !== null).sort(
        byValue,
      );
      if (values.length === 0) return [];
      const cells = [0, 0.25, 0.5, 0.75, 1].map((share) => show(quantile(values, share)));
      return [[String(epoch), String(values.length), ...cells]];
    });
  return { head: ["epoch", "trials", "lowest", "25 %", "median", "75 %", "highest"], rows };
}

function byValue(left: number, right: number): number {
  return left - right;
}
