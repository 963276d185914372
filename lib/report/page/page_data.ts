import { USUAL_METRIC } from "../../core/facts/metric.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisStyles } from "../charts/axis_colours.ts";
import { variedAxes } from "../charts/axis_scale.ts";
import type { MetricCurve } from "../charts/curve_frame.ts";
import type { Story } from "../story/story.ts";
import { trialCommands } from "../story/trial_commands.ts";
import { axisText } from "../summary/axis_text.ts";
import { epochMetrics, type Metric, selectedMetric, valueOf } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import { bestFirst, pointKey } from "../summary/rank_points.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { type Html, html, trustedHtml } from "./html.ts";

/** The most trials whose curves are in the data, the best ones. */
const MOST_CURVES = 1000;
/** The most values of curves, some seven bytes each. */
const MOST_VALUES = 60_000;
const DECIMALS = 4;

/**
 * Returns the data of a page's script: settings, curves and commands of trials, and the colours of axes. The page can be
 * read without them.
 */
export function pageData(story: Story): Html {
  const { summary } = story;
  const data = {
    axes: axesOf(summary),
    metrics: epochMetrics(summary.experiment).map(({ label, format }) => ({ label, format })),
    ...pointsOf(summary),
    ...curvesOf(story),
    commands: trialCommands(summary),
  };
  // Nothing in the data may end the script, whatever names and values contain.
  const text = JSON.stringify(data).replaceAll("<", "\\u003c");
  return html`<script type="application/json" id="page_data">${trustedHtml(text)}</script>`;
}

/** Returns each axis with its values as texts, and the line of each value if there are several. */
function axesOf({ experiment: { grid } }: Summary): readonly object[] {
  const varied = new Map(variedAxes(grid));
  return Object.entries(grid).map(([name, declared]) => {
    const values = varied.get(name) ?? declared;
    const styles = varied.has(name) ? axisStyles(name, { values }) : [];
    return {
      name,
      values: values.map(axisText),
      styles: styles.map(({ colour, dash }) => [colour, dash.join(" ")]),
    };
  });
}

/** Returns the points as indexes of their axes' values, and trials by id: point, repeat, how it ended, epochs. */
function pointsOf(summary: Summary): object {
  const { points, trials, experiment, winner } = summary;
  const { grid } = experiment;
  const varied = new Map(variedAxes(grid));
  const places = Object.entries(grid).map(([name, declared]) => {
    const values: readonly AxisValue[] = varied.get(name) ?? declared;
    return [name, new Map(values.map((value, index) => [axisText(value), index]))] as const;
  });
  const indexes = new Map(points.map(({ point }, index) => [pointKey(point), index]));
  const winners = new Set(winner?.trials ?? []);
  const metric = selectedMetric(experiment);
  // The panel says that it is the best on validation.
  const what = metric.name === USUAL_METRIC ? "" : ` ${metric.measure}`;
  const row = (result: TrialResult) => {
    const { trial, point, repeat, fold, status, bestEpoch } = result;
    const end = winners.has(trial) ? "winner" : status;
    const value = valueOf(result, metric.name);
    const text = value === null ? "" : `${metricText(value, metric)}${what}`;
    const run = fold === undefined ? repeat : `${repeat}, fold ${fold}`;
    return [trial, [indexes.get(pointKey(point)) ?? -1, run, end, bestEpoch, text]];
  };
  return {
    points: points.map(({ point }) =>
      places.map(([name, values]) => values.get(axisText(point[name])) ?? -1)
    ),
    trials: Object.fromEntries(trials.map(row)),
  };
}

/** Returns the curves of trials by id: the last epoch, then a list for each metric. */
function curvesOf({ summary, curves }: Story): object {
  const metrics = epochMetrics(summary.experiment);
  const { name } = selectedMetric(summary.experiment);
  const byValue = bestFirst<TrialResult>((result) => valueOf(result, name), summary.experiment);
  const shown = summary.trials.filter(({ trial }) => curves.has(trial)).toSorted(byValue).slice(
    0,
    MOST_CURVES,
  );
  const lengths = shown.map(({ trial }) => curves.get(trial)!.validationAccuracy.length);
  const count = metrics.length * lengths.reduce((sum, length) => sum + length, 0);
  const stride = Math.max(1, Math.ceil(count / MOST_VALUES));
  const row = ({ trial }: TrialResult, index: number) => {
    const curve = curves.get(trial)!;
    return [trial, [
      lengths[index] - 1,
      ...metrics.map((metric) => shortCurve(curve[metric.name] ?? new Float64Array(), { metric, stride })),
    ]];
  };
  return { stride, curves: Object.fromEntries(shown.map(row)) };
}

function shortCurve(
  curve: MetricCurve,
  { metric: { format }, stride }: { readonly metric: Metric; readonly stride: number },
): readonly (number | null)[] {
  const short = (value: number) =>
    Number(format === "percent" ? value.toFixed(DECIMALS) : value.toPrecision(DECIMALS));
  return Array.from(curve.filter((_, epoch) => epoch % stride === 0 || epoch === curve.length - 1))
    .map((value) => Number.isNaN(value) ? null : short(value));
}
