import type { Inspection } from "../../experiment/trial/inspection.ts";
import { percent } from "../summary/percent.ts";
import type { Chart } from "./drawing/chart.ts";
import { matrixSpec } from "./heat_map_chart.ts";

/** Returns the chart of the confusion matrix on the test split. */
export function confusionChart({ classNames, confusion }: Inspection): Chart {
  const cells = confusion.flatMap((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => {
      const share = total === 0 ? 0 : count / total;
      return {
        x: classNames[predicted],
        y: classNames[label],
        value: share,
        count,
        about: `${count} of ${total} rows of class ${classNames[label]} taken for ${classNames[predicted]}, ${
          percent(share)
        }`,
      };
    });
  });
  return {
    id: "confusion",
    title: "Which class is taken for which",
    caption: "A row for each class of the test split, a column for each prediction; numbers count rows.",
    spec: matrixSpec(cells, {
      columns: classNames,
      rows: classNames,
      titles: { x: "predicted class", y: "true class", value: "share of the true class" },
      show: ({ count }) => String(count),
      scheme: "blues",
      isDarkAt: "high",
    }),
    table: {
      head: ["true class \\ predicted", ...classNames],
      rows: confusion.map((row, label) => [classNames[label], ...row.map(String)]),
    },
  };
}
