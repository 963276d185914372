import { extent } from "../../core/numbers/extent.ts";
import type { Story } from "../story/story.ts";
import { metricText } from "../summary/metric_text.ts";
import { spreadOf } from "../summary/spread.ts";
import { type Metric, selectedMetric } from "../summary/metric.ts";
import { curveFrame, outsideText } from "./curve_frame.ts";
import type { Chart } from "./drawing/chart.ts";
import { CHART_WIDTH, LINE_COLOURS, LINE_DASHES } from "./drawing/theme.ts";
import type { TopLevelSpec } from "./drawing/vega.ts";
import { percentFormat } from "./percent_format.ts";

/** A story, and its label among others. */
export interface LabelledStory {
  readonly label: string;
  readonly story: Story;
}

/**
 * Returns the chart of the winners over the epochs, one line each, by the metric that decides in the first story; null if none
 * has a winner and that metric.
 */
export function comparedChart(stories: readonly LabelledStory[]): Chart | null {
  const metric = selectedMetric(stories[0]?.story.summary.experiment ?? {});
  const lines = stories.map(({ label, story }) => ({ label, means: winnerMeans(story, metric) }))
    .filter(({ means }) => means.length > 0);
  if (lines.length === 0) return null;
  const labels = lines.map(({ label }) => label);
  const marks = lines.flatMap(({ label, means }) =>
    means.map((value, epoch) => ({ label, epoch, value, about: `${label}: its winner, mean of its trials` }))
  );
  const curves = lines.map(({ means }) => Float64Array.from(means));
  const frame = curveFrame(curves, { metric });
  const { low, high } = frame;
  const [, length] = extent(lines.map(({ means }) => means.length));
  return {
    id: "compared",
    title: `${metric.label[0].toUpperCase()}${metric.label.slice(1)} of the winners by epoch`,
    caption: `Each line is the mean over the trials of a winner.${outsideText(curves, frame)}`,
    spec: {
      width: CHART_WIDTH,
      height: 300,
      data: { values: marks },
      mark: { type: "line", strokeWidth: 2, clip: true },
      encoding: {
        x: { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d" } },
        y: {
          field: "value",
          type: "quantitative",
          title: metric.label,
          axis: { format: metric.format === "percent" ? percentFormat([low, high]) : ".4~g" },
          scale: { domain: [low, high] },
        },
        description: { field: "about" },
        color: {
          field: "label",
          title: null,
          scale: {
            domain: labels,
            range: labels.map((_, index) => LINE_COLOURS[index % LINE_COLOURS.length]),
          },
          legend: { orient: "top", columns: 2 },
        },
        strokeDash: {
          field: "label",
          scale: { domain: labels, range: labels.map((_, index) => LINE_DASHES[index % LINE_DASHES.length]) },
          legend: null,
        },
      },
    } as TopLevelSpec,
    table: {
      head: ["epoch", ...labels],
      rows: Array.from({ length }, (_, epoch) => [
        String(epoch),
        ...lines.map(({ means }) => epoch < means.length ? metricText(means[epoch], metric) : ""),
      ]),
    },
  };
}

function winnerMeans({ summary: { winner }, curves }: Story, { name }: Metric): readonly number[] {
  const found = (winner?.trials ?? []).map((trial) => curves.get(trial)?.[name] ?? new Float64Array());
  const length = extent([0, ...found.map((curve) => curve.length)])[1];
  return Array.from(
    { length },
    (_, epoch) => spreadOf(found.flatMap((curve) => epoch < curve.length ? [curve[epoch]] : []))!.mean,
  );
}
