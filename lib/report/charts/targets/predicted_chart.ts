import type { TargetPredictions } from "../../../experiment/trial/inspection.ts";
import { numberText } from "../../summary/metric_text.ts";
import type { TextTable } from "../../summary/text_table.ts";
import type { Chart } from "../drawing/chart.ts";
import { COLOURS } from "../drawing/theme.ts";
import type { TopLevelSpec } from "../drawing/vega.ts";
import { frameOf, leftOutText, shownRows } from "./shown_rows.ts";

/** What a chart of a target is called. */
export interface TargetPlace {
  readonly name: string;
  /** Its number among the targets, from 1. */
  readonly number: number;
}

/** Returns the chart of what is predicted of numbers against what is true, a point for each row of the test split. */
export function predictedChart(predictions: TargetPredictions, { name, number }: TargetPlace): Chart {
  const shown = shownRows(predictions);
  const [low, high] = frameOf([...predictions.values, ...predictions.predicted]);
  const marks = shown.map(({ row, value, predicted }) => ({
    value,
    predicted,
    about: `row ${row}: true ${numberText(value)}, predicted ${numberText(predicted)}`,
  }));
  const axis = (field: string, title: string) => ({
    field,
    type: "quantitative",
    title,
    axis: { format: ".4~g" },
    scale: { domain: [low, high], zero: false },
  });
  return {
    id: `predicted_${number}`,
    title: `Predicted against true ${name}`,
    caption: `A point for each row of the test split; on the line the prediction is right.${
      leftOutText(shown, predictions)
    }`,
    spec: {
      width: SIZE,
      height: SIZE,
      layer: [
        {
          data: { values: [{ value: low, predicted: low }, { value: high, predicted: high }] },
          mark: { type: "line", strokeWidth: 1, color: COLOURS.faint, aria: false },
          encoding: { x: axis("value", `true ${name}`), y: axis("predicted", `predicted ${name}`) },
        },
        {
          data: { values: marks },
          mark: { type: "circle", size: 24, opacity: 0.7, color: COLOURS.accent },
          encoding: {
            x: axis("value", `true ${name}`),
            y: axis("predicted", `predicted ${name}`),
            description: { field: "about" },
          },
        },
      ],
    } as unknown as TopLevelSpec,
    table: binTable(predictions),
  };
}

const SIZE = 360;
const BINS = 10;

/** Returns the means and errors of tenths of the rows, by what is true. */
function binTable({ values, predicted }: TargetPredictions): TextTable {
  const order = values.map((_, row) => row).sort((left, right) =>
    values[left] - values[right] || left - right
  );
  const bins = Math.min(BINS, order.length);
  const rows = Array.from({ length: bins }, (_, bin) => {
    const own = order.slice(
      Math.floor(bin * order.length / bins),
      Math.floor((bin + 1) * order.length / bins),
    );
    const mean = (valueOf: (row: number) => number) =>
      own.reduce((sum, row) => sum + valueOf(row), 0) / own.length;
    const squared = mean((row) => (predicted[row] - values[row]) * (predicted[row] - values[row]));
    return [
      `${numberText(values[own[0]])} to ${numberText(values[own[own.length - 1]])}`,
      String(own.length),
      numberText(mean((row) => values[row])),
      numberText(mean((row) => predicted[row])),
      numberText(Math.sqrt(squared)),
    ];
  });
  return { head: ["true", "rows", "mean true", "mean predicted", "RMSE"], rows };
}
