import { InputError } from "../../../core/check/errors.ts";
import { quoted } from "../../../core/text/quoted.ts";
import { IsoDateScanner } from "../../text/iso_date_scanner.ts";
import { otherBytes } from "../../text/decode_text.ts";
import { CARRIAGE_RETURN, FieldCutter, LINE_FEED } from "../../text/field_cutter.ts";
import { NumberScanner } from "../../text/number_scanner.ts";
import { skippedLine } from "../../text/sample_records.ts";
import type { BlockSink } from "../base/block_sink.ts";
import { type ColumnPlan, MisfitList, misfitText } from "../base/column_plan.ts";
import { MOST_TEXTS } from "../base/column_types.ts";
import { LineRuns } from "../base/line_runs.ts";
import type { TextRules } from "./text_rules.ts";
import { TextDictionary } from "./text_dictionary.ts";

const [SKIP, NUMBER, TEXT, DATE, ISO_DATE] = [0, 1, 2, 3, 4];
const KINDS = { number: NUMBER, text: TEXT } as const;
const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Options of a {@link RecordScanner}. */
export interface ScannerOptions {
  readonly columns: readonly ColumnPlan[];
  readonly sink: BlockSink;
  /** Called where a column has too many distinct texts; throws. */
  readonly onTooMany: (column: number) => never;
}

/** Reads the records of a text into blocks of numbers. */
export class RecordScanner {
  /** Rows that were read. */
  rows = 0;
  /** Lines of the current file that were read. */
  line = 0;
  /** By column; null for a column that is no text. */
  readonly dictionaries: readonly (TextDictionary | null)[];
  /** By column. */
  readonly misfits: readonly MisfitList[];
  /** How many fields of each column of numbers or dates are missing. */
  readonly missing: Int32Array;
  readonly lines = new LineRuns();
  readonly #rules: TextRules;
  readonly #options: ScannerOptions;
  readonly #kinds: Uint8Array;
  /** Where the values of a column begin in a block. */
  readonly #starts: Int32Array;
  /** The last row with a missing field, by column. */
  readonly #lastMissing: Int32Array;
  readonly #numbers: NumberScanner;
  readonly #dates: IsoDateScanner;
  readonly #hasMarked: boolean;
  #file = "";
  #cutter: FieldCutter;
  #bytes: Uint8Array = new Uint8Array();
  #end = 0;
  #block: Float64Array;
  /** The row within the block. */
  #row = 0;

  constructor(rules: TextRules, options: ScannerOptions) {
    this.#rules = rules;
    this.#options = options;
    const { columns, sink } = options;
    this.#kinds = Uint8Array.from(columns, kindOf);
    let read = 0;
    this.#starts = Int32Array.from(this.#kinds, (kind) => kind === SKIP ? 0 : read++ * sink.blockRows);
    const decode = (bytes: Uint8Array) => this.#decode(bytes);
    this.dictionaries = columns.map(({ type }) =>
      type === "text" ? new TextDictionary({ decode, isMissing: rules.isMissing }) : null
    );
    this.misfits = columns.map(() => new MisfitList());
    this.missing = new Int32Array(columns.length);
    this.#lastMissing = new Int32Array(columns.length).fill(-1);
    this.#numbers = new NumberScanner(rules);
    this.#dates = new IsoDateScanner(rules);
    this.#hasMarked = rules.marked.size > 0;
    this.#cutter = new FieldCutter({ ...rules, file: "" });
    this.#block = sink.block;
  }

  /** Begins another file. */
  startFile(file: string): void {
    this.#file = file;
    this.#cutter = new FieldCutter({ ...this.#rules, file });
    this.line = 0;
  }

  /** Sets the bytes to read, as {@link FieldCutter.use} takes them. */
  use(bytes: Uint8Array, place: { readonly end: number; readonly isLast: boolean }): void {
    this.#bytes = bytes;
    this.#end = place.end;
    this.#cutter.use(bytes, place);
  }

  /** Reads the whole records from `at` on, and returns the start of the first one that is not whole. */
  scan(at: number): number {
    const { sink } = this.#options;
    while (at < this.#end) {
      at = this.skip(at);
      if (at < 0) return -1 - at;
      if (at >= this.#end) return at;
      const line = this.line + 1;
      const next = this.#scanRecord(at);
      if (next === -1) return at;
      this.lines.add(this.rows, line);
      this.rows++;
      at = next;
      if (++this.#row < sink.blockRows) continue;
      this.flush();
    }
    return at;
  }

  /** Hands the rows that are in the block to the sink. */
  flush(): void {
    const { sink } = this.#options;
    if (this.#row > 0) sink.flush(this.#row);
    this.#row = 0;
    this.#block = sink.block;
  }

  /** Returns the start of the next record, past empty lines and comments; if the end of one is not there, -1 - its start. */
  skip(at: number): number {
    const { comment } = this.#rules;
    while (at < this.#end) {
      const byte = this.#bytes[at];
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== comment[0]) return at;
      const next = skippedLine(this.#bytes, { at, end: this.#end, comment });
      if (next === -1) return -1 - at;
      if (next === at) return at;
      this.line++;
      at = next;
    }
    return at;
  }

  /** Reads the texts of a record; null if it is not whole. */
  readTexts(at: number): { readonly next: number; readonly fields: readonly string[] } | null {
    const fields: string[] = [];
    let line = this.line + 1;
    do {
      at = this.#cutter.cut(at, line);
      if (at === -1) return null;
      line += this.#cutter.breaks;
      const { source, from, to } = this.#cutter;
      fields.push(this.#decode(source.subarray(from, to)));
    } while (this.#bytes[at++] !== LINE_FEED);
    this.line = line;
    return { next: at, fields };
  }

  #scanRecord(start: number): number {
    const kinds = this.#kinds;
    const bytes = this.#bytes;
    const line = this.line;
    let at = start;
    for (let column = 0; column < kinds.length; column++) {
      const kind = kinds[column];
      const next = kind === NUMBER
        ? this.#scanNumber(at, column)
        : kind === ISO_DATE
        ? this.#scanDate(at, column)
        : this.#scanOther(at, column);
      if (next === -1 || next >= this.#end) {
        this.line = line;
        return -1;
      }
      at = next + 1;
      if (bytes[next] !== LINE_FEED) continue;
      if (column + 1 < kinds.length) this.#failRagged(line + 1, column + 1);
      this.line++;
      return at;
    }
    let found = kinds.length;
    do {
      at = this.#cutter.cut(at, this.line + 1);
      if (at === -1) {
        this.line = line;
        return -1;
      }
      found++;
    } while (bytes[at++] !== LINE_FEED);
    this.#failRagged(line + 1, found);
  }

  #scanNumber(at: number, column: number): number {
    const next = this.#numbers.scan(this.#bytes, at);
    const { value } = this.#numbers;
    if (next === -1 || (this.#hasMarked && this.#rules.marked.has(value))) return this.#scanOther(at, column);
    this.#block[this.#starts[column] + this.#row] = value;
    return next;
  }

  #scanDate(at: number, column: number): number {
    const next = this.#dates.scan(this.#bytes, at);
    // Another field, or the text of a date that stands for a missing one.
    if (next === -1 || this.#rules.hasMarkedDates) return this.#scanOther(at, column);
    this.#block[this.#starts[column] + this.#row] = this.#dates.value;
    return next;
  }

  #scanOther(at: number, column: number): number {
    const cutter = this.#cutter;
    const next = cutter.cut(at, this.line + 1);
    if (next === -1) return -1;
    const kind = this.#kinds[column];
    if (kind !== SKIP) {
      this.#block[this.#starts[column] + this.#row] = kind === TEXT
        ? this.#indexOf(column)
        : cutter.from === cutter.to
        ? this.#miss(column)
        : this.#valueOf(column);
    }
    this.line += cutter.breaks;
    return next;
  }

  #indexOf(column: number): number {
    const dictionary = this.dictionaries[column]!;
    const index = dictionary.add(this.#cutter, this.rows);
    if (dictionary.texts.length > MOST_TEXTS) this.#options.onTooMany(column);
    return index;
  }

  /** Returns the number or date of the field that was cut; NaN if it is missing, or is none. */
  #valueOf(column: number): number {
    const { source, from, to } = this.#cutter;
    const { numbers, isMissing } = this.#rules;
    const text = this.#decode(source.subarray(from, to));
    if (isMissing(text)) return this.#miss(column);
    const plan = this.#options.columns[column];
    if (plan.type === "date") {
      const days = plan.dates(text);
      return days ?? this.#misfit(column, text);
    }
    const plain = numbers(text);
    if (plain === null) return this.#misfit(column, text);
    const value = Number(plain);
    if (!Number.isFinite(value)) this.#failField(column, { text, must: "be within float64" });
    return value;
  }

  /** Counts a missing field once: a record is read again where its end was not there. */
  #miss(column: number): number {
    if (this.#lastMissing[column] !== this.rows) this.missing[column]++;
    this.#lastMissing[column] = this.rows;
    return NaN;
  }

  #misfit(column: number, text: string): number {
    const plan = this.#options.columns[column];
    if (plan.isDeclared) this.#failField(column, { text, ...misfitText(plan, text) });
    this.misfits[column].add({ row: this.rows, text }, plan);
    return NaN;
  }

  #decode(bytes: Uint8Array): string {
    try {
      return UTF_8.decode(bytes);
    } catch {
      throw new InputError(`Cannot read data: ${this.#file} ${otherBytes({})}`);
    }
  }

  #failField(column: number, { text, must, remedy = "" }: FieldFault): never {
    const { name } = this.#options.columns[column];
    throw new InputError(
      `Cannot read data: ${this.#file} line ${this.line + 1}, column ${
        quoted(name)
      }: a field must ${must}, found ${quoted(text)}${remedy}`,
    );
  }

  #failRagged(line: number, found: number): never {
    const { length } = this.#kinds;
    throw new InputError(
      `Cannot read data: ${this.#file} line ${line}: a row must have ${length} fields as the ${this.#rules.model} has, found ${found}`,
    );
  }
}

function kindOf({ type, dateFormat }: ColumnPlan): number {
  if (type === "date") return dateFormat === undefined ? ISO_DATE : DATE;
  return type === null ? SKIP : KINDS[type];
}

interface FieldFault {
  readonly text: string;
  readonly must: string;
  readonly remedy?: string;
}
