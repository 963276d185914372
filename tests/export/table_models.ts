import { NUMERICS_VERSION } from "../../lib/core/facts/numerics_version.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { columnFeatures, type Preparation } from "../../lib/data/base/preparation.ts";
import { prepareColumn } from "../../lib/data/preparation/prepare_column.ts";
import { readTable } from "../../lib/data/reading/read_table.ts";
import { declaredKind } from "../../lib/data/base/predicted.ts";
import { loadTable } from "../../lib/data/table/load_table.ts";
import { table } from "../../lib/data/table/declaration/table.ts";
import type {
  ClassFields,
  CommonFields,
  LabelsFields,
  TargetFields,
} from "../../lib/data/table/declaration/table_fields.ts";
import { createNet, runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import type { TrainedModel } from "../../lib/export/trained_model.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import type { LossSpec } from "../../lib/nn/training/loss/loss_spec.ts";
import { resolveSolver } from "../../lib/nn/training/resolve_solver.ts";
import { testScores } from "./trained_models.ts";

/** Rows of a table by column: texts as they stand in a file. */
export type Texts = Readonly<Record<string, readonly string[]>>;

/** A net that was trained on a table. */
export interface TableModel extends TrainedModel {
  readonly dataset: Dataset;
}

/** Returns the text of a CSV file. */
export function csvOf(texts: Texts): string {
  const names = Object.keys(texts);
  const field = (text: string) => /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = texts[names[0]].map((_, row) => names.map((name) => field(texts[name][row])));
  return [names.map(field), ...rows].map((row) => row.join(",")).join("\n") + "\n";
}

type Fields = Omit<CommonFields, "file"> & (ClassFields | TargetFields | LabelsFields);

/** Trains a net for a few epochs on a table whose file has a text. */
export async function trainTable(
  text: string,
  { spec, loss, repeat = 1, ...fields }: Fields & {
    readonly spec: ModelSpec;
    readonly loss?: LossSpec;
    readonly repeat?: number;
  },
): Promise<TableModel> {
  const data = table({ file: "train.csv", ...fields });
  const dataset = await inFile(text, (baseDir) => loadTable(data, { baseDir, cacheDir: `${baseDir}/cache` }));
  const trial: Trial = {
    ...{ id: "0123456789abcdef", point: {}, repeat, seed: 7, data, dataDigest: "table" },
    model: resolveModel({ weightScale: "he", ...spec }, { action: "test" }),
    solver: resolveSolver({
      optimizer: { name: "adam", learningRate: 0.01 },
      batchSize: 20,
      epochs: 3,
      ...loss === undefined ? {} : { loss },
    }, { action: "test", kind: declaredKind(data) }),
  };
  const net = createNet(trial, { dataset });
  for (const { event, weights } of runTrial(trial, { dataset })) {
    if (event.type === "epoch") continue;
    if (event.type !== "done") throw new Error(`Cannot train: it ${event.type}`);
    net.restore(weights!);
    const { id, ...declared } = trial;
    const facts = {
      ...{ experiment: "table_export", trial: id, ...declared, dataDigest: "d".repeat(64) },
      weightsSha256: event.weightsSha256,
      numericsVersion: NUMERICS_VERSION,
      bestEpoch: event.bestEpoch,
      ...event.bestValidationAccuracy === undefined
        ? {}
        : { validationAccuracy: event.bestValidationAccuracy },
      ...dataset.targets === undefined ? {} : { targets: dataset.targets },
      testAccuracy: null,
      inputDim: dataset.inputDim,
      featureNames: dataset.featureNames!,
      classNames: dataset.classNames,
      image: null,
      preparation: dataset.preparation!,
    };
    return { facts, net, mean: dataset.mean, dataset };
  }
  throw new Error("Cannot train: the trial had no end");
}

/** Returns the scores that Seedbed gives the rows of a table, read anew and prepared as the model says. */
export async function scoresOf(model: TableModel, texts: Texts): Promise<Float64Array> {
  const { dataset } = model;
  const x = await featuresOf(model, texts);
  const n = x.length / dataset.inputDim;
  return testScores(model, { ...dataset, test: { n, x, labels: new Int32Array(n) } });
}

/** Returns the features of the rows of a table, read anew and prepared as the model says. */
export async function featuresOf(
  { facts, dataset }: TableModel,
  texts: Texts,
): Promise<Float32Array | Float64Array> {
  const { columns }: Preparation = facts.preparation!;
  const types = {
    numeric: "number",
    date: "date",
    boolean: "text",
    ordinal: "text",
    categorical: "text",
  } as const;
  return await inFile(csvOf(texts), async (folder) => {
    const raw = await readTable({
      files: [{ name: "train.csv", path: `${folder}/train.csv` }],
      format: {},
      markers: facts.data.kind === "table" ? facts.data.missing?.markers ?? [] : [],
      types: Object.fromEntries(columns.map(({ name, kind }) => [name, types[kind]])),
      dateFormats: Object.fromEntries(
        columns.flatMap((column) =>
          column.kind === "date" && column.format !== undefined ? [[column.name, column.format]] : []
        ),
      ),
      only: columns.map(({ name }) => name),
      cacheDir: null,
    });
    const { inputDim, mean } = dataset;
    const features = new (mean.constructor as Float32ArrayConstructor)(raw.rows * inputDim);
    const rows = Int32Array.from({ length: raw.rows }, (_, row) => row);
    let at = 0;
    for (const prepared of columns) {
      const place = { prepared, rows, x: features, inputDim, at, placeOf: (row: number) => `row ${row}` };
      prepareColumn(await raw.column(prepared.name), place);
      at += columnFeatures(prepared).length;
    }
    return features;
  });
}

async function inFile<T>(text: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/train.csv`, text);
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
