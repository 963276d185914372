import { assert, assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { readTable, type ReadTableOptions } from "../../../lib/data/reading/read_table.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { columnsOf, gzipped, refusalOf, tableOf } from "./tables.ts";

type Declared = Partial<Omit<ReadTableOptions, "files">>;

Deno.test(
  "readTable() finds out what the columns of a CSV file hold",
  inFolder(async (folder) => {
    const text =
      '\ufeffn,t,d,q,e\r\n1,a,2024-02-29,"2.5",\r\n-1e3,,1970-01-02 12:00,"x, ""y""",\n\n .5 , b ,," ",\n';
    const table = await readTable(await tableOf(folder, { files: { "t.csv": text } }));
    assertEquals(table.rows, 3);
    assertEquals(await columnsOf(table), {
      n: ["number", 1, -1000, 0.5],
      t: ["text", "a", null, "b"],
      d: ["date", 19782, 1.5, null],
      q: ["text", "2.5", 'x, "y"', null],
      e: ["number", null, null, null],
    });
    assertEquals([0, 1, 2].map((row) => table.placeOf(row)), [
      { file: "t.csv", line: 2 },
      { file: "t.csv", line: 3 },
      { file: "t.csv", line: 5 },
    ]);
    assertEquals([table.firstRows, table.findings, table.ignored], [[0], [], []]);
    assertEquals(
      (await assertRejects(() => table.column("z"), InputError)).message,
      'Cannot read data: a column must be one of "n", "t", "d", "q", "e", found "z"',
    );
  }),
);

Deno.test(
  "readTable() reads a format as it is declared",
  inFolder(async (folder) => {
    const cases: readonly (readonly [text: string, Declared, Record<string, readonly unknown[]>])[] = [
      ["a;b\n1,5;1.234,5\n", { format: { decimalComma: true, thousands: "." } }, {
        a: ["number", 1.5],
        b: ["number", 1234.5],
      }],
      ["# note\na\tb\n1\tx\n#2\ty\n", { format: { comment: "#" } }, { a: ["number", 1], b: ["text", "x"] }],
      ["1,2\n3,4\n", { format: { header: false } }, {
        column1: ["number", 1, 3],
        column2: ["number", 2, 4],
      }],
      ["1,2\n", { format: { header: ["a", "b"] } }, { a: ["number", 1], b: ["number", 2] }],
      ["1,2\n3,4\n", { format: { header: true } }, { 1: ["number", 3], 2: ["number", 4] }],
      ["a|b\n'x|y'|'it''s'\n", { format: { quote: "'" } }, { a: ["text", "x|y"], b: ["text", "it's"] }],
      ['a,b\n5",6"\n', { format: { quote: "" } }, { a: ["text", '5"'], b: ["text", '6"'] }],
      ["a,b\n-999,-9\n-9,-999.0\n", { markers: ["-999"] }, {
        a: ["number", null, -9],
        b: ["number", -9, -999],
      }],
      ["a\n9999-12-31\n1970-01-01\n", { markers: ["9999-12-31"] }, { a: ["date", null, 0] }],
      ["a,b\n1,?\n?,x\n", { markers: ["?"] }, { a: ["number", 1, null], b: ["text", null, "x"] }],
      ["a,b,c\n1,2,3\n", { drop: ["b"] }, { a: ["number", 1], c: ["number", 3] }],
      ["a,b,c\n1,2,3\n", { only: ["c"] }, { c: ["number", 3] }],
      ["a,b\n01,02\n", { types: { a: "text" } }, { a: ["text", "01"], b: ["number", 2] }],
      ["a\n01.02.2024\n", { dateFormats: { a: "DD.MM.YYYY" } }, { a: ["date", 19754] }],
      ["age, work\n39, State-gov\n50, ?\n", { markers: ["?"] }, {
        age: ["number", 39, 50],
        work: ["text", "State-gov", null],
      }],
    ];
    for (const [text, options, expected] of cases) {
      const table = await readTable(await tableOf(folder, { files: { "t.csv": text }, ...options }));
      assertEquals(await columnsOf(table), expected, text);
    }
  }),
);

Deno.test(
  "readTable() says which separator it found",
  inFolder(async (folder) => {
    const found = async (text: string, format: ReadTableOptions["format"] = {}) =>
      (await readTable(await tableOf(folder, { files: { "t.csv": text }, format }))).findings;
    assertEquals(await found('a;b\n"x;y";"1.5"\n'), ['separated by ";"']);
    assertEquals(await found("a\tb\n1\t2\n"), ['separated by "\\t"']);
    assertEquals(await found("a;b\n1;2\n", { separator: ";" }), []);
    assertEquals(await found("a,b\n1,2\n"), []);
  }),
);

Deno.test(
  "readTable() reads other encodings and gzip files",
  inFolder(async (folder) => {
    const utf16 = (text: string) =>
      new Uint8Array([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])]);
    const latin1 = Uint8Array.from("a\ncaf\xe9\n\x80\n", (letter) => letter.charCodeAt(0));
    const cases: readonly (readonly [string, Uint8Array, ReadTableOptions["format"], readonly unknown[]])[] =
      [
        ["t.csv", utf16("a\ncafé\n"), { encoding: "utf-16le" }, ["text", "café"]],
        ["t.csv", latin1, { encoding: "latin1" }, ["text", "café", "\x80"]],
        ["t.csv", latin1, { encoding: "windows-1252" }, ["text", "café", "€"]],
        ["t.csv.gz", await gzipped("a\ncafé\n"), {}, ["text", "café"]],
      ];
    for (const [name, bytes, format, expected] of cases) {
      const table = await readTable(await tableOf(folder, { files: { [name]: bytes }, format }));
      assertEquals(await columnsOf(table), { a: expected });
    }
  }),
);

Deno.test(
  "readTable() joins files, and finds a column's type in all of them",
  inFolder(async (folder) => {
    const files = { "1.csv": "a,b\n1,2\n", "2.csv": "a,b\r\n\r\nx,3\n2024-01-01,4" };
    const table = await readTable(await tableOf(folder, { files }));
    assertEquals(await columnsOf(table), {
      a: ["text", "1", "x", "2024-01-01"],
      b: ["number", 2, 3, 4],
    });
    assertEquals(table.firstRows, [0, 1]);
    assertEquals([0, 1, 2].map((row) => table.placeOf(row)), [
      { file: "1.csv", line: 2 },
      { file: "2.csv", line: 3 },
      { file: "2.csv", line: 4 },
    ]);
  }),
);

const ages = (others: string) => `age\n${"1\n".repeat(18)}${others}`;

Deno.test(
  "readTable() names file, line and column of what is wrong, and what to declare",
  inFolder(async (folder) => {
    const cases: readonly (readonly [text: string, Declared, message: string])[] = [
      ["", {}, "t.csv must have rows, found an empty file"],
      ["a,b\n", {}, "t.csv must have rows, found a header alone"],
      ["a,b\n1,2\n\n3\n", {}, "t.csv line 4: a row must have 2 fields as the header has, found 1"],
      [
        "1,2\n3,4,5\n",
        { format: { header: false } },
        "t.csv line 2: a row must have 2 fields as the first line has, found 3",
      ],
      [
        "5,1\n6,2\n",
        {},
        't.csv line 1: the columns must be named, found numbers, "5", "1"; if the file has no header, declare header: ' +
        "false (its columns are then column1 to column2) or header: [...] with their names, and if these are the names, " +
        "header: true",
      ],
      [
        "a,b\n1,x\n",
        { types: { b: "number" } },
        't.csv line 2, column "b": a field must be a number, found "x"; if it stands for a missing value, declare ' +
        'missing: { markers: ["x"] }',
      ],
      [
        "a\n2024-02-30\n",
        { types: { a: "date" } },
        't.csv line 2, column "a": a field must be a date such as "2024-02-29", found "2024-02-30"; if it stands for a ' +
        'missing value, declare missing: { markers: ["2024-02-30"] }',
      ],
      ["a\n1e999\n", {}, 't.csv line 2, column "a": a field must be within float64, found "1e999"'],
      [
        ages("?\nnan\n"),
        {},
        't.csv line 20, column "age": a field must be a number as 18 of 20 are, found "?", "nan" on line 21; if that ' +
        'stands for a missing value, declare missing: { markers: ["?", "nan"] }; if the column has names, columns: ' +
        '{ age: "categorical" }; or leave it out by drop: ["age"]',
      ],
      [
        "a;b\n1,5;x\n2;y\n",
        {},
        't.csv line 2, column "a": a number must have a point before its fraction, found "1,5"; declare decimalComma: ' +
        'true, or columns: { a: "categorical" } if the column has names',
      ],
      ["a,a\n1,2\n", {}, 't.csv line 1: a column must be named once, found "a" twice'],
      [
        "a,b\n1,2\n",
        { drop: ["B"] },
        't.csv: a column must be "B", which data.drop names, found "a", "b"; "b" differs by capital letters only',
      ],
      ["a\rb\r", {}, "t.csv must end its lines in LF or CRLF, found CR alone; save it with other line ends"],
    ];
    for (const [text, options, message] of cases) {
      const refused = await refusalOf(await tableOf(folder, { files: { "t.csv": text }, ...options }));
      assertEquals(refused, `Cannot read data: ${message}`);
    }
  }),
);

Deno.test(
  "readTable() refuses quotes that stand where none may",
  inFolder(async (folder) => {
    const cases: readonly (readonly [text: string, options: Declared, message: string])[] = [
      [
        'a\n"x\ny\n',
        {},
        't.csv line 2: a quoted field must be closed; if quotes are letters of its texts, declare quote: ""',
      ],
      [
        'a\n"x"y\n',
        {},
        't.csv line 2: a separator must follow a quoted field, found "y"; if quotes are letters of its texts, declare ' +
        'quote: ""',
      ],
      [
        'a\nx"y\n',
        {},
        't.csv line 2: a field with a quote must be quoted, and the quote doubled, found "x\\"y"; if quotes are letters ' +
        'of its texts, declare quote: ""',
      ],
    ];
    for (const [text, options, message] of cases) {
      const refused = await refusalOf(await tableOf(folder, { files: { "t.csv": text }, ...options }));
      assertEquals(refused, `Cannot read data: ${message}`);
    }
  }),
);

Deno.test(
  "readTable() refuses a field of more than 1 MB",
  inFolder(async (folder) => {
    const files = { "t.csv": `a\n${"x".repeat(1_048_577)}` };
    assertEquals(
      await refusalOf(await tableOf(folder, { files })),
      "Cannot read data: t.csv line 2: a field must have at most 1048576 bytes, found more",
    );
  }),
);

Deno.test(
  "readTable() refuses files that are not what their names or their formats say",
  inFolder(async (folder) => {
    const latin1 = Uint8Array.from("a\ncaf\xe9\n", (letter) => letter.charCodeAt(0));
    const packed = await gzipped("a\n1\n");
    const cases: readonly (readonly [Record<string, string | Uint8Array>, message: string])[] = [
      [
        { "t.csv.gz": packed.subarray(0, 20) },
        "t.csv.gz must be a whole gzip file, found another one or a part",
      ],
      [{ "t.csv.gz": "a\n1\n" }, "t.csv.gz must be a whole gzip file, found another one or a part"],
      [
        { "t.csv": packed },
        "t.csv must be UTF-8 text, found a gzip file; the name of such a file must end in .gz",
      ],
      [
        { "t.csv": latin1 },
        "t.csv must be UTF-8 text, found other bytes; if it has letters with accents, declare its encoding, such as " +
        'encoding: "windows-1252", or save it as UTF-8',
      ],
      [
        { "a.csv": "a\n1\n", "b.json": "[]" },
        'the files of a table must be of one kind, found "a.csv" and "b.json"',
      ],
      [
        { "a.csv": "a,b\n1,2\n", "b.csv": "b,a\n1,2\n" },
        'b.csv: it must have the columns of a.csv, "a", "b", found "b", "a"',
      ],
      [{ "a.csv": "a\n1\n", "b.csv": "" }, "b.csv must have a header, found an empty file"],
      [
        { "t.xlsx": "" },
        "the name of a table must end in .csv, .tsv, .txt or .data (each also with .gz), .parquet or .json, found " +
        '"t.xlsx"',
      ],
    ];
    for (const [files, message] of cases) {
      assertEquals(await refusalOf(await tableOf(folder, { files })), `Cannot read data: ${message}`);
    }
    const missing = {
      ...await tableOf(folder, { files: {} }),
      files: [{ name: "x.csv", path: `${folder}/x.csv` }],
    };
    assertEquals(
      await refusalOf(missing),
      `Cannot read data: x.csv must be a file; file not found: ${folder}/x.csv`,
    );
  }),
);

Deno.test(
  "readTable() refuses a column of more than 100,000 distinct texts, unless it is not read",
  inFolder(async (folder) => {
    const text = `id,a\n${Array.from({ length: 100_001 }, (_, row) => `u${row},1\n`).join("")}`;
    const options = await tableOf(folder, { files: { "t.csv": text } });
    assertEquals(
      await refusalOf(options),
      'Cannot read data: t.csv, column "id": a column of texts must have at most 100000 different ones, found more; ' +
        'leave it out by drop: ["id"]',
    );
    const table = await readTable({ ...options, drop: ["id"] });
    assertEquals([table.rows, table.names, table.ignored], [100_001, ["a"], ["id"]]);
  }),
);

Deno.test(
  "readTable() reads a column again whose type shows late, and refuses one that has a few other fields late",
  inFolder(async (folder) => {
    const blank = ",1\n".repeat(600_000);
    const late = await readTable(
      await tableOf(folder, {
        files: { "t.csv": `a,b\n${blank}2024-01-01,x\n2024-01-02,2\n` },
        types: { b: "text" },
      }),
    );
    const { type, values } = await late.column("a");
    assertEquals([type, values[0], values[600_001], late.rows], ["date", NaN, 19724, 600_002]);
    const refused = await refusalOf(await tableOf(folder, { files: { "t.csv": `a,b\n${blank}1,?\n` } }));
    assert(
      refused.startsWith(
        'Cannot read data: t.csv line 600002, column "b": a field must be a number as 600000 of',
      ),
      refused,
    );
  }),
);

/** A table of 9 MB, which is kept. */
const LARGE = `a,b\n${"1.25,red\n2.5,blue\n".repeat(500_000)}`;

Deno.test(
  "readTable() keeps a large table and reads it from there, also where the file is damaged or removed later",
  inFolder(async (folder) => {
    const cacheDir = `${folder}/cache`;
    const options = await tableOf(folder, { files: { "t.csv": LARGE }, cacheDir });
    const steps: string[] = [];
    const read = () => readTable({ ...options, onProgress: ({ step }) => steps.push(step) });
    const check = async (table: Awaited<ReturnType<typeof read>>) => {
      const [a, b] = [await table.column("a"), await table.column("b")];
      assertEquals([table.rows, a.values[0], a.values[999_999], b.texts], [1_000_000, 1.25, 2.5, [
        "red",
        "blue",
      ]]);
      assertEquals([b.values[999_998], table.placeOf(999_999).line], [0, 1_000_001]);
    };
    await check(await read());
    const decoded = steps.length;
    assert(decoded > 0);
    const kept = await read();
    await check(kept);
    assertEquals(steps.length, decoded);
    const [name] = [...Deno.readDirSync(`${cacheDir}/tables`)].map(({ name }) => name).filter((it) =>
      it.endsWith(".table")
    );
    const path = `${cacheDir}/tables/${name}`;
    const whole = await Deno.readFile(path);
    for (const at of [5, whole.length - 10, whole.length - 40]) {
      const damaged = whole.slice();
      damaged[at] ^= 1;
      await Deno.writeFile(path, damaged);
      await check(await read());
      assertEquals(await Deno.readFile(path), whole);
    }
    await Deno.writeFile(path, whole.subarray(0, whole.length - 1000));
    await check(await read());
    await Deno.remove(path);
    await check(kept);
    // Another declaration is another table.
    const dates = await readTable({ ...options, types: { a: "text" } });
    assertEquals((await dates.column("a")).texts, ["1.25", "2.5"]);
    assertEquals(
      [...Deno.readDirSync(`${cacheDir}/tables`)].filter(({ name }) => name.endsWith(".part")),
      [],
    );
  }),
);

Deno.test(
  "readTable() decodes into memory where its cache is no folder",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const options = await tableOf(folder, { files: { "t.csv": LARGE }, cacheDir: `${folder}/file` });
    const table = await readTable(options);
    assertEquals((await table.column("a")).values[1], 2.5);
  }),
);

Deno.test(
  "readTable() of one table at once by two callers makes its file once",
  inFolder(async (folder) => {
    const options = await tableOf(folder, { files: { "t.csv": LARGE }, cacheDir: `${folder}/cache` });
    const tables = await Promise.all([readTable(options), readTable(options)]);
    for (const table of tables) assertEquals((await table.column("b")).values[1], 1);
  }),
);

Deno.test(
  "readTable() ends when it is aborted",
  inFolder(async (folder) => {
    const options = await tableOf(folder, { files: { "t.csv": "a\n1\n" } });
    const error = await assertRejects(() => readTable({ ...options, signal: AbortSignal.abort() }));
    assertEquals(error instanceof DOMException && error.name, "AbortError");
  }),
);
