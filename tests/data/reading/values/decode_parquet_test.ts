import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { assert, assertEquals } from "@std/assert";
import { readTable } from "../../../../lib/data/reading/read_table.ts";
import { inFolder } from "../../../helpers/in_folder.ts";
import { columnsOf, refusalOf, tableOf } from "../tables.ts";
import { parquetWriteBuffer } from "./parquet_writer.ts";

type WriteOptions = Omit<Parameters<typeof parquetWriteBuffer>[0], "columnData">;
type Columns = Parameters<typeof parquetWriteBuffer>[0]["columnData"];

function parquetOf(columnData: Columns, options: WriteOptions = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
}

const COLUMNS: Columns = [
  { name: "double", data: [0.1, null, 3], type: "DOUBLE", nullable: true },
  { name: "float", data: [0.5, NaN, -2], type: "FLOAT" },
  { name: "int", data: [1, 2, 3], type: "INT32" },
  { name: "long", data: [1n, -2n, 9007199254740992n], type: "INT64" },
  { name: "flag", data: [true, false, true], type: "BOOLEAN" },
  { name: "text", data: ["a", " ? ", "a"], type: "STRING" },
];
const EXPECTED = {
  double: ["number", 0.1, null, 3],
  float: ["number", 0.5, null, -2],
  int: ["number", 1, 2, 3],
  long: ["number", 1, -2, 9007199254740992],
  flag: ["text", "true", "false", "true"],
  text: ["text", "a", null, "a"],
};

Deno.test(
  "decodeParquet() reads numbers, texts and flags, in groups of rows and from several files",
  inFolder(async (folder) => {
    for (const rowGroupSize of [1, 2, 100]) {
      const bytes = parquetOf(COLUMNS, { rowGroupSize });
      const table = await readTable(await tableOf(folder, { files: { "t.parquet": bytes }, markers: ["?"] }));
      assertEquals(await columnsOf(table), EXPECTED);
    }
    const files = { "1.parquet": parquetOf(COLUMNS), "2.parquet": parquetOf(COLUMNS) };
    const table = await readTable(await tableOf(folder, { files, only: ["int"] }));
    assertEquals(await columnsOf(table), { int: ["number", 1, 2, 3, 1, 2, 3] });
    assertEquals([table.firstRows, table.placeOf(4), table.ignored.length], [
      [0, 3],
      { file: "2.parquet", line: 2 },
      5,
    ]);
  }),
);

Deno.test(
  "decodeParquet() reads dates, times and decimals",
  inFolder(async (folder) => {
    const schema = (name: string, rest: object) => [
      { name: "root", num_children: 1 },
      { name, repetition_type: "REQUIRED" as const, ...rest },
    ];
    const day = 86_400_000;
    const cases: readonly (readonly [object, readonly unknown[], readonly unknown[]])[] = [
      [{ type: "INT32", converted_type: "DATE" }, [0, 19782], ["date", 0, 19782]],
      [{ type: "INT64", converted_type: "TIMESTAMP_MILLIS" }, [BigInt(day * 1.5), 0n], ["date", 1.5, 0]],
      [{ type: "INT64", converted_type: "TIMESTAMP_MICROS" }, [BigInt(day * 250)], ["date", 0.25]],
      [
        { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "NANOS" } },
        [BigInt(day) * 1_000_000n],
        ["date", 1],
      ],
      [{ type: "INT32", converted_type: "DECIMAL", scale: 2, precision: 5 }, [1.25, -0.03], [
        "number",
        1.25,
        -0.03,
      ]],
    ];
    for (const [rest, data, expected] of cases) {
      const bytes = parquetOf([{ name: "a", data: [...data] }], { schema: schema("a", rest) });
      const table = await readTable(await tableOf(folder, { files: { "t.parquet": bytes } }));
      assertEquals(await columnsOf(table), { a: expected }, JSON.stringify(rest));
    }
  }),
);

Deno.test(
  "decodeParquet() unpacks what the system can",
  inFolder(async (folder) => {
    const compressors = { GZIP: gzipSync, BROTLI: brotliCompressSync, ZSTD: zstdCompressSync };
    for (const codec of ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD"] as const) {
      const bytes = parquetOf(COLUMNS, { codec, compressors });
      const table = await readTable(await tableOf(folder, { files: { "t.parquet": bytes }, markers: ["?"] }));
      assertEquals(await columnsOf(table), EXPECTED, codec);
    }
  }),
);

Deno.test(
  "decodeParquet() names what is wrong",
  inFolder(async (folder) => {
    const one = (data: unknown[], type: "INT64" | "DOUBLE" | "STRING" | "JSON") =>
      parquetOf([{ name: "a", data, type }]);
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [
        one([1n, 9007199254740993n], "INT64"),
        't.parquet row 2, column "a": a whole number must be one of float64, found 9007199254740993; if it is an id, ' +
        'leave it out by drop: ["a"], or declare its column as one of texts',
      ],
      [one([1, Infinity], "DOUBLE"), 't.parquet row 2, column "a": a number must be finite, found Infinity'],
      [
        one([{ b: 1 }], "JSON"),
        't.parquet row 1, column "a": a value must be a number, a text, true or false, found an object',
      ],
      [
        parquetOf([{ name: "a", data: [[1], [2, 3]] }], {
          schema: [
            { name: "root", num_children: 1 },
            { name: "a", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
            { name: "list", repetition_type: "REPEATED", num_children: 1 },
            { name: "element", repetition_type: "OPTIONAL", type: "INT32" },
          ],
        }),
        't.parquet, column "a": a column must have numbers, texts or dates, found lists or records; leave it out by ' +
        'drop: ["a"]',
      ],
    ];
    for (const [bytes, message] of cases) {
      const refused = await refusalOf(await tableOf(folder, { files: { "t.parquet": bytes } }));
      assertEquals(refused, `Cannot read data: ${message}`);
    }
    const big = await readTable(
      await tableOf(folder, {
        files: { "t.parquet": one([9007199254740993n], "INT64") },
        types: { a: "text" },
      }),
    );
    assertEquals(await columnsOf(big), { a: ["text", "9007199254740993"] });
    const text = await refusalOf(
      await tableOf(folder, { files: { "t.parquet": one(["1", "x"], "STRING") }, types: { a: "number" } }),
    );
    assertEquals(
      text,
      'Cannot read data: t.parquet row 2, column "a": a field must be a number, found "x"; if it stands for a missing ' +
        'value, declare missing: { markers: ["x"] }',
    );
  }),
);

Deno.test(
  "decodeParquet() refuses a damaged file, wherever it is cut",
  inFolder(async (folder) => {
    const bytes = parquetOf(COLUMNS);
    for (const length of [0, 3, 11, 50, bytes.length - 100, bytes.length - 1]) {
      const refused = await refusalOf(
        await tableOf(folder, { files: { "t.parquet": bytes.subarray(0, length) } }),
      );
      assert(refused.startsWith("Cannot read data: t.parquet must be a whole Parquet file, "), refused);
    }
    const files = { "1.parquet": bytes, "2.parquet": parquetOf([COLUMNS[2]]) };
    assertEquals(
      await refusalOf(await tableOf(folder, { files })),
      'Cannot read data: 2.parquet: it must have the columns of 1.parquet, "double", "float", "int", "long", "flag", ' +
        '"text", with the same types, found "int"',
    );
  }),
);
