import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { TableSpec } from "../../../lib/data/base/data_spec.ts";
import type { PreparedColumn } from "../../../lib/data/base/preparation.ts";
import type { ModelFacts } from "../../../lib/export/model_facts.ts";
import { preparedRows } from "../../../lib/runner/model/prepared_rows.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const BASE = { isMarked: false, isRequired: false };
const SCALE = { isLogarithmic: false, offset: 1, divisor: 2 };
const COLUMNS: readonly PreparedColumn[] = [
  { kind: "numeric", name: "age", ...BASE, isMarked: true, fill: 7, scale: SCALE },
  { kind: "categorical", name: "city", ...BASE, categories: ["Rome", "Ulm"], fill: null, isClosed: false },
  {
    ...{ kind: "date", name: "day", ...BASE, isRequired: true, format: "DD.MM.YYYY", fill: 0, first: 0 },
    parts: [{ part: "year", scale: { ...SCALE, offset: 2000, divisor: 1 } }],
    kind: "date",
  },
];
const DATA: TableSpec = { kind: "table", file: "t.csv", label: "kind", seed: 0 };

interface Reading {
  readonly data?: Partial<TableSpec>;
  readonly columns?: readonly PreparedColumn[];
  readonly name?: string;
}

/** Reads rows from a file with a text; the folder's name is taken out of notes. */
async function readRows(
  text: string,
  folder: string,
  { data = {}, columns = COLUMNS, name = "f.csv" }: Reading = {},
): Promise<{ readonly rows: readonly unknown[]; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const file = `${folder}/${name}`;
  await Deno.writeTextFile(file, text);
  const spec = { ...DATA, ...data };
  // What reading needs of the facts.
  const facts = { data: spec, inputDim: 5, classNames: ["a", "b"] } as unknown as ModelFacts;
  const note = (message: string) => void notes.push(message.replaceAll(`${folder}/`, ""));
  const rows = await preparedRows(file, { facts, data: spec, columns, note });
  return {
    rows: rows.map(({ row, features, label }) => [row, ...Array.from(features), label]),
    notes,
  };
}

Deno.test(
  "preparedRows() takes columns by their names in any order, and labels where there are some",
  inFolder(async (folder) => {
    const text =
      "kind,day,city,age\nb,01.02.2003,Rome,3\n?,31.12.1999,Ulm,\n,01.01.2024,,5\na,01.01.2000,Rome,1\n";
    assertEquals(await readRows(text, folder), {
      rows: [[1, 1, 0, 1, 0, 3, 1], [2, 3, 1, 0, 1, -1, null], [3, 2, 0, 0, 0, 24, null], [
        4,
        0,
        0,
        1,
        0,
        0,
        0,
      ]],
      notes: [],
    });
    const bare = "age,city,day\n3,Rome,01.02.2003\n";
    assertEquals(await readRows(bare, folder), { rows: [[1, 1, 0, 1, 0, 3, null]], notes: [] });
  }),
);

Deno.test(
  "preparedRows() says what it leaves out, what it found, and which texts are no category",
  inFolder(async (folder) => {
    const header = ["age", "more", "id", "city", "day", ...Array.from({ length: 9 }, (_, i) => `x${i}`)];
    const row = (city: string) => ["3", "m", "1", city, "01.02.2003", ...Array(9).fill("?")].join(";");
    const text = [header.join(";"), row("Oslo"), row("Rome"), row("Oslo"), row("Köln")].join("\n");
    const { rows, notes } = await readRows(text, folder, { data: { drop: ["id"] } });
    assertEquals(rows[0], [1, 1, 0, 0, 0, 3, null]);
    assertEquals(notes, [
      'f.csv was read as separated by ";".',
      'f.csv has columns that the model was not trained on; they are left out: "more", "x0", "x1", "x2", "x3", "x4", ' +
      '"x5", "x6" and 2 more.',
      'f.csv, column "city": texts that no training row has stand for no category: "Oslo", "Köln".',
    ]);
  }),
);

Deno.test(
  "preparedRows() reads as the model's table was read: its marks, its merged classes, and no header where it had none",
  inFolder(async (folder) => {
    const marks = { separator: "\t", decimalComma: true, missing: { markers: ["-9"] } } as const;
    const merge = { a: ["old", "older"] };
    const text = "age\tcity\tday\tkind\n-9\tUlm\t01.01.2001\tolder\n1,5\tUlm\t01.01.2001\tb\n";
    assertEquals((await readRows(text, folder, { data: { ...marks, merge }, name: "f.txt" })).rows, [
      [1, 3, 1, 0, 1, 1, 0],
      [2, 0.25, 0, 0, 1, 1, 1],
    ]);
    const line = { age: "3", city: "Rome", kind: "b", day: "01.01.2001" };
    const lineOf = (...names: readonly (keyof typeof line)[]) => `${names.map((name) => line[name])}\n`;
    const named = { header: ["age", "city", "kind", "day"] };
    const wanted = [1, 1, 0, 1, 0, 1];
    const numbered = COLUMNS.map((column, at) => ({
      ...column,
      name: ["column1", "column2", "column4"][at],
    }));
    const counted: Reading = { data: { header: false, label: "column3" }, columns: numbered };
    for (const reading of [{ data: named }, counted]) {
      const all = await readRows(lineOf("age", "city", "kind", "day"), folder, reading);
      assertEquals(all.rows, [[...wanted.slice(0, 6), 1]]);
      const bare = await readRows(lineOf("age", "city", "day"), folder, reading);
      assertEquals(bare.rows, [[...wanted, null]]);
    }
    const error = await assertRejects(() => readRows(lineOf("age", "city"), folder, counted), InputError);
    assertEquals(
      error.message.replace(`${folder}/`, ""),
      "Cannot read data: f.csv: it must have the 4 columns of the table that the model was trained on, or its 3 features " +
        "alone in their order, found 2",
    );
  }),
);

const HEADER = "age,city,day";

Deno.test(
  "preparedRows() throws with file, line and column when a table is not the model's",
  inFolder(async (folder) => {
    const closed = COLUMNS.map((column) =>
      column.kind === "categorical" ? { ...column, isClosed: true } : column
    );
    const cases: readonly (readonly [text: string, message: string, reading?: Reading])[] = [
      [
        "Age,city,day\n1,Ulm,01.01.2001\n",
        'f.csv: a column must be "age", which the model was trained on, found "Age", "city", "day"; "Age" differs by ' +
        "capital letters only",
      ],
      [
        "age;city;day\n1;Ulm;01.01.2001\n",
        'f.csv: a column must be "age", which the model was trained on, found "age;city;day"; fields must be separated ' +
        'by commas, not by ";"',
        { data: { separator: "," } },
      ],
      [
        `${HEADER}\n1,Ulm,01.01.2001\n1,Ulm,\n`,
        'f.csv line 3, column "day": a value must be given, found none: rows without one were dropped from training',
      ],
      [
        `${HEADER}\n1,Ulm,01.01.2001\n1,Oslo,01.01.2001\n`,
        'f.csv line 3, column "city": a value must be one of "Rome", "Ulm", found "Oslo"',
        { columns: closed },
      ],
      [
        `${HEADER},kind\n1,Ulm,01.01.2001,B\n`,
        'f.csv line 2, column "kind": a label must be one of "a", "b", found "B"; "b" differs by capital letters only',
      ],
    ];
    for (const [text, message, reading] of cases) {
      const error = await assertRejects(() => readRows(text, folder, reading), InputError);
      assertEquals(error.message.replaceAll(`${folder}/`, ""), `Cannot read data: ${message}`);
    }
  }),
);
