import { extent } from "../../core/numbers/extent.ts";
import type { Story } from "../story/story.ts";
import { percent } from "../summary/percent.ts";
import { spreadOf } from "../summary/spread.ts";
import { DECIDING_METRIC } from "../summary/metric.ts";
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
 * Returns the chart of the winners' validation accuracy over the epochs, one line each; null if none has a winner.
 */
export function comparedChart(stories: readonly LabelledStory[]): Chart | null {
  const lines = stories.map(({ label, story }) => ({ label, means: winnerMeans(story) }))
    .filter(({ means }) => means.length > 0);
  if (lines.length === 0) return null;
  const labels = lines.map(({ label }) => label);
  const marks = lines.flatMap(({ label, means }) =>
    means.map((value, epoch) => ({ label, epoch, value, about: `${label}: its winner, mean of its repeats` }))
  );
  const curves = lines.map(({ means }) => Float64Array.from(means));
  const frame = curveFrame(curves, { metric: DECIDING_METRIC });
  const { low, high } = frame;
  const [, length] = extent(lines.map(({ means }) => means.length));
  return {
    id: "compared",
    title: "Validation accuracy of the winners by epoch",
    caption: `Each line is the mean over the repeats of a winner.${outsideText(curves, frame)}`,
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
          title: "validation accuracy",
          axis: { format: percentFormat([low, high]) },
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
        ...lines.map(({ means }) => epoch < means.length ? percent(means[epoch]) : ""),
      ]),
    },
  };
}

function winnerMeans({ summary: { winner }, curves }: Story): readonly number[] {
  const found = (winner?.trials ?? []).map((trial) =>
    curves.get(trial)?.validationAccuracy ?? new Float64Array()
  );
  const length = extent([0, ...found.map((curve) => curve.length)])[1];
  return Array.from(
    { length },
    (_, epoch) => spreadOf(found.flatMap((curve) => epoch < curve.length ? [curve[epoch]] : []))!.mean,
  );
}
