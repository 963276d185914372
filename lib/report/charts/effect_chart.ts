import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisText } from "../summary/axis_text.ts";
import { confidenceInterval } from "../summary/confidence_interval.ts";
import { percent, roundedPercent } from "../summary/percent.ts";
import type { Summary } from "../summary/summary.ts";
import { type AxisScale, axisScale } from "./axis_scale.ts";
import type { Chart } from "./drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";

const MOST_TICKS = 10;
/** More points would look like a line, in a file of tens of megabytes. */
const MOST_VALUES = 1000;

/** An axis and its values in the order in which they are drawn. */
export interface EffectAxis {
  readonly axis: string;
  readonly values: readonly AxisValue[];
  /** The axis's index among those that vary, from 0. */
  readonly index: number;
}

/** Returns the chart of an axis's marginal means: over all other axes and repeats, with 95 % intervals; null without trials. */
export function effectChart(
  { trials }: Summary,
  { axis, values, index }: EffectAxis,
): Chart | null {
  const scale = axisScale(axis, { values });
  const stride = Math.ceil(values.length / MOST_VALUES);
  const drawn = values.filter((_, place) => place % stride === 0);
  const effects = effectsOf(drawn, { axis, scale, trials });
  if (effects.length === 0) return null;
  return {
    id: `effect_${index + 1}`,
    title: `Effect of ${axis}`,
    caption:
      "The mean over all trials with the value, whatever their other parameters; bars are 95 % intervals." +
      (stride === 1 ? "" : ` ${drawn.length} of the ${values.length} values are shown.`),
    spec: specOf(effects, { axis, scale }),
    table: {
      head: [axis, "mean of best validation accuracy", "95 % interval", "trials"],
      rows: effects.map(({ text, mean, halfWidth, count }) => [
        text,
        percent(mean),
        halfWidth === null ? "one trial only" : `± ${roundedPercent(halfWidth)}`,
        String(count),
      ]),
    },
  };
}

/** The accuracies of the trials with one value of the axis. */
interface Effect {
  /** A number if the axis is numeric, else the value as text. */
  readonly value: AxisValue;
  /** Fractions. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly halfWidth: number | null;
  readonly count: number;
  readonly text: string;
  readonly about: string;
}

interface ScaledAxis {
  readonly axis: string;
  readonly scale: AxisScale;
}

function effectsOf(
  values: readonly AxisValue[],
  { axis, scale, trials }: ScaledAxis & Pick<Summary, "trials">,
): readonly Effect[] {
  const byValue = Map.groupBy(trials, ({ point }) => keyOf(point[axis]));
  return values.flatMap((value) => {
    const accuracies = (byValue.get(keyOf(value)) ?? [])
      .map(({ bestValidationAccuracy }) => bestValidationAccuracy).filter((accuracy) => accuracy !== null);
    const interval = confidenceInterval(accuracies);
    if (interval === null) return [];
    const { mean, halfWidth } = interval;
    const low = mean - (halfWidth ?? 0);
    const high = mean + (halfWidth ?? 0);
    return [{
      value: scale === "ordinal" ? axisText(value) : value,
      mean,
      low: Math.max(0, low),
      high: Math.min(1, high),
      about: `${axis}=${axisText(value)}: mean ${percent(mean)}${
        halfWidth === null ? "" : ` ± ${roundedPercent(halfWidth)}`
      } over ${accuracies.length} ${accuracies.length === 1 ? "trial" : "trials"}`,
      count: accuracies.length,
      text: axisText(value),
      halfWidth,
    }];
  });
}

function specOf(effects: readonly Effect[], { axis, scale }: ScaledAxis): TopLevelSpec {
  const x = {
    field: "value",
    title: `${axis}${scale === "log" ? " (logarithmic)" : ""}`,
    ...scale === "ordinal"
      ? { type: "ordinal", sort: null, axis: { labelAngle: 0 } }
      : { type: "quantitative", scale: { type: scale, zero: false, nice: scale === "linear", padding: 16 } },
    // The ticks are the tried values, since nothing is known between them.
    ...scale === "ordinal" || effects.length > MOST_TICKS
      ? {}
      : { axis: { format: ".6~g", values: effects.map(({ value }) => value), labelOverlap: true } },
  };
  const y = {
    type: "quantitative",
    title: "best validation accuracy",
    scale: { zero: false },
    axis: { format: percentFormat(effects.flatMap(({ low, high }) => [low, high])) },
  };
  return {
    width: CHART_WIDTH,
    height: 220,
    data: {
      values: effects.map(({ value, mean, low, high, about }) => ({ value, mean, low, high, about })),
    },
    layer: [
      {
        mark: { type: "rule", color: COLOURS.accent, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      {
        mark: { type: "line", color: COLOURS.accent, opacity: 0.4 },
        encoding: { x, y: { ...y, field: "mean" } },
      },
      {
        mark: { type: "point", filled: true, opacity: 1, size: 70, color: COLOURS.accent },
        encoding: { x, y: { ...y, field: "mean" }, description: { field: "about" } },
      },
    ],
  } as TopLevelSpec;
}

const NEGATIVE_ZERO = Symbol("-0");

/** A map treats 0 and -0 as one key. */
function keyOf(value: AxisValue): AxisValue | symbol {
  return Object.is(value, -0) ? NEGATIVE_ZERO : value;
}
