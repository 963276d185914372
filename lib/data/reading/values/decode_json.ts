import { InputError } from "../../../core/check/errors.ts";
import { messageOf } from "../../../core/check/message_of.ts";
import { quoted } from "../../../core/text/quoted.ts";
import { LONGEST_TEXT, readBytes } from "../../../files/read_bytes.ts";
import { dateReader } from "../../text/date_reader.ts";
import { decodeText } from "../../text/decode_text.ts";
import { numberReader } from "../../text/number_reader.ts";
import type { MakeSink } from "../base/block_sink.ts";
import type { RowPlace } from "../base/row_place.ts";
import { checkNearly, countFields, typeOf } from "../base/column_types.ts";
import type { TableFacts } from "../base/decoded_table.ts";
import { LineRuns } from "../base/line_runs.ts";
import type { TableFile } from "../base/table_content.ts";
import { missingRule, planColumns, type TableOptions } from "../base/table_options.ts";
import { ValueColumn } from "./value_column.ts";

type JsonRow = Readonly<Record<string, unknown>>;

/**
 * Decodes JSON files: each a list of objects, whose keys are the columns; a key that an object lacks is a missing value.
 *
 * Texts and numbers of a column are judged as the fields of a CSV file are; true and false are texts.
 *
 * @throws {InputError} If one is no such list, or a value is a list or an object.
 */
export async function decodeJson(options: TableOptions, makeSink: MakeSink): Promise<TableFacts> {
  const { files, markers, signal } = options;
  const rows: JsonRow[] = [];
  const firstRows: number[] = [];
  const lines = new LineRuns();
  for (const file of files) {
    signal?.throwIfAborted();
    firstRows.push(rows.length);
    const found = await readRows(file);
    found.forEach((row, index) => {
      lines.add(rows.length, index + 1);
      rows.push(row);
    });
  }
  if (rows.length === 0) {
    throw new InputError(`Cannot read data: ${files[0].name} must have rows, found none`);
  }
  const placeOf = (row: number): RowPlace => {
    let at = firstRows.length - 1;
    while (firstRows[at] > row) at--;
    return { file: files[at].name, line: row - firstRows[at] + 1 };
  };
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const plans = planColumns(names, {
    options,
    guess: (column) => guess(names[column], { rows, options, placeOf }),
  });
  const read = plans.filter(({ type }) => type !== null);
  const columns = read.map((plan) => new ValueColumn({ plan, hasDates: false, markers }));
  const sink = makeSink(columns.length);
  let filled = 0;
  rows.forEach((row, index) => {
    columns.forEach((column, at) => {
      const value = Object.hasOwn(row, read[at].name) ? row[read[at].name] : null;
      sink.block[at * sink.blockRows + filled] = column.read(value, placeOf(index));
    });
    if (++filled < sink.blockRows) return;
    sink.flush(filled);
    filled = 0;
  });
  if (filled > 0) sink.flush(filled);
  return {
    rows: rows.length,
    // Each plan that is read has a type.
    columns: read.map(({ name, type }, at) => ({ name, type: type!, texts: columns[at].texts })),
    ignored: plans.filter(({ type }) => type === null).map(({ name }) => name),
    findings: [],
    firstRows,
    lines: lines.pairs,
  };
}

interface GuessOptions {
  readonly rows: readonly JsonRow[];
  readonly options: TableOptions;
  readonly placeOf: (row: number) => RowPlace;
}

function guess(name: string, { rows, options, placeOf }: GuessOptions) {
  const rules = { numbers: numberReader({}), dates: dateReader(), isMissing: missingRule(options) };
  const counts = new Map<string, { count: number; readonly row: number }>();
  rows.forEach((row, index) => {
    const value = Object.hasOwn(row, name) ? row[name] : null;
    // A list or an object is an error where it is read.
    if (value === null || typeof value === "object" || rules.isMissing(String(value))) return;
    const known = counts.get(String(value));
    if (known === undefined) counts.set(String(value), { count: 1, row: index });
    else known.count++;
  });
  const texts = [...counts.keys()];
  const type = typeOf(texts, rules);
  if (type !== "text") return type;
  const fields = [...counts.values()];
  const found = countFields({
    texts,
    counts: fields.map(({ count }) => count),
    firstRows: fields.map(({ row }) => row),
  }, rules);
  checkNearly({ name }, { ...found, placeOf, unit: "row" });
  return type;
}

async function readRows({ name, path }: TableFile): Promise<readonly JsonRow[]> {
  const bytes = await readBytes(path, { action: `read data: ${name}`, maxBytes: LONGEST_TEXT });
  const text = decodeText(bytes, { file: name });
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    throw new InputError(`Cannot read data: ${name} must be JSON, found ${quoted(messageOf(error))}`);
  }
  const isRow = (row: unknown): row is JsonRow =>
    typeof row === "object" && row !== null && !Array.isArray(row);
  if (!Array.isArray(rows)) throw new InputError(`Cannot read data: ${name} must be a list of objects`);
  const wrong = rows.findIndex((row) => !isRow(row));
  if (wrong === -1) return rows.filter(isRow);
  throw new InputError(
    `Cannot read data: ${name} row ${wrong + 1}: it must be an object, found ${
      quoted(JSON.stringify(rows[wrong]))
    }`,
  );
}
