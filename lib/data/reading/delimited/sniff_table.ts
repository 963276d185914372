import { InputError } from "../../../core/check/errors.ts";
import { quoted } from "../../../core/text/quoted.ts";
import type { TableFormat } from "../../base/table_format.ts";
import { columnNames } from "../../text/column_names.ts";
import { dateReader } from "../../text/date_reader.ts";
import { CARRIAGE_RETURNS } from "../../text/decode_text.ts";
import { CARRIAGE_RETURN, LINE_FEED } from "../../text/field_cutter.ts";
import { numberReader } from "../../text/number_reader.ts";
import { type SampleRecord, sampleRecords } from "../../text/sample_records.ts";
import { sniffSeparator } from "../../text/sniff_separator.ts";
import type { ColumnPlan } from "../base/column_plan.ts";
import { typeOf } from "../base/column_types.ts";
import { withIndexName } from "./index_name.ts";
import type { TextRules } from "./text_rules.ts";
import { type TableFile, textOf } from "../base/table_content.ts";
import { markedNumbers, missingRule, planColumns, type TableOptions } from "../base/table_options.ts";

/** How a table is read, from the start of its first file. */
export interface SniffedTable {
  readonly rules: TextRules;
  /** Whether each file begins with the names of the columns. */
  readonly hasHeader: boolean;
  readonly names: readonly string[];
  readonly plans: readonly ColumnPlan[];
  /** The file that was looked at. */
  readonly first: TableFile;
  readonly findings: readonly string[];
}

/** The first bytes that are looked at; more, up to the most, where they hold fewer than two records. */
const [LEAST_BYTES, MOST_BYTES] = [1_048_576, 67_108_864];

/**
 * Looks at the start of a table: what separates its fields, the names of its columns and what they hold.
 *
 * @throws {InputError} If it is empty or no text, lacks names, or has none of the declared columns.
 */
export async function sniffTable(options: TableOptions): Promise<SniffedTable> {
  const { format, files: [first] } = options;
  const { header } = format;
  const isMissing = missingRule(options);
  const numbers = numberReader({ ...format, separator: undefined });
  const { records, separator, rules: cutRules } = await readRecords(first, options);
  if (records.length === 0) {
    throw new InputError(`Cannot read data: ${first.name} must have rows, found an empty file`);
  }
  const hasHeader = header === undefined || header === true;
  const isNumber = (field: string) => numbers(field) !== null;
  const [{ fields: given, line }] = records;
  const firstFields = hasHeader ? withIndexName(given) : given;
  const names = columnNames(firstFields, { file: first.name, line, header, isNumber });
  const rows = hasHeader ? records.slice(1) : records;
  const iso = dateReader();
  const plans = planColumns(names, {
    options,
    guess: (column) =>
      typeOf(rows.map(({ fields }) => fields[column] ?? ""), { numbers, dates: iso, isMissing }),
  });
  const isFound = format.separator === undefined && separator !== ",";
  return {
    rules: {
      ...cutRules,
      point: (format.decimalComma ? "," : ".").charCodeAt(0),
      numbers,
      isMissing,
      marked: markedNumbers(options, { numbers }),
      hasMarkedDates: options.markers.some((marker) => iso(marker) !== null),
      model: hasHeader ? "header" : "first line",
    },
    hasHeader,
    names,
    plans,
    first,
    findings: [
      ...isFound ? [`separated by ${quoted(separator)}`] : [],
      ...firstFields === given ? [] : [`its first column without a name is ${quoted(names[0])}`],
    ],
  };
}

interface SampleStart {
  readonly records: readonly SampleRecord[];
  readonly separator: string;
  readonly rules: Pick<TextRules, "separator" | "quote" | "comment">;
}

async function readRecords(file: TableFile, { format, signal }: TableOptions): Promise<SampleStart> {
  const { separator: declared, quote = '"', comment = "", encoding }: TableFormat = format;
  const rules = {
    file: file.name,
    quote: quote === "" ? -1 : quote.charCodeAt(0),
    comment: new TextEncoder().encode(comment),
  };
  for (let wanted = LEAST_BYTES;; wanted *= 4) {
    const { bytes, isLast } = await readStart(file, { wanted, encoding, signal });
    if (!bytes.includes(LINE_FEED) && bytes.subarray(0, -1).includes(CARRIAGE_RETURN)) {
      throw new InputError(`Cannot read data: ${file.name} ${CARRIAGE_RETURNS}`);
    }
    const separator = declared ?? sniffSeparator(bytes, { ...rules, isLast });
    const cutRules = { ...rules, separator: separator.charCodeAt(0) };
    const records = sampleRecords(bytes, { ...cutRules, isLast });
    if (records.length >= 2 || isLast || wanted >= MOST_BYTES) return { records, separator, rules: cutRules };
  }
}

interface StartOptions extends Pick<TableOptions, "signal"> {
  readonly wanted: number;
  readonly encoding: TableFormat["encoding"];
}

async function readStart(
  file: TableFile,
  { wanted, ...options }: StartOptions,
): Promise<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of textOf(file, options)) {
    if (length >= wanted) return { bytes: joined(parts, length), isLast: false };
    parts.push(chunk.slice());
    length += chunk.length;
  }
  return { bytes: joined(parts, length), isLast: true };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
