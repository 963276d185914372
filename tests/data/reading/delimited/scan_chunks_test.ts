import { assertEquals } from "@std/assert";
import { parse } from "@std/csv/parse";
import { MemorySink } from "../../../../lib/data/reading/base/block_sink.ts";
import { lineOf } from "../../../../lib/data/reading/base/line_runs.ts";
import { RecordScanner } from "../../../../lib/data/reading/delimited/record_scanner.ts";
import { scanChunks } from "../../../../lib/data/reading/delimited/scan_chunks.ts";
import { dateReader } from "../../../../lib/data/text/date_reader.ts";
import { numberReader } from "../../../../lib/data/text/number_reader.ts";
import { fc } from "../../../properties/fast_check.ts";
import { settings } from "../../../properties/settings.ts";

interface Scanned {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly lines: readonly number[];
}

/** Reads a text in pieces; its last column as numbers. */
async function scan(
  text: string,
  { separator, pieces }: { readonly separator: string; readonly pieces: readonly number[] },
): Promise<Scanned> {
  const bytes = new TextEncoder().encode(text);
  const header: string[] = [];
  const columns = parse(text, { separator, comment: "#" })[0].map((name, at, { length }) => ({
    name,
    type: at === length - 1 ? "number" as const : "text" as const,
    isDeclared: true,
    dates: dateReader(),
  }));
  const sink = new MemorySink(columns.length);
  const scanner = new RecordScanner({
    separator: separator.charCodeAt(0),
    quote: '"'.charCodeAt(0),
    comment: new TextEncoder().encode("#"),
    point: ".".charCodeAt(0),
    numbers: numberReader({}),
    isMissing: (field) => field.trim() === "",
    marked: new Set(),
    hasMarkedDates: false,
    model: "header",
  }, {
    columns,
    sink,
    onTooMany: () => {
      throw new Error("too many texts");
    },
  });
  scanner.startFile("t.csv");
  async function* chunks() {
    for (let at = 0, piece = 0; at < bytes.length; piece++) {
      const end = at + pieces[piece % pieces.length];
      yield bytes.slice(at, end);
      at = end;
    }
  }
  await scanChunks(chunks(), {
    scanner,
    file: "t.csv",
    leastBytes: 1,
    onHeader: (fields) => header.push(...fields),
  });
  scanner.flush();
  const values = columns.map((_, at) => sink.column(at));
  const valueOf = (column: number, row: number) => {
    const value = values[column][row];
    return Number.isNaN(value) ? null : scanner.dictionaries[column]?.texts[value] ?? value;
  };
  const rows = Array.from(
    { length: scanner.rows },
    (_, row) => columns.map((_, column) => valueOf(column, row)),
  );
  return { header, rows, lines: rows.map((_, row) => lineOf(row, scanner.lines.pairs)) };
}

const separators = fc.constantFrom(",", ";", "\t", "|");
const lineEnds = fc.constantFrom("\n", "\r\n", "\n\n", "\r\n\r\n", "\n# note\n");
const texts = fc.string({
  unit: fc.constantFrom("a", "é", "日", "#", " ", '"', ",", ";", "\t", "|", "\n", "\r\n", "1"),
  maxLength: 6,
});
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.maxSafeInteger(), fc.nat({ max: 25 })).map(([whole, scale]) => `${whole}e-${scale}`),
  fc.constantFrom("", " 5", '"7"', "+1.", ".5", "-0", "00012", "1e5", "123456789012345678901234567890"),
);
const widths = fc.integer({ min: 1, max: 3 });
const tables = widths.chain((width) =>
  fc.record({
    separator: separators,
    rows: fc.array(fc.tuple(fc.array(texts, { minLength: width, maxLength: width }), numbers, lineEnds), {
      maxLength: 8,
    }),
    isClosed: fc.boolean(),
    pieces: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
    width: fc.constant(width),
  })
);

Deno.test("scanChunks() reads what @std/csv reads, wherever the text is cut", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ separator, rows, isClosed, pieces, width }) => {
      const written = (field: string) =>
        /^[a-zé日1]*$/.test(field) && field !== "" ? field : `"${field.replaceAll('"', '""')}"`;
      const names = Array.from({ length: width }, (_, at) => `c${at}`);
      const records = rows.map(([fields, number, end]) =>
        [...fields.map(written), number].join(separator) + end
      );
      const all = `${[...names, "n"].join(separator)}\n${records.join("")}`;
      const text = isClosed ? all : all.replace(/\r?\n$/, "");
      const [header, ...expected] = parse(text, { separator, comment: "#" });
      const found = await scan(text, { separator, pieces });
      assertEquals(found.header, header);
      const valueOf = (field: string, at: number) =>
        field.trim() === "" ? null : at < width ? field : Number(field);
      assertEquals(found.rows, expected.map((fields) => fields.map(valueOf)));
      const whole = await scan(text, { separator, pieces: [text.length * 4] });
      assertEquals(found, whole);
    }),
    settings(500),
  );
});

Deno.test("scanChunks() knows the line of each row, past empty lines, comments and breaks in quotes", async () => {
  const text = '# x\n\na,n\n1,2\n\r\n#\n"3\n\r\n",4\n5,6';
  for (let piece = 1; piece < 20; piece++) {
    const { rows, lines } = await scan(text, { separator: ",", pieces: [piece] });
    assertEquals(rows, [["1", 2], ["3\n\n", 4], ["5", 6]]);
    assertEquals(lines, [4, 7, 10]);
  }
});
