import { InputError } from "../../core/check/errors.ts";
import type { Targets } from "../../data/base/targets.ts";
import { decodeImage, largestPicture } from "../../data/decode/decode_image.ts";
import { ENDINGS, kindOf } from "../../data/reading/base/table_kind.ts";
import { gunzip, isGzipName } from "../../data/text/gunzip.ts";
import type { EnsembleModel } from "../../export/ensemble/ensemble_model.ts";
import { classesOf, predictTogether } from "../../export/ensemble/predict_together.ts";
import { isDouble, type ModelFacts } from "../../export/model_facts.ts";
import { predictRows, type PredictRowsOptions, type RowPrediction } from "../../export/predict_rows.ts";
import type { TrainedModel } from "../../export/trained_model.ts";
import { LONGEST_TEXT, readBytes } from "../../files/read_bytes.ts";
import { preparedRows } from "./prepared_rows.ts";
import { readModelFile } from "./read_model_file.ts";
import { type InputRow, readModelTable, tableRows } from "./table_rows.ts";

/** The predictions of a model: of classes, or of targets. */
export type Predictions =
  | { readonly kind: "class"; readonly rows: readonly Prediction[] }
  | {
    readonly kind: Targets["kind"];
    /** Names of the targets. */
    readonly names: readonly string[];
    readonly rows: readonly TargetPrediction[];
  };

/** A row of a file that was predicted. */
export interface PredictedPlace {
  readonly file: string;
  /** Number of the row in the file, from 1; 1 for a picture. */
  readonly row: number;
}

/** The prediction of the targets of a row of a table. */
export interface TargetPrediction extends PredictedPlace {
  /** In the order of the targets: numbers in their own unit, or the sigmoid probabilities of labels. */
  readonly predicted: readonly number[];
  /** The targets in the file; null if it has none. */
  readonly targets: readonly number[] | null;
}

/** The prediction of a model for a row of a CSV file, or for a picture. */
export interface Prediction extends PredictedPlace {
  /** Name of the class. */
  readonly class: string;
  /** The probability of the class, in (0, 1]. */
  readonly probability: number;
  /** Name of the class in the file; null if it has none. */
  readonly label: string | null;
}

/** Options of {@link predictFiles}. */
export interface PredictOptions {
  /** Takes a sentence for the user, such as which columns are left out. Default: nothing is done. */
  readonly note?: (message: string) => void;
}

/**
 * Runs a model that Seedbed exported as safetensors on tables and PNG pictures; nothing is predicted unless all files can
 * be read. An ensemble predicts by the means of the softmax probabilities of its nets. A model of a `table()` takes raw rows in every format of such a table, other models CSV files.
 *
 * @throws {InputError} If the model or a file cannot be read, or a file does not match the model, with the file and
 * the line.
 * @throws {UnpredictableError} If the scores of a row are not finite, with the file and the row.
 */
export async function predictFiles(
  modelPath: string,
  files: readonly string[],
  { note = () => {} }: PredictOptions = {},
): Promise<Predictions> {
  const model = await readModel(modelPath);
  if ("nets" in model) return await predictEnsemble(model, files, { note });
  const { facts } = model;
  const found = await matrixOf(files, { model, note });
  if (facts.targets === undefined) return named(predictRows(model, found), { ...found, facts });
  const alone = predictTogether({ rows: found.rows.length, facts });
  alone.add(model, found);
  return ofTargets(facts.targets, { means: alone.means(), rows: found.rows });
}

async function predictEnsemble(
  { nets }: EnsembleModel,
  files: readonly string[],
  { note }: Required<PredictOptions>,
): Promise<Predictions> {
  const noted = new Set<string>();
  const noteOnce = (message: string) => {
    if (!noted.has(message)) note(message);
    noted.add(message);
  };
  const { facts } = nets[0];
  let found = await matrixOf(files, { model: nets[0], note: noteOnce });
  const together = predictTogether({ rows: found.rows.length, facts });
  for (const [index, model] of nets.entries()) {
    // Each net prepares the columns of a table as it was trained on them.
    if (index > 0 && facts.preparation !== undefined) {
      found = await matrixOf(files, { model, note: noteOnce });
    }
    together.add(model, found);
  }
  const means = together.means();
  return facts.targets === undefined
    ? named(classesOf(means), { rows: found.rows, facts })
    : ofTargets(facts.targets, { means, rows: found.rows });
}

/** The rows of all files, and their features as a net takes them. */
interface Matrix extends PredictRowsOptions {
  readonly rows: readonly InputRow[];
}

async function matrixOf(files: readonly string[], { model, note }: Reading): Promise<Matrix> {
  const { inputDim } = model.facts;
  const rowsOfFiles: (readonly InputRow[])[] = [];
  for (const file of files) rowsOfFiles.push(await readRows(file, { model, note }));
  const rows = rowsOfFiles.flat();
  const x = new (isDouble(model.facts) ? Float64Array : Float32Array)(rows.length * inputDim);
  rows.forEach(({ features }, i) => x.set(features, i * inputDim));
  return { rows, x, rowName: (i) => `${rows[i].file} row ${rows[i].row}` };
}

function named(
  predictions: readonly RowPrediction[],
  { rows, facts: { classNames } }: { readonly rows: readonly InputRow[]; readonly facts: ModelFacts },
): Predictions {
  const named = predictions.map(({ label, probability }, i): Prediction => {
    const { file, row, label: index } = rows[i];
    const own = index === null ? null : classNames[index];
    return { file, row, class: classNames[label], probability, label: own };
  });
  return { kind: "class", rows: named };
}

/** What is predicted of each row, `[rows, cols]`. */
type Predicted = ReturnType<ReturnType<typeof predictTogether>["means"]>;

function ofTargets(
  { kind, names }: Targets,
  { means: { data, cols }, rows }: { readonly means: Predicted; readonly rows: readonly InputRow[] },
): Predictions {
  return {
    kind,
    names,
    rows: rows.map(({ file, row, targets = null }, i) => ({
      ...{ file, row, targets },
      predicted: Array.from(data.subarray(i * cols, (i + 1) * cols)),
    })),
  };
}

async function readModel(path: string): Promise<TrainedModel | EnsembleModel> {
  if (path.endsWith(".onnx")) {
    throw new InputError(
      `Cannot predict with ${path}: it must be a safetensors file, found ONNX; ` +
        "export the model with --format safetensors",
    );
  }
  return await readModelFile(path);
}

interface Reading {
  readonly model: TrainedModel;
  readonly note: (message: string) => void;
}

async function readRows(
  file: string,
  { model: { facts }, note }: Reading,
): Promise<readonly InputRow[]> {
  const { data, preparation } = facts;
  if (data.kind === "table" && preparation !== undefined) {
    if (kindOf(file) === null) {
      throw new InputError(`Cannot predict ${file}: its name must end in ${ENDINGS}`);
    }
    return await preparedRows(file, { facts, data, columns: preparation.columns, note });
  }
  const isPicture = /\.png$/i.test(file);
  if (!isPicture && !/\.[ct]sv(\.gz)?$/i.test(file)) {
    throw new InputError(
      `Cannot predict ${file}: its name must end in .csv, .tsv, .gz after one of them, or .png`,
    );
  }
  const { image } = facts;
  if (isPicture && image === null) {
    throw new InputError(
      `Cannot predict ${file}: the model must have been trained on images, found ${facts.data.kind} data; ` +
        "it takes a .csv",
    );
  }
  if (image !== null && isPicture) {
    const bytes = await readBytes(file, { maxBytes: largestPicture(image) });
    return [{ file, row: 1, features: await decodeImage(bytes, { file, image }), label: null }];
  }
  const read = await readBytes(file, { maxBytes: LONGEST_TEXT });
  const bytes = isGzipName(file) ? await gunzip(read, { file, maxBytes: LONGEST_TEXT }) : read;
  return tableRows(readModelTable(bytes, { file, facts }), facts);
}
