import { quantile } from "../../../core/numbers/quantile.ts";
import type { TargetPredictions } from "../../../experiment/trial/inspection.ts";
import { numberText } from "../../summary/metric_text.ts";
import type { Chart } from "../drawing/chart.ts";
import { CHART_WIDTH, COLOURS } from "../drawing/theme.ts";
import type { TopLevelSpec } from "../drawing/vega.ts";
import type { TargetPlace } from "./predicted_chart.ts";
import { frameOf, leftOutText, shownRows } from "./shown_rows.ts";

/** Returns the chart of the residuals of numbers, what is predicted less what is true, over what is predicted. */
export function residualChart(predictions: TargetPredictions, { name, number }: TargetPlace): Chart {
  const shown = shownRows(predictions);
  const residuals = sortedResiduals(predictions);
  const [low, high] = frameOf(predictions.predicted);
  const marks = shown.map(({ row, value, predicted, residual }) => ({
    predicted,
    residual,
    about: `row ${row}: predicted ${numberText(predicted)}, true ${numberText(value)}, residual ${
      numberText(residual)
    }`,
  }));
  const x = {
    field: "predicted",
    type: "quantitative",
    title: `predicted ${name}`,
    axis: { format: ".4~g" },
    scale: { domain: [low, high], zero: false },
  };
  const y = {
    field: "residual",
    type: "quantitative",
    title: "predicted less true",
    axis: { format: ".4~g" },
    scale: { domain: frameOf([0, ...residuals]), nice: true },
  };
  return {
    id: `residuals_${number}`,
    title: `Residuals of ${name} by what is predicted`,
    caption: `Above the line the prediction is too high, below it too low.${leftOutText(shown, predictions)}`,
    spec: {
      width: CHART_WIDTH,
      height: 220,
      layer: [
        {
          data: { values: [{ predicted: low, residual: 0 }, { predicted: high, residual: 0 }] },
          mark: { type: "line", strokeWidth: 1, color: COLOURS.faint, aria: false },
          encoding: { x, y },
        },
        {
          data: { values: marks },
          mark: { type: "circle", size: 24, opacity: 0.7, color: COLOURS.accent },
          encoding: { x, y, description: { field: "about" } },
        },
      ],
    } as unknown as TopLevelSpec,
    table: {
      head: ["quantile of the residuals", "predicted less true"],
      rows: QUANTILES.map((
        [label, share],
      ) => [label, numberText(quantile(residuals, share))]),
    },
  };
}

const QUANTILES = [["least", 0], ["5 %", 0.05], ["25 %", 0.25], ["median", 0.5], ["75 %", 0.75], [
  "95 %",
  0.95,
], ["greatest", 1]] as const;

function sortedResiduals({ values, predicted }: TargetPredictions): Float64Array {
  return Float64Array.from(values, (value, row) => predicted[row] - value).sort();
}
