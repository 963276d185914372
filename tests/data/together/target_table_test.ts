// Several sources together: tables with numbers or several labels to predict, from their rows to splits and folds.
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { foldRows } from "../../../lib/data/folds/fold_rows.ts";
import { parquetWriteBuffer } from "../reading/values/parquet_writer.ts";
import { loadTexts, type TextFields } from "../table/load_texts.ts";

const NUMBERS = { target: ["price", "area"] } as const;
const LABELS = { labels: ["rain", "wind"] } as const;

/** The text of a table whose cells are functions of the row. */
function csv(
  count: number,
  columns: Readonly<Record<string, (row: number) => string | number>>,
): string {
  const rows = Array.from({ length: count }, (_, row) => Object.values(columns).map((cell) => cell(row)));
  return [Object.keys(columns), ...rows].map((row) => row.join(",")).join("\n") + "\n";
}

const COLUMNS = {
  x: (row: number) => row % 7,
  price: (row: number) => (row * 37 % 101) * 1.5 - 20,
  area: (row: number) => row * 13 % 17,
  rain: (row: number) => ["no", "Yes", "0", "true"][row % 4],
  wind: (row: number) => row % 3 === 0 ? 1 : 0,
};

function rowsOf({ n, targets }: Split, width: number): readonly (readonly number[])[] {
  return Array.from({ length: n }, (_, row) => [...targets!.subarray(row * width, (row + 1) * width)]);
}

/** Returns the mean and the standard deviation of a column, in another way than Seedbed. */
function naiveScale(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  return { offset: mean, divisor: Math.sqrt(variance) };
}

function assertClose(found: number, wanted: number, what = ""): void {
  assert(Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted)), `${what} ${found} ${wanted}`);
}

function assertScales({ targets }: Dataset, rows: readonly (readonly number[])[]): void {
  targets!.scales.forEach(({ offset, divisor }, index) => {
    const wanted = naiveScale(rows.map((row) => row[index]));
    assertClose(offset, wanted.offset, "offset");
    assertClose(divisor, wanted.divisor, "divisor");
  });
}

Deno.test("loadTable() keeps numbers in their own units, no features of them, and scales of the training rows", async () => {
  const dataset = await loadTexts({ "t.csv": csv(50, COLUMNS) }, {
    ...NUMBERS,
    drop: ["rain", "wind"],
  });
  assertEquals(dataset.featureNames, ["x"]);
  assertEquals([dataset.numClasses, dataset.classNames], [1, []]);
  assertEquals([dataset.targets!.kind, dataset.targets!.names], ["numbers", ["price", "area"]]);
  for (const split of [dataset.train, dataset.validation, dataset.test]) {
    assertEquals(
      rowsOf(split, 2),
      Array.from(split.lines!, (line) => [COLUMNS.price(line - 2), COLUMNS.area(line - 2)]),
    );
    assertEquals(split.labels, new Int32Array(split.n));
    assert(split.targets!.buffer instanceof SharedArrayBuffer);
  }
  assertScales(dataset, rowsOf(dataset.train, 2));
});

Deno.test("loadTable() has columns of a target in the order of the declaration, whatever that of the file", async () => {
  const of = async (target: readonly string[]) =>
    (await loadTexts({ "t.csv": csv(50, COLUMNS) }, { target, drop: ["rain", "wind"] })).train;
  const [forward, backward] = [await of(["price", "area"]), await of(["area", "price"])];
  assertEquals(rowsOf(forward, 2), rowsOf(backward, 2).map(([area, price]) => [price, area]));
});

Deno.test("loadTable() reads labels of every spelling as 0 and 1, and does not scale them", async () => {
  const dataset = await loadTexts({ "t.csv": csv(50, COLUMNS) }, { ...LABELS, drop: ["price", "area"] });
  assertEquals(dataset.targets, {
    kind: "labels",
    names: ["rain", "wind"],
    scales: [{ offset: 0, divisor: 1 }, { offset: 0, divisor: 1 }],
  });
  for (const split of [dataset.train, dataset.validation, dataset.test]) {
    assertEquals(
      rowsOf(split, 2),
      Array.from(split.lines!, (line) => [(line - 2) % 2, Number((line - 2) % 3 === 0)]),
    );
  }
});

Deno.test("loadTable() learns the same scales when rows that are not for training hold any other numbers", async () => {
  const fields = { ...NUMBERS, drop: ["rain", "wind"] };
  const whole = await loadTexts({ "t.csv": csv(50, COLUMNS) }, fields);
  const trained = new Set(whole.train.lines);
  const poison = (row: number) => row % 2 === 0 ? 1e150 : -3;
  const other = await loadTexts({
    "t.csv": csv(50, {
      ...COLUMNS,
      price: (row) => trained.has(row + 2) ? COLUMNS.price(row) : poison(row),
      area: (row) => trained.has(row + 2) ? COLUMNS.area(row) : poison(row),
    }),
  }, fields);
  assertEquals([other.targets, other.train], [whole.targets, whole.train]);
  assertNotEquals(other.validation.targets, whole.validation.targets);
});

Deno.test("foldDataset() learns the scales of the rows that the fold trains on alone, for raw features too", async () => {
  const fields = { ...NUMBERS, drop: ["rain", "wind"], folds: 4 };
  const whole = await loadTexts({ "t.csv": csv(50, COLUMNS) }, fields);
  const seen = new Set<string>();
  for (let fold = 0; fold < 4; fold++) {
    const own = foldDataset(whole, { folds: 4, fold });
    assertScales(own, rowsOf(own.train, 2));
    seen.add(JSON.stringify(own.targets));
    const { raw: _, ...plain } = whole;
    assertEquals(foldDataset(plain, { folds: 4, fold }).targets, own.targets);
    for (const split of [own.train, own.validation, own.test]) {
      assertEquals(
        rowsOf(split, 2),
        Array.from(split.lines!, (line) => [COLUMNS.price(line - 2), COLUMNS.area(line - 2)]),
      );
    }
    const { train } = foldRows(whole, { folds: 4, fold });
    const lines = [...whole.train.lines!, ...whole.validation.lines!];
    const trained = new Set(Array.from(train, (row) => lines[row]));
    const poisoned = await loadTexts({
      "t.csv": csv(50, { ...COLUMNS, price: (row) => trained.has(row + 2) ? COLUMNS.price(row) : row ** 9 }),
    }, fields);
    assertEquals(foldDataset(poisoned, { folds: 4, fold }).targets, own.targets);
  }
  assertEquals(seen.size, 4);
});

Deno.test("foldDataset() keeps labels as they are, and the weights of rows beside them", async () => {
  const dataset = await loadTexts({ "t.csv": csv(60, { ...COLUMNS, w: (row) => row + 1 }) }, {
    ...LABELS,
    drop: ["price", "area"],
    folds: 3,
    weight: "w",
  });
  for (let fold = 0; fold < 3; fold++) {
    const { train, validation, targets } = foldDataset(dataset, { folds: 3, fold });
    assertEquals(targets, dataset.targets);
    for (const split of [train, validation]) {
      assertEquals(
        rowsOf(split, 2),
        Array.from(split.lines!, (line) => [line % 2, Number((line - 2) % 3 === 0)]),
      );
      assertEquals([...split.weights!], Array.from(split.lines!, (line) => line - 1));
    }
  }
});

Deno.test("loadTable() keeps groups in one split, and divides by time, where a number is predicted", async () => {
  const fields = { ...NUMBERS, drop: ["rain", "wind"] };
  const grouped = await loadTexts({ "t.csv": csv(60, { ...COLUMNS, g: (row) => `g${row % 12}` }) }, {
    ...fields,
    groups: "g",
  });
  const groupsOf = (split: Split) => new Set(Array.from(split.lines!, (line) => (line - 2) % 12));
  const [train, validation, test] = [grouped.train, grouped.validation, grouped.test].map(groupsOf);
  assertEquals([train.intersection(validation).size, train.intersection(test).size], [0, 0]);
  const timed = await loadTexts({ "t.csv": csv(60, { ...COLUMNS, t: (row) => 1000 - row }) }, {
    ...fields,
    byTime: "t",
  });
  assert(Math.min(...timed.train.lines!) > Math.max(...timed.validation.lines!));
  assert(Math.min(...timed.validation.lines!) > Math.max(...timed.test.lines!));
});

Deno.test("loadTable() leaves out rows that lack any of the targets when that is declared, and counts them", async () => {
  const lacking = {
    ...COLUMNS,
    price: (row: number) => row % 10 === 3 ? "?" : COLUMNS.price(row),
    area: (row: number) => row % 10 === 3 || row % 20 === 7 ? "" : COLUMNS.area(row),
    rain: (row: number) => row % 10 === 1 ? "?" : COLUMNS.rain(row),
  };
  const missing = { markers: ["?"], label: "dropRow" } as const;
  const numbers = await loadTexts({ "t.csv": csv(40, lacking) }, {
    ...NUMBERS,
    missing,
    drop: ["rain", "wind"],
  });
  const total = ({ train, validation, test }: Dataset) => train.n + validation.n + test.n;
  assertEquals(total(numbers), 34);
  assertEquals(
    numbers.notes![0],
    "t.csv: 40 rows, of which 6 lack a target or a value and are left out.",
  );
  const labels = await loadTexts({ "t.csv": csv(40, lacking) }, {
    ...LABELS,
    missing,
    drop: ["price", "area"],
  });
  assertEquals(total(labels), 36);
  assertEquals(
    labels.notes![0],
    "t.csv: 40 rows, of which 4 lack a label or a value and are left out.",
  );
});

Deno.test("loadTable() gives no warning of a label, a class or an id for targets", async () => {
  const { warnings = [] } = await loadTexts({
    "t.csv": csv(60, { copy: (row) => row * 1.7, price: (row) => row * 1.7, area: (row) => row }),
  }, NUMBERS);
  assertEquals(warnings, []);
});

const WRONG: readonly (readonly [string, string, TextFields, string])[] = [
  [
    "a target is a text",
    csv(30, { ...COLUMNS, price: (row) => row === 4 ? "cheap" : row }),
    { target: "price" },
    'Cannot read data: t.csv line 6, column "price": a field must be a number, found "cheap"; if it stands for a missing value, declare missing: { markers: ["cheap"] }',
  ],
  [
    "a target is infinite",
    csv(30, { ...COLUMNS, price: (row) => row === 4 ? "1e999" : row }),
    { target: "price" },
    'Cannot read data: t.csv line 6, column "price": a field must be within float64, found "1e999"',
  ],
  [
    "a target is missing",
    csv(30, { ...COLUMNS, area: (row) => row === 5 ? "" : row }),
    NUMBERS,
    'Cannot read data: t.csv line 7, column "area": a row must have a target, found none; declare missing: { label: "dropRow" } to leave out such rows',
  ],
  [
    "a label is missing",
    csv(30, { ...COLUMNS, wind: (row) => row === 5 ? "" : row % 2 }),
    LABELS,
    'Cannot read data: t.csv line 7, column "wind": a row must have a label, found none; declare missing: { label: "dropRow" } to leave out such rows',
  ],
  [
    "a label is no truth value",
    csv(30, { ...COLUMNS, rain: (row) => row === 7 ? "maybe" : "no" }),
    LABELS,
    'Cannot read data: t.csv line 9, column "rain": a label of data.labels must be a truth value, such as 0 and 1, found "maybe"',
  ],
  [
    "a label is another number",
    csv(30, { ...COLUMNS, wind: (row) => row === 7 ? 2 : 1 }),
    LABELS,
    'Cannot read data: t.csv line 9, column "wind": a label of data.labels must be a truth value, such as 0 and 1, found "2"',
  ],
  [
    "all numbers of a target are the same",
    csv(30, { ...COLUMNS, area: () => 0.1 }),
    NUMBERS,
    'Cannot use data: the target "area" must have different numbers in the training rows, found 0.1 in all of them',
  ],
  [
    "numbers of a target are too large to add",
    csv(30, { ...COLUMNS, price: (row) => row % 2 === 0 ? 1e300 : -1e300 }),
    { target: "price" },
    'Cannot use data: column "price" has numbers that are too large to scale; if one of them marks missing values, declare it in missing.markers',
  ],
  [
    "a target is no column",
    csv(30, COLUMNS),
    { target: ["price", "areas"] },
    'Cannot read data: t.csv: a column must be "areas", which data.target names, found "x", "price", "area", "rain", "wind"',
  ],
  [
    "no column is left",
    csv(30, { price: COLUMNS.price, area: COLUMNS.area }),
    NUMBERS,
    'Cannot use data: a column must be a feature, found the target "price", "area" alone',
  ],
];

for (const [when, text, fields, message] of WRONG) {
  Deno.test(`loadTable() throws when ${when}`, async () => {
    const error = await assertRejects(() => loadTexts({ "t.csv": text }, fields), InputError);
    assertEquals(error.message, message);
  });
}

Deno.test("loadTable() throws when the training rows of a fold have one number alone", async () => {
  // All numbers differ from 1 in rows of one group, which is one fold.
  const text = csv(40, {
    x: (row) => row,
    g: (row) => `g${row % 4}`,
    price: (row) => row % 4 === 2 ? row : 1,
  });
  const fields = { target: "price", groups: "g", folds: 2, test: 10, validation: 10 } as const;
  await assertRejects(
    () => loadTexts({ "t.csv": text }, fields),
    InputError,
    'Cannot use data: the target "price" must have different numbers in the training rows, found 1 in all of them',
  );
});

const VALUES = Array.from({ length: 40 }, (_, row) => ({
  x: row % 7,
  price: row === 3 ? null : row * 0.1,
  rain: row % 3 === 0,
  wind: row === 5 ? null : row % 2,
}));

Deno.test("loadTable() reads targets of JSON and Parquet as those of text: numbers, truth values, and rows without", async () => {
  const file = { x: [], price: [], rain: [], wind: [] } as Record<string, (number | boolean | null)[]>;
  for (const row of VALUES) for (const [name, value] of Object.entries(row)) file[name].push(value);
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: "x", data: file.x, type: "DOUBLE" },
      { name: "price", data: file.price, type: "DOUBLE", nullable: true },
      { name: "rain", data: file.rain, type: "BOOLEAN" },
      { name: "wind", data: file.wind, type: "INT32", nullable: true },
    ],
  });
  const text = [
    Object.keys(VALUES[0]),
    ...VALUES.map((row) => Object.values(row).map((value) => value ?? "")),
  ];
  const files = {
    "t.csv": text.map((row) => row.join()).join("\n") + "\n",
    "t.json": JSON.stringify(VALUES),
    "t.parquet": new Uint8Array(parquet),
  };
  const missing = { label: "dropRow" } as const;
  for (
    const fields of [{ target: "price", drop: ["rain", "wind"] }, {
      labels: ["rain", "wind"],
      drop: ["price"],
    }] as const
  ) {
    const loaded = [];
    for (const [name, content] of Object.entries(files)) {
      const { train, validation, test, targets } = await loadTexts({ [name]: content }, {
        ...fields,
        missing,
      });
      loaded.push([targets, train.targets, validation.targets, test.targets, train.x]);
    }
    assertEquals(loaded[1], loaded[0]);
    assertEquals(loaded[2], loaded[0]);
    assertEquals((loaded[0][1] as Float64Array).some(Number.isNaN), false);
  }
});

Deno.test("loadTable() throws at a number of Parquet that is infinite, and at a text of JSON that is a target", async () => {
  const columnsWith = (value: number) =>
    new Uint8Array(parquetWriteBuffer({
      columnData: [
        { name: "x", data: VALUES.map(({ x }) => x), type: "DOUBLE" },
        { name: "price", data: VALUES.map((_, row) => row === 3 ? value : row), type: "DOUBLE" },
      ],
    }));
  for (const value of [Infinity, -Infinity]) {
    await assertRejects(
      () => loadTexts({ "t.parquet": columnsWith(value) }, { target: "price" }),
      InputError,
      'column "price"',
    );
  }
  await assertRejects(
    () => loadTexts({ "t.parquet": columnsWith(NaN) }, { target: "price" }),
    InputError,
    'column "price": a row must have a target, found none',
  );
  const texts = JSON.stringify(VALUES.map((row, at) => ({ ...row, price: at === 3 ? "cheap" : at })));
  await assertRejects(
    () => loadTexts({ "t.json": texts }, { target: "price", drop: ["rain", "wind"] }),
    InputError,
    'column "price": a field must be a number, found "cheap"',
  );
});
