import { extent } from "../../core/numbers/extent.ts";
import { counted } from "../../core/text/counted.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import type { AxisEffects } from "../evidence/axis_effects.ts";
import { axisText } from "../summary/axis_text.ts";
import type { Metric } from "../summary/metric.ts";
import { signedText, sizeText, unitOfHead, unitText } from "../summary/metric_text.ts";
import { type AxisScale, axisScale } from "./axis_scale.ts";
import type { Chart } from "./drawing/chart.ts";
import { nameAxis } from "./drawing/name_axis.ts";
import { CHART_WIDTH, COLOURS } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { quantile } from "../../core/numbers/quantile.ts";

const MOST_TICKS = 24;
/** Pixels from a bar to the dots of single pairs. */
const MOST_OFFSET = 8;
/** More values or differences would look like an area, in a file of tens of megabytes. */
const MOST_VALUES = 1000;
const MOST_DIFFERENCES = 500;

/**
 * Returns the chart of an axis's paired effects: how far each value lies from the best one, between trials that are
 * equal in all else.
 *
 * Values of an axis without order are not joined by a line, and below three pairs there is no bar.
 *
 * @param options.index The axis's index among those that vary, from 0.
 */
export function effectChart(found: AxisEffects, { index }: { readonly index: number }): Chart {
  const { axis, values, effects, metric } = found;
  const scale = axisScale(axis, { values });
  const stride = Math.ceil(effects.levels.length / MOST_VALUES);
  const shown = effects.levels.filter(({ level }, place) => place % stride === 0 || level === effects.best);
  const dots = shown.map((effect) => dotOf(effect, { found, scale }));
  const best = `${axis}=${axisText(values[effects.best])}`;
  const singles = singlesOf(shown, { found, scale });
  const domain = domainOf(dots, { singles, factor: factorOf(metric) });
  const outside = singles.filter(({ single }) => single < domain[0] || single > domain[1]).length;
  return {
    id: `effect_${index + 1}`,
    title: `Effect of ${axis}`,
    caption:
      `Differences to ${best}, the best value, between trials that are equal in all else. A large dot is their ` +
      "mean, a bar its 95 % interval from three pairs on, a small dot beside it one pair." +
      (outside === 0 ? "" : ` Outside of the frame: ${outside} of ${singles.length} pairs.`) +
      (stride === 1 ? "" : ` ${shown.length} of the ${effects.levels.length} values are shown.`),
    spec: specOf(dots, { axis, scale, singles, domain, metric }),
    table: {
      head: [
        axis,
        `difference to ${axisText(values[effects.best])}${unitOfHead(metric)}`,
        `95 % interval${unitOfHead(metric)}`,
        "pairs",
      ],
      rows: dots.map(({ text, mean, halfWidth, count, isBest }) => [
        text,
        isBest ? "the best value" : mean === null ? "no pair" : signedText(mean, metric),
        halfWidth === null ? "" : `± ${sizeText(halfWidth, metric)}`,
        isBest ? "" : String(count),
      ]),
    },
  };
}

/** The mean difference of one value. */
interface Dot {
  /** A number if the axis is numeric, else the value as text. */
  readonly value: AxisValue;
  readonly text: string;
  readonly isBest: boolean;
  /** In values of the metric; 0 for the best value, and null without a pair. */
  readonly mean: number | null;
  readonly halfWidth: number | null;
  readonly count: number;
}

interface Scaled {
  readonly found: AxisEffects;
  readonly scale: AxisScale;
}

type Effect = AxisEffects["effects"]["levels"][number];

function dotOf({ level, difference }: Effect, { found, scale }: Scaled): Dot {
  const isBest = level === found.effects.best;
  const value = found.values[level];
  return {
    value: scale === "ordinal" ? axisText(value) : value,
    text: axisText(value),
    isBest,
    mean: isBest ? 0 : difference?.mean ?? null,
    halfWidth: difference?.halfWidth ?? null,
    count: difference?.count ?? 0,
  };
}

interface Single {
  readonly value: AxisValue;
  /** In points where the metric is in percent. */
  readonly single: number;
}

function singlesOf(effects: readonly Effect[], { found, scale }: Scaled): readonly Single[] {
  const count = effects.reduce((sum, { differences }) => sum + differences.length, 0);
  const stride = Math.max(1, Math.ceil(count / MOST_DIFFERENCES));
  return effects.flatMap(({ level, differences }) => {
    const value = found.values[level];
    return differences.filter((_, index) => index % stride === 0).map((difference) => {
      return {
        value: scale === "ordinal" ? axisText(value) : value,
        single: factorOf(found.metric) * difference,
      };
    });
  });
}

interface Drawn {
  readonly axis: string;
  readonly scale: AxisScale;
  readonly singles: readonly Single[];
  /** The range of the vertical axis. */
  readonly domain: readonly [low: number, high: number];
  readonly metric: Pick<Metric, "format">;
}

function specOf(dots: readonly Dot[], { axis, scale, singles, domain, metric }: Drawn): TopLevelSpec {
  const x = {
    field: "value",
    title: `${axis}${scale === "log" ? " (logarithmic)" : ""}`,
    ...scale === "ordinal"
      ? {
        type: "ordinal",
        sort: null,
        scale: { domain: dots.map(({ value }) => value) },
        axis: nameAxis(dots.map(({ text }) => text), { step: CHART_WIDTH / dots.length }),
      }
      : { type: "quantitative", scale: { type: scale, zero: false, nice: scale === "linear", padding: 16 } },
    // The ticks are the tried values, since nothing is known between them.
    ...scale === "ordinal"
      ? {}
      : dots.length > MOST_TICKS
      ? { axis: { grid: false } }
      : { axis: { format: ".6~g", values: dots.map(({ value }) => value), labelOverlap: "greedy" } },
  };
  const marks = marksOf(dots, { axis, metric });
  const y = {
    type: "quantitative",
    title: `difference${unitOfHead(metric)}`,
    scale: { domain, nice: false },
  };
  const mean = { ...y, field: "mean" };
  const join = { mark: { type: "line", color: COLOURS.accent, opacity: 0.3 }, encoding: { x, y: mean } };
  return {
    width: CHART_WIDTH,
    height: 220,
    data: { values: marks },
    layer: [
      { data: { values: [{}] }, mark: { type: "rule", color: COLOURS.muted }, encoding: { y: { datum: 0 } } },
      {
        data: { values: singles },
        // Beside the bar, which would hide them.
        mark: {
          type: "point",
          filled: true,
          clip: true,
          size: 16,
          opacity: 0.6,
          color: COLOURS.muted,
          xOffset: Math.min(MOST_OFFSET, CHART_WIDTH / dots.length / 3),
        },
        encoding: { x, y: { ...y, field: "single" } },
      },
      ...scale === "ordinal" ? [] : [join],
      {
        mark: { type: "rule", color: COLOURS.accent, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      {
        mark: { type: "point", filled: true, opacity: 1, size: 70, color: COLOURS.accent },
        encoding: { x, y: mean, description: { field: "about" } },
      },
    ],
  } as TopLevelSpec;
}

/** Returns the marks of the means. */
function marksOf(dots: readonly Dot[], { axis, metric }: Pick<Drawn, "axis" | "metric">): readonly object[] {
  const factor = factorOf(metric);
  return dots.flatMap(({ mean, halfWidth, value, isBest, text, count }) => {
    if (mean === null) return [];
    const width = halfWidth ?? 0;
    const about = isBest
      ? `${axis}=${text}: the best value`
      : `${axis}=${text}: ${signedText(mean, metric)}${
        halfWidth === null ? "" : ` ± ${sizeText(halfWidth, metric)}`
      }${unitText(metric)} over ${counted(count, "pair")}`;
    return [{
      value,
      mean: factor * mean,
      low: factor * (mean - width),
      high: factor * (mean + width),
      about,
    }];
  });
}

/** Returns what a difference is multiplied by: percentages are drawn in points. */
function factorOf({ format }: Pick<Metric, "format">): number {
  return format === "percent" ? 100 : 1;
}

/** How far the bulk reaches beyond its quartiles, as a multiple of their distance: Tukey's far outliers lie outside. */
const REACH = 3;
const MARGIN = 0.05;

/**
 * All means and intervals, and the bulk of the single pairs with a margin: one far outlier would squeeze everything
 * else.
 */
function domainOf(
  dots: readonly Dot[],
  { singles, factor }: { readonly singles: readonly Single[]; readonly factor: number },
): readonly [low: number, high: number] {
  const ends = dots.flatMap(({ mean, halfWidth }) =>
    mean === null ? [] : [factor * (mean - (halfWidth ?? 0)), factor * (mean + (halfWidth ?? 0))]
  );
  const range = extent([0, ...ends]);
  const sorted = Float64Array.from(singles, ({ single }) => single).sort();
  const [first, third] = sorted.length === 0 ? [0, 0] : [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = Math.max(REACH * (third - first), range[1] - range[0]);
  const bulk = sorted.filter((single) => single >= first - reach && single <= third + reach);
  const [low, high] = extent([...range, ...bulk]);
  const margin = MARGIN * (high - low);
  return low === high ? [-1, 1] : [low - margin, high + margin];
}
