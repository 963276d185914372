import type { LoadOptions } from "../base/data_source.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { Dataset, RawTableRows, Split } from "../base/dataset.ts";
import { featureMean } from "../base/feature_mean.ts";
import { columnFeatures, featureNames, type PreparedColumn } from "../base/preparation.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { sharedFloats, sharedLabels } from "../base/shared_arrays.ts";
import { foldRows } from "../folds/fold_rows.ts";
import { learnColumn } from "../preparation/learn_column.ts";
import { learnTargets } from "../preparation/learn_targets.ts";
import { prepareColumn } from "../preparation/prepare_column.ts";
import { type OpenedTable, openTable, type TableTargets } from "./open_table.ts";
import { tableNotes } from "./table_notes.ts";
import { findColumn, type FoundColumn, tableWarnings, type Unseen, usedRows } from "./table_warnings.ts";

/**
 * Loads a table: reads and divides its rows, learns the preparation on the training rows, and prepares all splits.
 *
 * Columns are read one at a time, so that no more than the features and a column are in memory.
 *
 * @throws {InputError} If a file or a value is wrong; the message names the line and the column.
 */
export async function loadTable(spec: TableSpec, options: LoadOptions): Promise<Dataset> {
  return await prepareTable(await openTable(spec, options), spec);
}

/** Learns the preparation of a table that was opened, and prepares its splits. */
export async function prepareTable(opened: OpenedTable, spec: TableSpec): Promise<Dataset> {
  const { raw, plans, classNames, labels, divided, placeOf, targets } = opened;
  const columns: PreparedColumn[] = [];
  const found: FoundColumn[] = [];
  const rows = usedRows(opened);
  for (const plan of plans) {
    const column = await raw.column(plan.name);
    const prepared = learnColumn(column, { plan, rows: divided.train, placeOf });
    columns.push(prepared);
    found.push(findColumn(column, { prepared, trained: divided.train, rows, labels }));
  }
  const names = featureNames({ columns });
  const inputDim = names.length;
  const dtype = spec.dtype ?? "float32";
  const splits = SPLITS.map((name) => {
    const rows = divided[name];
    return { name, rows, x: sharedFloats(rows.length * inputDim, dtype) };
  });
  const unseen: Unseen[] = [];
  let at = 0;
  for (const prepared of columns) {
    const column = await raw.column(prepared.name);
    for (const { name, rows, x } of splits) {
      const onUnseen = (text: string) => unseen.push({ split: name, column: prepared.name, text });
      prepareColumn(column, { prepared, rows, x, inputDim, at, placeOf, onUnseen });
    }
    at += columnFeatures(prepared).length;
  }
  const [train, validation, test] = splits.map(({ rows, x }) => splitOf(opened, { rows, x }));
  const dataset = {
    inputDim,
    // Rows with targets are all of one class.
    numClasses: targets === null ? classNames.length : 1,
    classNames,
    ...targets === null ? {} : { targets: learnTargets(train.targets!, targets) },
    image: null,
    mean: featureMean(train, inputDim),
    train,
    validation,
    test,
    featureNames: names,
    preparation: { columns },
  };
  const warnings = tableWarnings(opened, { dataset, unseen, found });
  return {
    ...dataset,
    notes: tableNotes(opened, spec),
    ...warnings.length === 0 ? {} : { warnings },
    ...spec.folds === undefined ? {} : { raw: await rawRows(opened, { dataset, folds: spec.folds }) },
  };
}

const SPLITS = ["train", "validation", "test"] as const;

interface Prepared {
  readonly rows: Int32Array;
  readonly x: Split["x"];
}

function splitOf({ raw, labels, targets, groups, weights }: OpenedTable, { rows, x }: Prepared): Split {
  return {
    n: rows.length,
    x,
    labels: sharedLabels(rows.map((row) => labels[row])),
    ...targets === null ? {} : { targets: takeTargets(targets, rows) },
    lines: sharedLabels(rows.map((row) => raw.placeOf(row).line)),
    ...groups === null ? {} : { groups: sharedLabels(rows.map((row) => groups[row])) },
    ...weights === null ? {} : { weights: takeValues(weights, rows) },
  };
}

interface Folding {
  readonly dataset: Dataset;
  readonly folds: number;
}

/** Each fold's preparation is learned here, where what is wrong stops the run before any trial. */
async function rawRows(
  { raw, plans, divided, targets }: OpenedTable,
  { dataset, folds }: Folding,
): Promise<RawTableRows> {
  const order = new Int32Array(dataset.train.n + dataset.validation.n + dataset.test.n);
  let filled = 0;
  for (const name of SPLITS) {
    order.set(divided[name], filled);
    filled += divided[name].length;
  }
  const trained = Array.from({ length: folds }, (_, fold) => foldRows(dataset, { folds, fold }).train);
  if (targets !== null) {
    // A fold learns its scales anew; that it can is checked here.
    for (const rows of trained) learnTargets(takeTargets(targets, rows.map((row) => order[row])), targets);
  }
  const columns: RawColumn[] = [];
  const preparations: PreparedColumn[][] = trained.map(() => []);
  const placeOf = (row: number) => {
    const { file, line } = raw.placeOf(order[row]);
    return `${file} line ${line}`;
  };
  for (const plan of plans) {
    const column = takeRows(await raw.column(plan.name), order);
    columns.push(column);
    trained.forEach((rows, fold) => preparations[fold].push(learnColumn(column, { plan, rows, placeOf })));
  }
  return { columns, preparations: preparations.map((own) => ({ columns: own })) };
}

function takeTargets({ names, values }: TableTargets, rows: Int32Array): Float64Array {
  const taken = sharedFloats(rows.length * names.length, "float64") as Float64Array;
  rows.forEach((row, index) => {
    taken.set(values.subarray(row * names.length, (row + 1) * names.length), index * names.length);
  });
  return taken;
}

function takeRows(column: RawColumn, order: Int32Array): RawColumn {
  return { ...column, values: takeValues(column.values, order) };
}

function takeValues(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = sharedFloats(rows.length, "float64") as Float64Array;
  rows.forEach((row, index) => taken[index] = values[row]);
  return taken;
}
