/** How the text is cut into fields. */
export interface ReadOptions {
  /** Stands between two fields. Default: ",". */
  separator?: string;
  /** Lines that begin with this character are skipped. Default: none. */
  comment?: string;
  /** Drops white space before a field. Default: false. */
  trimLeadingSpace?: boolean;
  /** Takes a quote in an unquoted field, or a single one in a quoted field, as it is. Default: false. */
  lazyQuotes?: boolean;
  /** Fields of every row; 0 means as many as in the first, a negative number any. Default: any. */
  fieldsPerRecord?: number;
}

/** Returns the fields of each row of CSV text; empty lines and comments give no row. */
export function readRecords(text: string, options: ReadOptions): string[][] {
  const { separator = ",", comment, fieldsPerRecord = -1 } = options;
  const reserved = ["\r", "\n", '"'];
  if (reserved.includes(separator) || reserved.includes(comment ?? "") || separator === comment) {
    throw new Error("Cannot parse input: invalid delimiter");
  }
  const reader: Reader = { lines: splitLines(text), next: 0, record: 0, options: { ...options, separator } };
  const records: string[][] = [];
  let expected = fieldsPerRecord < 0 ? undefined : fieldsPerRecord || undefined;
  for (; reader.next < reader.lines.length; reader.record++) {
    const line = reader.lines[reader.next++];
    const skipped = line === "" || (comment !== undefined && comment !== "" && line[0] === comment);
    const record = skipped ? [] : readRecord(reader, line);
    if (reader.record === 0 && fieldsPerRecord === 0) expected = record.length;
    if (skipped) continue;
    if (expected !== undefined && record.length !== expected) {
      throw new SyntaxError(
        `Syntax error on line ${reader.record + 1}: expected ${expected} fields but got ${record.length}`,
      );
    }
    records.push(record);
  }
  return records;
}

interface Reader {
  readonly lines: readonly string[];
  readonly options: ReadOptions & { readonly separator: string };
  /** Index of the line to read next. */
  next: number;
  /** Records, empty lines and comments before this one; messages count lines so. */
  record: number;
}

/** A carriage return belongs to the line break; at the very end of the text it may stand alone. */
function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const last = lines.pop()!;
  return last === "" ? lines : [...lines, last.replace(/\r$/, "")];
}

function readRecord(reader: Reader, firstLine: string): string[] {
  const { separator, trimLeadingSpace, lazyQuotes } = reader.options;
  const fields: string[] = [];
  let cursor: Cursor = { line: firstLine, at: 0, offset: 0 };
  while (true) {
    if (trimLeadingSpace) cursor.at = cursor.line.length - cursor.line.slice(cursor.at).trimStart().length;
    if (cursor.line[cursor.at] === '"') {
      const quoted = readQuoted(reader, cursor);
      fields.push(quoted.field);
      cursor = quoted.cursor;
      if (cursor.at > cursor.line.length) return fields;
      continue;
    }
    const end = cursor.line.indexOf(separator, cursor.at);
    const field = cursor.line.slice(cursor.at, end < 0 ? undefined : end);
    const quote = field.indexOf('"');
    if (quote >= 0 && !lazyQuotes) {
      failAt(reader, { ...cursor, at: cursor.at + quote }, 'bare " in non-quoted-field');
    }
    fields.push(field);
    if (end < 0) return fields;
    cursor.at = end + separator.length;
  }
}

interface Cursor {
  /** The physical line. */
  line: string;
  /** Index in the line; past its length when the record has ended. */
  at: number;
  /** Physical lines since the record began. */
  offset: number;
}

/** Reads a field that begins with a quote; the cursor returned stands behind its separator. */
function readQuoted(reader: Reader, start: Cursor): { readonly field: string; readonly cursor: Cursor } {
  const { separator, lazyQuotes } = reader.options;
  let { line, offset } = start;
  let at = start.at + 1;
  let field = "";
  while (true) {
    const quote = line.indexOf('"', at);
    if (quote >= 0) {
      field += line.slice(at, quote);
      at = quote + 1;
      if (line[at] === '"') {
        field += '"';
        at++;
      } else if (line.startsWith(separator, at)) {
        return { field, cursor: { line, at: at + separator.length, offset } };
      } else if (at === line.length) {
        return { field, cursor: { line, at: at + 1, offset } };
      } else if (lazyQuotes) {
        field += '"';
      } else {
        failAt(reader, { line, at: quote, offset }, MISPLACED_QUOTE);
      }
      continue;
    }
    const rest = line.slice(at);
    field += rest;
    if (reader.next === reader.lines.length) {
      if (lazyQuotes) return { field, cursor: { line, at: line.length + 1, offset } };
      failAt(reader, { line, at: rest === "" ? line.length : 0, offset }, MISPLACED_QUOTE);
    }
    line = reader.lines[reader.next++];
    at = 0;
    offset++;
    field += "\n";
  }
}

const MISPLACED_QUOTE = 'extraneous or missing " in quoted-field';

function failAt(reader: Reader, { line, at, offset }: Cursor, what: string): never {
  const column = Array.from(line.slice(0, at)).length + 1;
  throw new SyntaxError(
    `Syntax error on line ${reader.record + 1}; parse error on line ${
      reader.record + 1 + offset
    }, column ${column}: ${what}`,
  );
}
