import { InputError } from "../../../core/check/errors.ts";
import { quotedList } from "../../../core/text/quoted.ts";
import type { MakeSink } from "../base/block_sink.ts";
import type { ColumnPlan } from "../base/column_plan.ts";
import { checkCommas, checkNearly, countFields, failTooMany } from "../base/column_types.ts";
import type { TableFacts } from "../base/decoded_table.ts";
import { lineOf } from "../base/line_runs.ts";
import type { RowPlace } from "../base/row_place.ts";
import { RecordScanner } from "./record_scanner.ts";
import type { TextRules } from "./text_rules.ts";
import { withIndexName } from "./index_name.ts";
import { scanChunks } from "./scan_chunks.ts";
import { type SniffedTable, sniffTable } from "./sniff_table.ts";
import { fileStamp, type TableFile, textOf } from "../base/table_content.ts";
import type { TableOptions } from "../base/table_options.ts";

/**
 * Decodes the files of a table of separated fields: in one pass, and in a second one if a column turned out otherwise than its
 * first rows.
 *
 * @throws {InputError} If they are no such table; the message names file, line and column.
 */
export async function decodeTextTable(options: TableOptions, makeSink: MakeSink): Promise<TableFacts> {
  const sniffed = await sniffTable(options);
  let { plans } = sniffed;
  while (true) {
    const pass = await runPass(options, { sniffed, plans, makeSink });
    const revised = revisePlans(pass, { plans, options });
    if (revised === null) return factsOf(pass, { sniffed, plans });
    plans = revised;
  }
}

interface Pass {
  readonly scanner: RecordScanner;
  readonly rules: TextRules;
  readonly firstRows: readonly number[];
  readonly placeOf: (row: number) => RowPlace;
}

interface PassOptions {
  readonly sniffed: SniffedTable;
  readonly plans: readonly ColumnPlan[];
  readonly makeSink: MakeSink;
}

async function runPass(options: TableOptions, { sniffed, plans, makeSink }: PassOptions): Promise<Pass> {
  const { files } = options;
  const { rules } = sniffed;
  const firstRows: number[] = [];
  const placeOf = (row: number): RowPlace => {
    let at = firstRows.length - 1;
    while (firstRows[at] > row) at--;
    return { file: files[at].name, line: lineOf(row, scanner.lines.pairs) };
  };
  const scanner: RecordScanner = new RecordScanner(rules, {
    columns: plans,
    sink: makeSink(plans.filter(({ type }) => type !== null).length),
    onTooMany: (column) => failTexts(pass, plans[column], column),
  });
  const pass: Pass = { scanner, rules, firstRows, placeOf };
  const total = files.reduce((sum, file) => sum + fileStamp(file).size, 0);
  let done = 0;
  const onBytes = (count: number) => {
    done += count;
    options.onProgress?.({ title: files[0].name, step: "decode", done, total });
  };
  for (const file of files) {
    firstRows.push(scanner.rows);
    await scanFile(file, { scanner, sniffed, options, onBytes });
  }
  scanner.flush();
  if (scanner.rows > 0) return pass;
  throw new InputError(
    `Cannot read data: ${files[0].name} must have rows, found ${
      sniffed.hasHeader ? "a header" : "nothing"
    } alone`,
  );
}

interface FilePass {
  readonly scanner: RecordScanner;
  readonly sniffed: SniffedTable;
  readonly options: TableOptions;
  readonly onBytes: (count: number) => void;
}

async function scanFile(file: TableFile, { scanner, sniffed, options, onBytes }: FilePass): Promise<void> {
  const { format: { encoding }, signal } = options;
  scanner.startFile(file.name);
  const onHeader = sniffed.hasHeader
    ? (fields: readonly string[]) => checkHeader(fields, { file, sniffed })
    : null;
  await scanChunks(textOf(file, { encoding, onBytes, signal }), { file: file.name, scanner, onHeader });
}

function checkHeader(
  fields: readonly string[],
  { file, sniffed: { names, first } }: { readonly file: TableFile; readonly sniffed: SniffedTable },
): void {
  const found = withIndexName(fields);
  const isSame = found.length === names.length && found.every((name, at) => name === names[at]);
  if (isSame) return;
  throw new InputError(
    `Cannot read data: ${file.name}: it must have the columns of ${first.name}, ${quotedList(names)}, found ${
      quotedList(found)
    }`,
  );
}

interface Revision {
  readonly plans: readonly ColumnPlan[];
  readonly options: TableOptions;
}

/** Returns the plans of another pass, or null if none is needed. */
function revisePlans(
  { scanner, rules, placeOf }: Pass,
  { plans, options: { format } }: Revision,
): readonly ColumnPlan[] | null {
  const revised = plans.map((plan, column): ColumnPlan => {
    const { type, isDeclared, dates } = plan;
    if (type === null || isDeclared) return plan;
    const dictionary = scanner.dictionaries[column];
    if (dictionary !== null) {
      checkNearly(plan, { ...countFields(dictionary, { numbers: rules.numbers, dates }), placeOf });
      if (format.decimalComma === undefined) {
        checkCommas(plan, { texts: dictionary.texts, firstRows: dictionary.firstRows, placeOf });
      }
      return plan;
    }
    const misfits = scanner.misfits[column];
    if (type === "text" || misfits.count === 0) return plan;
    const present = scanner.rows - scanner.missing[column];
    checkNearly(plan, { type, present, others: misfits.count, first: misfits.first, placeOf });
    const areDates = type === "number" && misfits.dates === present;
    return { ...plan, type: areDates ? "date" : "text" };
  });
  return revised.every((plan, column) => plan === plans[column]) ? null : revised;
}

function failTexts({ scanner, rules, firstRows, placeOf }: Pass, plan: ColumnPlan, column: number): never {
  const dictionary = scanner.dictionaries[column];
  if (dictionary !== null && !plan.isDeclared) {
    checkNearly(plan, { ...countFields(dictionary, { numbers: rules.numbers, dates: plan.dates }), placeOf });
  }
  failTooMany(plan, placeOf(firstRows[0]));
}

function factsOf(
  { scanner, firstRows }: Pass,
  { sniffed, plans }: Pick<PassOptions, "sniffed" | "plans">,
): TableFacts {
  return {
    rows: scanner.rows,
    columns: plans.flatMap(({ name, type }, column) =>
      type === null ? [] : [{ name, type, texts: scanner.dictionaries[column]?.texts ?? null }]
    ),
    ignored: plans.filter(({ type }) => type === null).map(({ name }) => name),
    findings: sniffed.findings,
    firstRows,
    lines: scanner.lines.pairs,
  };
}
