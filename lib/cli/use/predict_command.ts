import { stringify } from "@std/csv/stringify";
import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { columnNames, PREDICTION_COLUMNS } from "../../report/files/columns.ts";
import { percent } from "../../report/summary/percent.ts";
import { predictFiles, type Prediction } from "../../runner/model/predict_files.ts";
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
  terminal.write(line.get(FLAGS.jsonRows) ? predictionsJson(predictions) : predictionsCsv(predictions));
  const told = predictions.filter(({ label }) => label !== null);
  if (told.length > 0) {
    const right = told.filter((prediction) => prediction.class === prediction.label).length;
    terminal.writeError(
      `accuracy ${percent(right / told.length)}: ${right} of ${told.length} rows with a label\n`,
    );
  }
  return EXIT_CODES.good;
};

function predictionsCsv(predictions: readonly Prediction[]): string {
  return stringify([
    [...columnNames(PREDICTION_COLUMNS)],
    ...predictions.map(({ file, row, class: name, probability }) => [
      file,
      String(row),
      name,
      formatFloat64(probability),
    ]),
  ]);
}

function predictionsJson(predictions: readonly Prediction[]): string {
  return predictions.map((prediction) => `${JSON.stringify(prediction)}\n`).join("");
}
