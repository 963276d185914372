import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { foldRows } from "../../../lib/data/folds/fold_rows.ts";
import { loadTexts as load, type TextFields as Fields } from "./load_texts.ts";

/** Rows of a table with every kind of column; a third of each class. */
function rowsOf(count: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, row) => [
    String(1000 + row),
    row % 7 === 3 ? "" : String((row * 13) % 29 / 2),
    ["red", "green", "blue"][(row * 5) % 3],
    row % 4 === 0 ? "yes" : "no",
    `2024-0${1 + row % 9}-1${row % 9}`,
    `k${row % 3}`,
  ]);
}

const HEADER = "id,size,colour,alive,day,kind";

function csv(rows: readonly (readonly string[])[], header = HEADER): string {
  return `${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`;
}

const FIELDS = { label: "kind", drop: ["id"] } as const;

Deno.test("loadTable() finds the kind of each column and divides the rows by class when nothing is declared", async () => {
  const { train, validation, test, ...dataset } = await load({ "t.csv": csv(rowsOf(60)) }, FIELDS);
  assertEquals(
    dataset.featureNames,
    ["size", "size is missing", "colour=blue", "colour=green", "colour=red", "alive", "day.days"]
      .filter((name) => name !== "size is missing"),
  );
  assertEquals([train.n, validation.n, test.n, dataset.inputDim], [36, 12, 12, 6]);
  assertEquals(dataset.classNames, ["k0", "k1", "k2"]);
  for (const { labels } of [train, validation, test]) {
    assertEquals(
      [0, 1, 2].map((label) => labels.filter((own) => own === label).length),
      [0, 1, 2].map(() => labels.length / 3),
    );
  }
  const kinds = dataset.preparation!.columns.map(({ name, kind }) => `${name}: ${kind}`);
  assertEquals(kinds, ["size: numeric", "colour: categorical", "alive: boolean", "day: date"]);
});

Deno.test("loadTable() learns the same bits when rows that are not for training hold anything else", async () => {
  const rows = rowsOf(60);
  const whole = await load({ "t.csv": csv(rows) }, FIELDS);
  const trained = new Set(whole.train.lines);
  const poisoned = rows.map((row, index) =>
    trained.has(index + 2)
      ? row
      : [row[0], index % 2 === 0 ? "1e30" : "", "poison", "no", "1700-01-01", row[5]]
  );
  const other = await load({ "t.csv": csv(poisoned) }, FIELDS);
  assertEquals(other.preparation, whole.preparation);
  assertEquals([other.train, other.mean], [whole.train, whole.mean]);
});

Deno.test("foldDataset() learns the same bits of a table when the rows that the fold validates hold anything else", async () => {
  const rows = rowsOf(60);
  const fields = { ...FIELDS, folds: 4 };
  const whole = await load({ "t.csv": csv(rows) }, fields);
  for (let fold = 0; fold < 4; fold++) {
    const own = foldDataset(whole, { folds: 4, fold });
    const trained = new Set(own.train.lines);
    const poisoned = rows.map((row, index) =>
      trained.has(index + 2) ? row : [row[0], "-1e30", "poison", "no", "1700-01-01", row[5]]
    );
    const other = foldDataset(await load({ "t.csv": csv(poisoned) }, fields), { folds: 4, fold });
    assertEquals(other.preparation, own.preparation);
    assertEquals([other.train, other.mean, other.inputDim], [own.train, own.mean, own.inputDim]);
    assertEquals(foldRows(whole, { folds: 4, fold }).validation.length, own.validation.n);
  }
});

Deno.test("loadTable() takes the test rows of files of their own, and joins labels that differ", async () => {
  const dataset = await load({ "t.csv": "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n", "u.csv": "x,y\n6,a.\n7,b.\n" }, {
    ...{ label: "y", testFile: "u.csv", merge: { a: ["a."], b: ["b."] }, validation: 2, scaling: "none" },
  });
  assertEquals([dataset.train.n, dataset.validation.n, [...dataset.test.x]], [3, 2, [6, 7]]);
  assertEquals([dataset.classNames, [...dataset.test.labels]], [["a", "b"], [0, 1]]);
});

Deno.test("loadTable() takes splits from a column, and validation rows from those for training when the column has none", async () => {
  const text =
    "x,part,y\n1,train,a\n2,test,b\n3,train,b\n4,train,a\n5,test,a\n6,train,b\n7,train,a\n8,train,b\n";
  const { train, validation, test } = await load({ "t.csv": text }, {
    ...{ label: "y", splitColumn: "part", validation: 2, scaling: "none" },
  });
  assertEquals([train.n, validation.n, [...test.x]], [4, 2, [2, 5]]);
});

Deno.test("loadTable() gives later rows to later splits when a column says their time", async () => {
  const days = Array.from(
    { length: 20 },
    (_, row) => `2024-01-${String(1 + (row * 7) % 20).padStart(2, "0")}`,
  );
  const text = `day,x,y\n${
    days.map((day, row) => `${day},${Number(day.slice(8))},${"ab"[row % 2]}`).join("\n")
  }\n`;
  const fields = { label: "y", byTime: "day", drop: ["day"], scaling: "none" } as const;
  const { train, validation, test, featureNames } = await load({ "t.csv": text }, fields);
  assertEquals(featureNames, ["x"]);
  assertEquals([train, validation, test].map(({ x }) => [...x].sort((a, b) => a - b)), [
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [13, 14, 15, 16],
    [17, 18, 19, 20],
  ]);
});

Deno.test("loadTable() leaves out rows that lack a label or a required value when that is declared", async () => {
  const text = "x,t,y\n1,a,p\n,a,q\n3,,p\n4,b,\n5,b,q\n6,a,p\n7,a,q\n8,b,p\n";
  const dataset = await load({ "t.csv": text }, {
    label: "y",
    missing: { numeric: "dropRow", categorical: "dropRow", label: "dropRow" },
    ...{ train: 2, validation: 1, test: 2, scaling: "none" },
  });
  const all = [dataset.train, dataset.validation, dataset.test].flatMap(({ lines }) => [...lines!]);
  assertEquals(all.sort(), [2, 6, 7, 8, 9]);
});

Deno.test("loadTable() warns of what is suspicious", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, row) =>
      [7000 + row * 3, row % 2 === 0 ? "no" : "yes", row % 4, 5, row < 4 ? "?" : "u", `c${row % 2}`].map(
        String,
      ),
  );
  const { warnings = [] } = await load({ "t.csv": csv(rows, "id,alive,part,same,mark,y") }, { label: "y" });
  assertEquals(warnings.map(({ code, where }) => `${code}: ${where}`), [
    'label_copy: column "alive"',
    'label_determined: column "part"',
    'id_column: column "id"',
    'constant_column: column "same"',
    'unmarked_missing: column "mark"',
  ]);
});

Deno.test("loadTable() warns of rows that splits share, of rare classes and of categories that no training row has", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, row) => [String(row % 5), row < 3 ? `only${row}` : "t", row < 3 ? "r" : `c${row % 2}`],
  );
  const { warnings = [], test } = await load({ "t.csv": csv(rows, "x,t,y") }, { label: "y" });
  const codes = new Set(warnings.map(({ code }) => code));
  assertEquals(
    codes.has("shared_rows") && codes.has("rare_class") && codes.has("unseen_category"),
    true,
    JSON.stringify(warnings),
  );
  const shared = warnings.find(({ code, where }) => code === "shared_rows" && where === "test split");
  assertEquals(
    shared?.message.startsWith(`${test.n - 1} of its ${test.n} rows have the features of a training row`),
    true,
    shared?.message,
  );
});

const WRONG: readonly (readonly [string, string, Fields, string])[] = [
  [
    "the label is no column",
    "x,y\n1,a\n",
    { label: "Y" },
    'Cannot read data: t.csv: a column must be "Y", which data.label names, found "x", "y"; "y" differs by capital letters only',
  ],
  [
    "a dropped column is none",
    "x,y\n1,a\n",
    { label: "y", drop: ["z"] },
    'Cannot read data: t.csv: a column must be "z", which data.drop names, found "x", "y"',
  ],
  [
    "a label is blank",
    "x,y\n1,a\n2,\n3,b\n",
    { label: "y" },
    'Cannot read data: t.csv line 3, column "y": a row must have a label, found none; declare missing: { label: "dropRow" } to leave out such rows',
  ],
  [
    "a label is none of the classes",
    "x,y\n1,a\n2,c\n3,b\n",
    { label: "y", classes: ["a", "b"] },
    'Cannot read data: t.csv line 3, column "y": a label must be one of "a", "b", found "c"',
  ],
  [
    "there is one class",
    "x,y\n1,a\n2,a\n3,a\n",
    { label: "y" },
    'Cannot use data: the label "y" must have 2 to 1000 classes, found 1, "a"',
  ],
  [
    "the label is the only column",
    "y\na\nb\n",
    { label: "y" },
    'Cannot use data: a column must be a feature, found the label "y" alone',
  ],
  [
    "rows are too few for a split",
    "x,y\n1,a\n2,b\n",
    { label: "y" },
    "Cannot use data: data.validation must leave the split at least 1 of the 2 rows to divide, found 0",
  ],
  [
    "times are texts",
    "x,t,y\n1,early,a\n2,late,b\n3,late,b\n",
    { label: "y", byTime: "t" },
    'Cannot use data: data.byTime must name a column of dates or numbers, found "t", which has texts such as "early"; declare its format in data.columns',
  ],
];

for (const [when, text, fields, message] of WRONG) {
  Deno.test(`loadTable() throws when ${when}`, async () => {
    await assertRejects(() => load({ "t.csv": text }, fields), InputError, message);
  });
}

Deno.test("loadTable() takes the weights of rows from a column that is no feature, in folds too", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => [String(row), String(1 + row / 2), "ab"[row % 2]]);
  const fields = { label: "y", weight: "w", scaling: "none", folds: 4 } as const;
  const dataset = await load({ "t.csv": csv(rows, "x,w,y") }, fields);
  assertEquals(dataset.featureNames, ["x"]);
  const expected = (x: ArrayLike<number>) => Float64Array.from(x, (value) => 1 + value / 2);
  assertEquals(dataset.train.weights, expected(dataset.train.x));
  const own = foldDataset(dataset, { folds: 4, fold: 1 });
  assertEquals(own.train.weights, expected(own.train.x));
  await assertRejects(
    () => load({ "t.csv": "x,w,y\n1,1,a\n2,0,b\n3,1,a\n4,1,b\n5,1,a\n6,1,b\n" }, { label: "y", weight: "w" }),
    InputError,
    'Cannot read data: t.csv line 3, column "w": a weight must be a positive number, found 0',
  );
});

Deno.test("loadTable() calls the index of a data frame column1 when it has no name, in each file, and takes it for an id", async () => {
  const rows = (first: number) =>
    Array.from({ length: 30 }, (_, row) => [first + row, row % 4, "ab"[row % 2]].map(String));
  const files = { "t.csv": csv(rows(0), ",x,y"), "u.csv": csv(rows(30), ",x,y") };
  const dataset = await load(files, { label: "y", testFile: "u.csv" });
  assertEquals(dataset.featureNames, ["column1", "x"]);
  assertEquals(dataset.warnings?.find(({ code }) => code === "id_column")?.where, 'column "column1"');
  const [note] = dataset.notes!;
  assertEquals(note.includes('its first column without a name is "column1"'), true, note);
  const without = await load(files, { label: "y", testFile: "u.csv", drop: ["column1"] });
  assertEquals(without.featureNames, ["x"]);
});
