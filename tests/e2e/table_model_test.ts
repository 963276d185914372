import { assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "../data/reading/values/parquet_writer.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

const ON_TABLE = EXPERIMENT
  .replace("blobs, define", "table, define")
  .replace(", 1e30]", "]")
  .replace(
    /blobs\(\{[^}]*\}\)/,
    'table({ file: "people.csv", label: "kind", drop: ["id"], missing: { markers: ["?"] } })',
  );

const ROWS = Array.from({ length: 90 }, (_, row) => ({
  id: row,
  age: row % 11 === 0 ? null : (row * 7) % 40 + 0.5,
  city: ["Rome", "Ulm", "Köln"][row % 3],
  member: row % 2 === 0,
  day: `2024-0${1 + row % 9}-1${row % 10}`,
  kind: `k${row % 3}`,
}));

const NAMES = ["id", "age", "city", "member", "day", "kind"] as const;

function textOf(separator: string): string {
  const lines = ROWS.map((row) => NAMES.map((name) => row[name] ?? "?").join(separator));
  return `${NAMES.join(separator)}\n${lines.join("\n")}\n`;
}

Deno.test(
  "predict takes the raw rows of a table as text, compressed, as Parquet and as JSON, and gives them the same classes",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/experiments/people.csv`, textOf(","));
    const ran = await run("run", FILE);
    assertEquals(ran.code, 0, ran.error);
    const exported = await run("export", FILE, "--format", "safetensors", "--out", "model.safetensors");
    assertEquals(exported.code, 0, exported.error);
    const onnx = await run("export", FILE, "--format", "onnx", "--out", "model.onnx");
    assertEquals(onnx.code, 0, onnx.error);
    await Deno.writeTextFile(`${folder}/rows.csv`, textOf(","));
    await Deno.writeFile(`${folder}/rows.data.gz`, gzipSync(textOf(";")));
    await Deno.writeTextFile(`${folder}/rows.json`, JSON.stringify(ROWS));
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: "age", data: ROWS.map(({ age }) => age), type: "DOUBLE", nullable: true },
        { name: "city", data: ROWS.map(({ city }) => city), type: "STRING" },
        { name: "member", data: ROWS.map(({ member }) => member), type: "BOOLEAN" },
        { name: "day", data: ROWS.map(({ day }) => new Date(`${day}T00:00:00Z`)), type: "TIMESTAMP" },
        { name: "kind", data: ROWS.map(({ kind }) => kind), type: "STRING" },
        { name: "more", data: ROWS.map(() => 1), type: "INT32" },
      ],
    });
    await Deno.writeFile(`${folder}/rows.parquet`, new Uint8Array(parquet));
    const outs: string[] = [];
    for (const file of ["rows.csv", "rows.data.gz", "rows.json", "rows.parquet"]) {
      const { code, out, error } = await run("predict", "model.safetensors", file);
      assertEquals(code, 0, error);
      assertStringIncludes(error, "of 90 rows with a label");
      const notes = error.split("\n").filter((line) => line.startsWith("note: "));
      assertEquals(notes, NOTES[file] ?? []);
      outs.push(out.replaceAll(file, "rows"));
    }
    assertEquals(outs.slice(1), [outs[0], outs[0], outs[0]]);
    assertEquals(outs[0].trimEnd().split("\r\n").length, 91);
    const wrong = await run("predict", "model.safetensors", "rows.xlsx");
    assertEquals([wrong.code, wrong.error], [
      2,
      "error: Cannot predict rows.xlsx: its name must end in .csv, .tsv, .txt or .data (each also with .gz), .parquet or .json\n",
    ]);
  }, { experiment: ON_TABLE }),
);

const NOTES: Readonly<Record<string, readonly string[]>> = {
  "rows.data.gz": ['note: rows.data.gz was read as separated by ";".'],
  "rows.parquet": [
    'note: rows.parquet has columns that the model was not trained on; they are left out: "more".',
  ],
};
