/** Index or key of a value in a row. */
export type PropertyAccessor = number | string;

/** A column with a header of its own. */
export type ColumnDetails = {
  /** Default: the last accessor. */
  header?: string;
  /** The way to the value, through nested objects and arrays. */
  prop: PropertyAccessor | PropertyAccessor[];
};

/** A column: the way to its value, with a header if that is not the last accessor. */
export type Column = ColumnDetails | PropertyAccessor | PropertyAccessor[];

/** A row: an object or an array. */
export type DataItem = Readonly<Record<string, unknown> | unknown[]>;

/** Options of {@link stringify}. */
export type StringifyOptions = {
  /** Writes a row of headers if there are columns. Default: true. */
  headers?: boolean;
  /** Stands between two fields. Default: ",". */
  separator?: string;
  /** The columns; needed when the rows are objects. Default: []. */
  columns?: readonly Column[];
  /** Starts with a byte-order mark. Default: false. */
  bom?: boolean;
};

/**
 * Returns rows as CSV text; every line, the last too, ends in CRLF.
 *
 * @throws {TypeError} If the separator holds a quote or a line break, or a column does not fit a row.
 */
export function stringify(data: readonly DataItem[], options?: StringifyOptions): string {
  const { headers = true, separator = ",", columns = [], bom = false } = options ?? {};
  if (separator.includes('"') || separator.includes("\r\n")) {
    throw new TypeError([
      "Separator cannot include the following strings:",
      '  - U+0022: Quotation mark (")',
      "  - U+000D U+000A: Carriage Return + Line Feed (\\r\\n)",
    ].join("\n"));
  }
  const paths = columns.map(readColumn);
  const rows = data.map((item) => valuesOf(item, paths));
  if (headers && paths.length > 0) rows.unshift(paths.map((path) => path.header));
  const lines = rows.map((row) => row.map((value) => quote(value, separator)).join(separator) + "\r\n");
  return (bom ? "\ufeff" : "") + lines.join("");
}

interface Path {
  readonly header: string;
  readonly keys: readonly PropertyAccessor[];
}

function readColumn(column: Column): Path {
  if (typeof column !== "object") return { header: String(column), keys: [column] };
  const details = Array.isArray(column) ? { prop: column } : column;
  const keys = Array.isArray(details.prop) ? details.prop : [details.prop];
  return { header: details.header ?? String(keys.at(-1)), keys };
}

function valuesOf(item: DataItem, paths: readonly Path[]): unknown[] {
  if (paths.length > 0) return paths.map((path) => path.keys.reduce(step, item as unknown));
  if (Array.isArray(item)) return [...item];
  if (typeof item !== "object") return [item];
  throw new TypeError("No property accessor function was provided for object");
}

function step(value: unknown, key: PropertyAccessor): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) && typeof key !== "number") {
    throw new TypeError('Property accessor is not of type "number"');
  }
  return Reflect.get(value, key);
}

function quote(value: unknown, separator: string): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const plain = !text.includes(separator) && !text.includes("\n") && !text.includes('"');
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}
