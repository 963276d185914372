import {
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { csvDataset, type CsvDatasetFields } from "../../../lib/data/csv/csv_dataset.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const experiments = `${import.meta.dirname}/../../../experiments`;

/** Loads a file of the given bytes; `fields` say how. */
async function load(text: string | Uint8Array, fields: Partial<CsvDatasetFields> = {}): Promise<Dataset> {
  const baseDir = await Deno.makeTempDir();
  try {
    await Deno.writeFile(
      `${baseDir}/t.csv`,
      typeof text === "string" ? new TextEncoder().encode(text) : text,
    );
    const sizes = { train: 1, validation: 1, test: 1 };
    const spec = csvDataset({ file: "t.csv", label: "y", classes: ["p", "q"], ...sizes, ...fields });
    return await loadDataset(spec, { baseDir, cacheDir: baseDir });
  } finally {
    await Deno.remove(baseDir, { recursive: true });
  }
}

/** Returns every row with its label, sorted. */
function rowsOf({ train, validation, test, inputDim }: Dataset): string[] {
  return [train, validation, test].flatMap(({ x, labels }) =>
    Array.from(labels, (label, row) => `${x.slice(row * inputDim, (row + 1) * inputDim)}:${label}`)
  ).sort();
}

const texts: readonly (readonly [name: string, text: string])[] = [
  ["LF line ends", "a,y,b\n1,p,2\n-3.5,q,1e-2\n.5,q,+6.\n"],
  ["CRLF line ends and empty lines", "a,y,b\r\n\r\n1,p,2\r\n-3.5,q,1e-2\r\n\r\n.5,q,+6."],
  ["quotes, spaces and a byte-order mark", '\ufeffa,"y",b\n 1 ,"p","2"\n-3.5,q,1e-2\n0.5,q,6\n'],
];

for (const [name, text] of texts) {
  Deno.test(`loadCsv() splits every row once when the file has ${name}`, async () => {
    const dataset = await load(text);
    assertEquals(rowsOf(dataset), [`-3.5,${Math.fround(0.01)}:1`, "0.5,6:1", "1,2:0"]);
    assertEquals([dataset.inputDim, dataset.numClasses, dataset.image], [2, 2, null]);
    assertEquals(dataset.classNames, ["p", "q"]);
    assertEquals(dataset.mean, dataset.train.x);
    for (const array of [dataset.train.x, dataset.train.labels, dataset.mean]) {
      assertInstanceOf(array.buffer, SharedArrayBuffer);
    }
  });
}

const numbered = `a,y\n${
  Array.from({ length: 40 }, (_, row) => `${row},${row % 2 ? "q" : "p"}`).join("\n")
}\n`;

Deno.test("loadCsv() shuffles by the seed when it splits", async () => {
  const sizes = { train: 30, validation: 5, test: 5 };
  const first = await load(numbered, sizes);
  assertEquals((await load(numbered, sizes)).train, first.train);
  assertNotEquals((await load(numbered, { ...sizes, seed: 1 })).train, first.train);
  assertNotEquals(Array.from(first.train.x), Array.from({ length: 30 }, (_, row) => row));
  assertEquals(new Set(rowsOf(first)).size, 40);
  for (let row = 0; row < 30; row++) assertEquals(first.train.labels[row], first.train.x[row] % 2);
});

Deno.test("loadCsv() gives the same order on every machine", async () => {
  const { train } = await load(numbered, { train: 8, validation: 1, test: 1, seed: 5 });
  assertEquals(Array.from(train.x), [28, 12, 21, 26, 1, 33, 23, 37]);
});

Deno.test("loadCsv() reads Fisher's irises", async () => {
  const spec = csvDataset({
    file: "data/iris.csv",
    label: "species",
    classes: ["setosa", "versicolor", "virginica"],
    train: 120,
    validation: 15,
    test: 15,
  });
  const dataset = await loadDataset(spec, { baseDir: experiments, cacheDir: experiments });
  const sums = [0, 0, 0, 0];
  const counts = [0, 0, 0];
  for (const { x, labels } of [dataset.train, dataset.validation, dataset.test]) {
    x.forEach((value, index) => sums[index % 4] += value);
    labels.forEach((label) => counts[label]++);
  }
  assertEquals(counts, [50, 50, 50]);
  [876.5, 458.6, 563.7, 179.9].forEach((sum, column) => assertAlmostEquals(sums[column], sum, 1e-4));
});

function withoutLines({ train, validation, test, ...rest }: Dataset): Dataset {
  const bare = ({ lines: _, ...split }: Split): Split => split;
  return { ...rest, train: bare(train), validation: bare(validation), test: bare(test) };
}

const ROWS = { train: 2, validation: 1, test: 1 };

Deno.test("loadCsv() takes the first line as a row, or as names that are numbers, when the header is declared", async () => {
  const rows = "14.2,1.7,p\n13.2,1.8,q\n13.1,2.4,q\n12,2,p\n";
  const expected = await load(`a,b,y\n${rows}`, ROWS);
  const declared = [
    await load(rows, { ...ROWS, header: false, label: "column3" }),
    await load(rows, { ...ROWS, header: ["a", "b", "y"] }),
    await load(`1.5,2.5,y\n${rows}`, { ...ROWS, header: true }),
    await load(`0,1,y\n${rows}`, ROWS),
    await load(`1,2,y\n${rows}`, ROWS),
  ];
  for (const dataset of declared) assertEquals(withoutLines(dataset), withoutLines(expected));
  const lines = ({ train, validation, test }: Dataset) =>
    [train, validation, test].flatMap((split) => [...split.lines!]);
  assertEquals(lines(declared[0]).sort(), [1, 2, 3, 4]);
  assertEquals(lines(declared[0]).map((line) => line + 1), lines(expected));
});

Deno.test("loadCsv() takes the column of the groups for no feature, and numbers its texts", async () => {
  const text = "who,a,y\nann,1,p\nbob,2,q\nann,3,q\ncy,4,p\n";
  const dataset = await load(text, { ...ROWS, folds: 2, groups: "who" });
  assertEquals([dataset.inputDim, dataset.warnings], [1, []]);
  const groups = [dataset.train, dataset.validation, dataset.test].flatMap((split) =>
    Array.from(split.x, (value, row): [number, number] => [value, split.groups![row]])
  );
  assertEquals(
    new Map(groups.sort(([left], [right]) => left - right)),
    new Map([[1, 0], [2, 1], [3, 0], [4, 2]]),
  );
});

const WRONG_GROUPS: Readonly<Record<string, readonly [text: string, message: string]>> = {
  "the table lacks the column of the groups": [
    "whom,a,y\nann,1,p\nbob,2,q\nann,3,q\ncy,4,p\n",
    'line 1: a column must be the groups "who", found "whom", "a", "y"',
  ],
  "a row has no group": [
    "who,a,y\nann,1,p\n ,2,q\nann,3,q\ncy,4,p\n",
    'line 3, column "who": a group must have a name, found " "',
  ],
  "label and groups leave no feature": [
    "who,y\nann,p\nbob,q\nann,q\ncy,p\n",
    'line 1: a column must be a feature, found the label "y" and the groups "who" alone',
  ],
};

for (const [what, [text, message]] of Object.entries(WRONG_GROUPS)) {
  Deno.test(`loadCsv() throws when ${what}`, async () => {
    const error = await assertRejects(() => load(text, { ...ROWS, folds: 2, groups: "who" }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv ${message}`);
  });
}

Deno.test("loadCsv() keeps numbers apart when dtype is float64, and rounds them when it is float32", async () => {
  const text = "t,y\n1699999950,p\n1699999951,q\n1699999952,p\n0.1,q\n";
  const double = await load(text, { ...ROWS, dtype: "float64" });
  assertEquals(rowsOf(double), ["0.1:1", "1699999950:0", "1699999951:1", "1699999952:0"]);
  assertInstanceOf(double.train.x, Float64Array);
  const [first, second] = double.train.x;
  assertEquals(double.mean, Float64Array.of((first + second) / 2));
  assertEquals(double.warnings, [{
    code: "merged_numbers",
    where: 'column "t"',
    message:
      'less the mean of the training split, "1699999950" on line 2 and "1699999951" on line 3 are one number in ' +
      "float32, which keeps 2 of 4 distinct numbers apart: other numbers of the column are too large beside them",
  }]);
  const far = await load("t,y\n1699999950,p\n1699999951,q\n1699999952,p\n1699999949.1,q\n", {
    ...ROWS,
    dtype: "float64",
  });
  assertEquals(far.warnings, []);
  const single = await load(text, { ...ROWS, dtype: "float32" });
  const rounded = Math.fround(1699999950);
  assertEquals(rowsOf(single), [
    `${Math.fround(0.1)}:1`,
    `${rounded}:0`,
    `${rounded}:0`,
    `${rounded}:1`,
  ]);
  assertEquals(single.warnings, [{
    code: "merged_numbers",
    where: 'column "t"',
    message:
      '"1699999950" on line 2 and "1699999951" on line 3 are one number in float32, which keeps 2 of 4 ' +
      "distinct numbers apart",
  }]);
});

Deno.test("loadCsv() warns of columns that count the rows, and of noise beyond float32, once of a kind", async () => {
  const number = (row: number) => row === 3 ? 0.42857143 : row / 7;
  const rows = Array.from(
    { length: 20 },
    (_, row) => `${row + 1},${number(row)},${number(row)},${"pq"[row % 2]}`,
  );
  const { warnings } = await load(`n,x,z,y\n${rows.join("\n")}\n21,${3 / 7},${3 / 7},p\n`, ROWS);
  assertEquals(warnings, [
    {
      code: "merged_numbers",
      where: 'column "x" and 1 more column',
      message:
        '"0.42857143" on line 5 and "0.42857142857142855" on line 22 are one number in float32, which ' +
        "keeps 20 of 21 distinct numbers apart",
    },
    {
      code: "row_numbers",
      where: 'column "n"',
      message: "it counts the rows: if it is an index, a net learns the order of the file from it",
    },
  ]);
});

Deno.test("loadCsv() warns of numbers whose digits are lost beside one that is far from all", async () => {
  const rows = (marks: readonly number[]) =>
    Array.from(
      { length: 30 },
      (_, row) => `${marks.includes(row) ? "-1e20" : row / 4},${row / 8},${"pq"[row % 2]}`,
    );
  const sizes = { train: 28, validation: 1, test: 1 };
  const { warnings } = await load(`x,z,y\n${rows([1, 2, 3]).join("\n")}\n`, sizes);
  assertEquals(warnings, [{
    code: "merged_numbers",
    where: 'column "x"',
    message:
      'less the mean of the training split, "0" on line 2 and "1" on line 6 are one number in float32, which ' +
      "keeps 2 of 28 distinct numbers apart: other numbers of the column are too large beside them",
  }]);
  assertEquals((await load(`x,z,y\n${rows([]).join("\n")}\n`, sizes)).warnings, []);
});

const bad: readonly {
  readonly text: string | Uint8Array;
  readonly fields?: Partial<CsvDatasetFields>;
  readonly message: string;
}[] = [
  {
    text: "a,y,b\n1,p,2\n\n3,q,\n",
    message: 'Cannot read data: t.csv line 4, column "b": a feature must be a number, found ""',
  },
  {
    text: 'a,y,b\n1,"p",2\n0x10,q,1\n',
    message: 'Cannot read data: t.csv line 3, column "a": a feature must be a number, found "0x10"',
  },
  {
    text: 'a,y,"b\n\nb"\n1,p,NaN\n',
    message: 'Cannot read data: t.csv line 4, column "b\\n\\nb": a feature must be a number, found "NaN"',
  },
  {
    text: "a,y\n1e39,p\n",
    message: 'Cannot read data: t.csv line 2, column "a": a feature must be within float32, found "1e39"',
  },
  {
    text: "a,y\n1,p\n2,P\n",
    message:
      'Cannot read data: t.csv line 3, column "y": a label must be one of "p", "q", found "P"; "p" differs by capital letters only',
  },
  {
    text: "a,y\n1,p\n2\n",
    message: "Cannot read data: t.csv line 3: a row must have 2 fields as the header has, found 1",
  },
  {
    text: "a,b\n1,p\n",
    message: 'Cannot read data: t.csv line 1: a column must be the label "y", found "a", "b"',
  },
  { text: "", message: 'Cannot read data: t.csv line 1: a column must be the label "y"' },
  {
    text: "y\np\n",
    message: 'Cannot read data: t.csv line 1: a column must be a feature, found the label "y" alone',
  },
  {
    text: "a,a,y\n",
    message: 'Cannot read data: t.csv line 1: a column must be named once, found "a" twice',
  },
  {
    text: 'a,y\n1"2,p\n',
    message: 'Cannot read data: t.csv: Syntax error on line 2; parse error on line 2, column 2: bare " in ' +
      "non-quoted-field",
  },
  {
    text: "a,y\n1,p\n2,q\n",
    message:
      "Cannot read data: t.csv: data.train + data.validation + data.test must be at most its 2 rows, found 3",
  },
  ...[
    ["\xff\xfea\0,\0", 'UTF-16; declare encoding: "utf-16le", or save it as UTF-8'],
    ["\xfe\xff\0a\0,", 'UTF-16; declare encoding: "utf-16be", or save it as UTF-8'],
    ["a\0,\0y\0\n\0", 'UTF-16; declare encoding: "utf-16le", or save it as UTF-8'],
    ["\0a\0,\0y\0\n", 'UTF-16; declare encoding: "utf-16be", or save it as UTF-8'],
    ["\x1f\x8b\x08", "a gzip file; the name of such a file must end in .gz"],
    ["PK\x03\x04", "a ZIP file, as .xlsx is one; save it as CSV"],
  ].map(([bytes, found]) => ({
    text: Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)),
    message: `Cannot read data: t.csv must be UTF-8 text, found ${found}`,
  })),
  {
    text: "a,y\r1,p\r2,q\r",
    message:
      "Cannot read data: t.csv must end its lines in LF or CRLF, found CR alone; save it with other line ends",
  },
  {
    text: "a;y\n1;p\n",
    message:
      'Cannot read data: t.csv line 1: a column must be the label "y", found "a;y"; if ";" separates its fields, ' +
      'declare separator: ";"',
  },
  {
    text: "# made by hand\na,y\n1,p\n",
    message:
      "Cannot read data: t.csv line 2: a row must have 1 fields as the header has, found 2; if its first line is " +
      'a comment, declare comment: "#", or take it out of the file',
  },
  {
    text: "a,y\n1,01\n",
    fields: { classes: ["1", "2"] },
    message:
      'Cannot read data: t.csv line 2, column "y": a label must be one of "1", "2", found "01"; "1" differs by how ' +
      "the number is written only",
  },
  {
    text: "a,y\n1,\u0440\n",
    message:
      'Cannot read data: t.csv line 2, column "y": a label must be one of "p", "q", found "\u0440"; "p" differs by ' +
      "letters of another alphabet that look alike only",
  },
  {
    text: ",x,y\n0,1.5,p\n",
    message:
      'Cannot read data: t.csv line 1: column 1 must have a name, found ""; it is probably a data frame\'s ' +
      "index, which pandas leaves out by to_csv(..., index=False) and R by write.csv(..., row.names = FALSE)",
  },
  {
    text: "x,y, \n1.5,p,\n",
    message:
      'Cannot read data: t.csv line 1: column 3 must have a name, found " "; the line probably ends in a separator ' +
      "too many",
  },
  {
    text: "1,14.2,1.7\n1,13.2,1.8\n",
    fields: { label: "1" },
    message:
      'Cannot read data: t.csv line 1: the columns must be named, found numbers, "1", "14.2", "1.7"; if the ' +
      "file has no header, declare header: false (its columns are then column1 to column3) or header: [...] with " +
      "their names, and if these are the names, header: true",
  },
  {
    text: "5.1,3.5,p\n4.9,3,q\n",
    fields: { label: "p" },
    message:
      'Cannot read data: t.csv line 1: the columns must be named, found numbers, "5.1", "3.5", "p"; if the ' +
      "file has no header, declare header: false (its columns are then column1 to column3) or header: [...] with " +
      "their names, and if these are the names, header: true",
  },
  {
    text: "0,1,0\n1,1,1\n",
    fields: { label: "0" },
    message:
      'Cannot read data: t.csv line 1: the columns must be named, found numbers, "0", "1", "0"; if the ' +
      "file has no header, declare header: false (its columns are then column1 to column3) or header: [...] with " +
      "their names, and if these are the names, header: true",
  },
  {
    text: "1000025,5,1,1,?,2\n1002945,5,4,4,5,2\n",
    fields: { label: "2" },
    message:
      'Cannot read data: t.csv line 1: the columns must be named, found numbers, "1000025", "5", "1", "1", "?", ' +
      '"2"; if the file has no header, declare header: false (its columns are then column1 to column6) or ' +
      "header: [...] with their names, and if these are the names, header: true",
  },
  {
    text: "country,1990,1991,y\nx,1,2,p\n",
    message: 'Cannot read data: t.csv line 2, column "country": a feature must be a number, found "x"',
  },
  {
    text: "1,p\n2,q\n",
    fields: { header: ["a", "b", "y"] },
    message: "Cannot read data: t.csv line 1: it must have the 3 columns that data.header names, found 2",
  },
  {
    text: "a, y\n1,p\n",
    message:
      'Cannot read data: t.csv line 1: a column must be the label "y", found "a", " y"; " y" differs by blanks only',
  },
  {
    text: "a,e\u0301\n1,p\n",
    fields: { label: "\u00e9" },
    message:
      'Cannot read data: t.csv line 1: a column must be the label "\u00e9", found "a", "e\u0301"; "e\u0301" ' +
      "differs by how its accents are written (Unicode NFC or NFD) only",
  },
  {
    text: `${Array.from({ length: 20000 }, (_, i) => `feature${i}`)}\n`,
    message:
      'Cannot read data: t.csv line 1: a column must be the label "y", found "feature0", "feature1", ' +
      '"feature2", "feature3", "feature4", "feature5", "feature6", "feature7" and 19992 more',
  },
  {
    text: "id,x,t,y\n16777216,1,1700000000.25,p\n16777217,2,1700000000.5,q\n3,3,1700000001,q\n",
    message:
      'Cannot use data: t.csv: column "id": "16777216" on line 2 and "16777217" on line 3 are one number in ' +
      'float32, which keeps 2 of 3 distinct numbers apart; column "t": "1700000000.25" on line 2 and "1700000000.5" ' +
      'on line 3 are one number in float32, which keeps 1 of 3 distinct numbers apart; declare dtype: "float64" ' +
      'in csvDataset to keep them apart, or dtype: "float32" to have them rounded',
  },
  {
    text: "id,y\n1234567890123456788,p\n1234567890123456789,q\n1234567890123456788,q\n",
    message:
      'Cannot use data: t.csv: column "id": "1234567890123456789" on line 3 and "1234567890123456788" on ' +
      "line 4 are one number in float32, which keeps 1 of 2 distinct numbers apart; subtract what they have in " +
      'common or leave the column out, or dtype: "float32" to have them rounded',
  },
  {
    text: Uint8Array.of(0x61, 0xff),
    message:
      "Cannot read data: t.csv must be UTF-8 text, found other bytes; if it has letters with accents, declare its " +
      'encoding, such as encoding: "windows-1252", or save it as UTF-8',
  },
];

for (const { text, fields, message } of bad) {
  Deno.test(`loadCsv() throws when the file is wrong: ${message.replaceAll("\n", " ")}`, async () => {
    const error = await assertRejects(() => load(text, fields), InputError);
    assertEquals(error.message, message);
  });
}

Deno.test("loadCsv() throws when there is no file", async () => {
  const error = await assertRejects(() => load("", { file: "other.csv" }), InputError);
  assertEquals(
    error.message.replace(/not found: .*[\\/]/, "not found: "),
    "Cannot read data: other.csv must be a file in the experiment's folder; file not found: other.csv",
  );
});

Deno.test("loadCsv() throws when a field is longer than any name or number, and makes no text of it", async () => {
  const long = "1".repeat(1_048_577);
  const cases: readonly (readonly [text: string, line: number])[] = [
    [`a,y\n1,p\n${long},q\n`, 3],
    [`a,y\n1,p\n"${long.replaceAll("1", "\n")}",q\n`, 3],
    [`a,${long}\n1,p\n`, 1],
    [`a,y\n"1,p\n${"2,q\n".repeat(300_000)}`, 2],
  ];
  for (const [text, line] of cases) {
    const error = await assertRejects(() => load(text), InputError);
    assertEquals(
      error.message,
      `Cannot read data: t.csv line ${line}: a field must have at most 1048576 bytes, found more`,
    );
  }
});

Deno.test(
  "loadCsv() throws when the file is longer than any text",
  inFolder(async (baseDir) => {
    await Deno.writeTextFile(`${baseDir}/t.csv`, "a,y\n1,p\n");
    // The disk keeps no byte of what is not written.
    await Deno.truncate(`${baseDir}/t.csv`, 2 ** 40);
    const sizes = { train: 1, validation: 1, test: 1 };
    const spec = csvDataset({ file: "t.csv", label: "y", classes: ["p", "q"], ...sizes });
    const error = await assertRejects(() => loadDataset(spec, { baseDir }), InputError);
    assertEquals(
      error.message,
      `Cannot read ${baseDir}/t.csv: it must have at most 536870888 bytes, found ${2 ** 40}`,
    );
  }),
);
