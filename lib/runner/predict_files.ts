import { InputError } from "../core/errors.ts";
import { fileProblem } from "../core/file_problem.ts";
import { readCsvTable } from "../data/csv_table.ts";
import { decodeImage } from "../data/decode_image.ts";
import { predictRows } from "../export/predict_rows.ts";
import { modelFromSafetensors } from "../export/safetensors_model.ts";
import type { TrainedModel } from "../export/trained_model.ts";
import { type InputRow, tableRows } from "./table_rows.ts";

/** What a model makes of one row of a CSV file, or of one picture. */
export interface Prediction {
  readonly file: string;
  /** Which row of the file, from 1; 1 for a picture. */
  readonly row: number;
  /** Name of the class. */
  readonly class: string;
  /** What the model gives the class, in (0, 1]. */
  readonly probability: number;
  /** Name of the class that the file tells; null if it tells none. */
  readonly label: string | null;
}

/**
 * Runs a model that Seedbed exported as safetensors on CSV files and PNG pictures; nothing is predicted unless all of
 * them can be read.
 *
 * @throws {InputError} If the model or a file cannot be read, or a file does not hold what the model takes, with the
 * file and the line.
 */
export async function predictFiles(
  modelPath: string,
  files: readonly string[],
): Promise<readonly Prediction[]> {
  const model = await readModel(modelPath);
  const { inputDim, classNames } = model.facts;
  const rows: InputRow[] = [];
  for (const file of files) rows.push(...await readRows(file, model));
  const x = new Float32Array(rows.length * inputDim);
  rows.forEach(({ features }, i) => x.set(features, i * inputDim));
  return predictRows(model, x).map(({ label, probability }, i) => {
    const { file, row, label: told } = rows[i];
    return {
      file,
      row,
      class: classNames[label],
      probability,
      label: told === null ? null : classNames[told],
    };
  });
}

async function readModel(path: string): Promise<TrainedModel> {
  if (path.endsWith(".onnx")) {
    throw new InputError(
      `Cannot predict with ${path}: it must be a safetensors file, found ONNX; ` +
        "export the model with --format safetensors",
    );
  }
  return modelFromSafetensors(await readBytes(path), { path });
}

async function readRows(file: string, { facts }: TrainedModel): Promise<readonly InputRow[]> {
  const isPicture = /\.png$/i.test(file);
  if (!isPicture && !/\.csv$/i.test(file)) {
    throw new InputError(`Cannot predict ${file}: its name must end in .csv or .png, found neither`);
  }
  const { image } = facts;
  if (isPicture && image === null) {
    throw new InputError(
      `Cannot predict ${file}: the model must have been trained on images, found ${facts.data.kind} data; ` +
        "it takes a .csv",
    );
  }
  const bytes = await readBytes(file);
  if (image !== null && isPicture) {
    return [{ file, row: 1, features: await decodeImage(bytes, { file, image }), label: null }];
  }
  return tableRows(readCsvTable(bytes, { file }), facts);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path });
    throw new InputError(`Cannot read ${path}: there must be such a file, found none`);
  }
}
