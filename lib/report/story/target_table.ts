import type { LabelMeasures, NumberMeasures, TargetInspection } from "../../experiment/trial/inspection.ts";
import { classMeasures } from "../../statistics/class_measures.ts";
import { numberText } from "../summary/metric_text.ts";
import { roundedPercent } from "../summary/percent.ts";
import type { TextTable } from "../summary/text_table.ts";

/** Returns how well each target is predicted on the test split, as a table. */
export function targetTable({ kind, names, measures }: TargetInspection): TextTable {
  const row = kind === "numbers" ? numberRow : labelRow;
  return {
    head: kind === "numbers"
      ? ["target", "RMSE", "MAE", "R²"]
      : ["label", "recall", "precision", "rows with it"],
    // The kind says which measures they are.
    rows: names.map((name, index) => [name, ...row(measures[index] as NumberMeasures & LabelMeasures)]),
  };
}

function numberRow({ rmse, mae, r2 }: NumberMeasures): readonly string[] {
  return [rmse, mae, r2].map(numberText);
}

function labelRow(
  { trueNegative, falsePositive, falseNegative, truePositive }: LabelMeasures,
): readonly string[] {
  const [, { recall, precision, support }] = classMeasures([
    [trueNegative, falsePositive],
    [falseNegative, truePositive],
  ]);
  return [shareText(recall), shareText(precision), String(support)];
}

function shareText(share: number | null): string {
  return share === null ? "no row" : roundedPercent(share);
}
