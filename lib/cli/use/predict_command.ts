import { stringify } from "@std/csv/stringify";
import { InputError } from "../../core/check/errors.ts";
import { numberMeasures, type PredictedColumn } from "../../experiment/evaluation/inspect_targets.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { counted } from "../../core/text/counted.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { columnNames, PREDICTION_COLUMNS } from "../../report/files/columns.ts";
import { percent } from "../../report/summary/percent.ts";
import { numbersText } from "../../report/summary/metric_text.ts";
import { predictFiles, type Predictions } from "../../runner/model/predict_files.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";

/** `predict MODEL FILE…`: runs a model on CSV files and pictures. */
export const predictCommand: RunCommand = async (line, terminal) => {
  const [model, ...files] = line.operands;
  if (model === undefined || files.length === 0) {
    throw new InputError("Cannot predict: it must be given MODEL and FILE…");
  }
  const note = (message: string) => terminal.writeError(`note: ${message}\n`);
  const predictions = await predictFiles(model, files, { note });
  const table = tableOf(predictions);
  terminal.write(line.get(FLAGS.jsonRows) ? predictionsJson(table) : predictionsCsv(table));
  for (const text of resultTexts(predictions)) terminal.writeError(`${text}\n`);
  return EXIT_CODES.good;
};

/** Predictions as rows of named fields. */
interface PredictionTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
}

function tableOf(predictions: Predictions): PredictionTable {
  if (predictions.kind === "class") {
    return { columns: columnNames(PREDICTION_COLUMNS), rows: predictions.rows.map((row) => ({ ...row })) };
  }
  const { kind, names, rows } = predictions;
  const columns = namesApart(
    kind === "numbers" ? names : names.flatMap((name) => [name, `${name} probability`]),
    { taken: ["file", "row"] },
  );
  return {
    columns: ["file", "row", ...columns],
    rows: rows.map(({ file, row, predicted }) => {
      const values = kind === "numbers"
        ? predicted
        : predicted.flatMap((probability) => [Number(probability > 0.5), probability]);
      return { file, row, ...Object.fromEntries(columns.map((name, i) => [name, values[i]])) };
    }),
  };
}

/** Returns names of columns that differ from each other, and from those that are taken. */
function namesApart(
  names: readonly string[],
  { taken }: { readonly taken: readonly string[] },
): readonly string[] {
  const known = new Set(taken);
  return names.map((name) => {
    let own = name;
    while (known.has(own)) own += " predicted";
    known.add(own);
    return own;
  });
}

function predictionsCsv({ columns, rows }: PredictionTable): string {
  return stringify([
    [...columns],
    ...rows.map((row) =>
      columns.map((name) => {
        const value = row[name];
        return typeof value === "number" ? formatFloat64(value) : value ?? "";
      })
    ),
  ]);
}

function predictionsJson({ rows }: PredictionTable): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** Returns how good the predictions are, where the files have what was to be predicted. */
function resultTexts(predictions: Predictions): readonly string[] {
  if (predictions.kind === "class") {
    const told = predictions.rows.filter(({ label }) => label !== null);
    const right = told.filter((prediction) => prediction.class === prediction.label).length;
    return accuracyText(right, { of: told.length, what: "a label" });
  }
  const { kind, names, rows } = predictions;
  const told = rows.filter(({ targets }) => targets !== null);
  if (told.length === 0) return [];
  if (kind === "labels") {
    const right = told.filter(({ predicted, targets }) =>
      predicted.every((probability, target) => Number(probability > 0.5) === targets![target])
    );
    return accuracyText(right.length, { of: told.length, what: "all labels" });
  }
  return names.map((name, target) => {
    const column = {
      values: Float64Array.from(told, ({ targets }) => targets![target]),
      predicted: Float64Array.from(told, ({ predicted }) => predicted[target]),
    };
    const what = areTooLarge(column) ? "errors are too large to add" : numbersText(numberMeasures(column));
    return `${name}: ${what}, ${counted(told.length, "row")} with a target`;
  });
}

/** A file may have any numbers: those of a run were measured before. */
function areTooLarge({ values, predicted }: PredictedColumn): boolean {
  return !Number.isFinite(
    values.reduce((sum, value, row) => sum + (predicted[row] - value) * (predicted[row] - value), 0),
  );
}

interface Told {
  readonly of: number;
  readonly what: string;
}

function accuracyText(right: number, { of, what }: Told): readonly string[] {
  if (of === 0) return [];
  return [`accuracy ${percent(right / of)}: ${right} of ${of} rows with ${what}`];
}
