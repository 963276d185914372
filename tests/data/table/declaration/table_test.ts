import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { declaredData } from "../../../../lib/data/declared_data.ts";
import { table } from "../../../../lib/data/table/declaration/table.ts";
import type { TableFields } from "../../../../lib/data/table/declaration/table_fields.ts";

const FIELDS = { file: "t.csv", label: "y" } as const;

Deno.test("table() leaves out what confirms a default, so that it identifies the same data", () => {
  const confirmed = table({
    ...FIELDS,
    ...{ scaling: "standardize", unseen: "zero", stratify: true, dtype: "float32", seed: 0, drop: [] },
    missing: { numeric: "median", categorical: "indicator" },
    columns: {},
  });
  assertEquals(confirmed, table(FIELDS));
  assertEquals(table(FIELDS), { kind: "table", file: "t.csv", label: "y", seed: 0 });
});

Deno.test("table() takes a kind alone for a column, and a name alone for a column of splits", () => {
  const spec = table({
    ...FIELDS,
    columns: { a: "categorical", b: { kind: "ordinal", order: ["S", "M"] }, c: { missing: "mean" } },
    splitColumn: "s",
  });
  assertEquals(spec.columns, {
    a: { kind: "categorical" },
    b: { kind: "ordinal", order: ["S", "M"] },
    c: { missing: "mean" },
  });
  assertEquals(spec.splitColumn, { column: "s" });
});

Deno.test("table() returns a spec that is the same when it is declared again, and frozen", () => {
  const spec = table({
    ...FIELDS,
    file: ["a.csv", "b.csv"],
    classes: ["n", "y"],
    merge: { y: ["yes", "Y"] },
    missing: { markers: ["?"], numeric: { constant: 0 }, label: "dropRow" },
    columns: { d: { kind: "date", format: "DD.MM.YYYY", parts: ["year", "month"] } },
    ...{ drop: ["id"], groups: "g", folds: 5, validation: 0.1, test: 30, header: false, separator: ";" },
  });
  assertEquals(declaredData(spec, { action: "use data" }), spec);
  assertEquals([Object.isFrozen(spec), Object.isFrozen(spec.columns!.d.parts)], [true, true]);
});

const WRONG: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    "no file is given",
    { file: [] },
    "data.file must be a text that is not empty or a list of different paths, found []",
  ],
  [
    "a size is no count",
    { train: 1.5 },
    "data.train must be a count of rows from 1 on, or a fraction below 1, found 1.5",
  ],
  [
    "fractions add up to more than 1",
    { train: 0.8, validation: 0.2, test: 0.1 },
    "data.train, data.validation and data.test must add up to at most 1, found 1.1",
  ],
  [
    "a kind is unknown",
    { columns: { a: "text" } },
    'data.columns.a.kind must be "numeric", "categorical", "ordinal", "boolean" or "date", found "text"',
  ],
  [
    "an ordinal column has no order",
    { columns: { a: "ordinal" } },
    "data.columns.a.order must be a list of different texts",
  ],
  [
    "a field is of another kind",
    { columns: { a: { kind: "categorical", scaling: "robust" } } },
    "data.columns.a.scaling is not a field, the fields are kind, categories, missing, unseen",
  ],
  [
    "a date lacks its year",
    { columns: { a: { kind: "date", format: "DD.MM." } } },
    'data.columns.a.format must have YYYY, MM or M or MMM, and DD or D, such as "DD.MM.YYYY", found "DD.MM."',
  ],
  [
    "missing is filled in an unknown way",
    { missing: { numeric: "zero" } },
    'data.missing.numeric must be "mean", "median", "mostFrequent", "indicator" or "dropRow" or { constant: a number or a text }, found "zero"',
  ],
  [
    "the label is a group",
    { groups: "y" },
    'data.groups must name another column than data.label, found "y" for both',
  ],
  ["the label is dropped", { drop: ["y"] }, 'data.drop must name features only, found data.label, "y"'],
  [
    "a column is dropped and used",
    { drop: ["a"], only: ["a"] },
    'data.drop must name other columns than data.only, found "a" in both',
  ],
  [
    "a dropped column has a kind",
    { drop: ["a"], columns: { a: "date" } },
    'data.columns must name columns that are used, found "a", which data.drop names',
  ],
  [
    "a column has a kind that only leaves out",
    { only: ["b"], columns: { a: "date" } },
    'data.columns must name columns that are used, found "a", which data.only does not name',
  ],
  [
    "test rows are said twice",
    { testFile: "u.csv", test: 0.2 },
    "data.test must not be given with data.testFile, which says the test rows",
  ],
  [
    "splits are said twice",
    { testFile: "u.csv", splitColumn: "s" },
    "data.splitColumn must not be given with data.testFile: both say which rows are for the test",
  ],
  [
    "folds have times",
    { byTime: "t", folds: 3 },
    "data.byTime must not be given with data.folds, which deals rows of all times",
  ],
  [
    "two splits have one text",
    { splitColumn: { column: "s", test: "train" } },
    'data.splitColumn must have a text of its own for each split, found "train", "validation", "train"',
  ],
  [
    "a label is joined twice",
    { merge: { a: ["x"], b: ["x"] } },
    'data.merge must join a label into one class, found "x" in "a" and "b"',
  ],
  [
    "labels are joined into an unknown class",
    { classes: ["a", "b"], merge: { c: ["x"] } },
    'data.merge must join labels into classes of data.classes, found "c"',
  ],
  [
    "a file of a package has no digest",
    { file: "npm:vega-datasets@3.2.1/data/cars.json" },
    'data.sha256 must be given for a file of an npm package, "npm:vega-datasets@3.2.1/data/cars.json": the SHA-256 of its content',
  ],
  [
    "a package has no version",
    { file: "npm:vega-datasets/data/cars.json" },
    'data.file must be written as npm:NAME@VERSION/PATH, such as npm:vega-datasets@3.2.1/data/cars.json, found "npm:vega-datasets/data/cars.json"',
  ],
  [
    "a mark has two meanings",
    { separator: ";", comment: "#", quote: "#" },
    'data.quote must be another mark than data.comment, found "#" for both',
  ],
  [
    "the mark of thousands is that of a fraction",
    { decimalComma: true, thousands: "," },
    'data.thousands must be another mark than the one before a fraction, found "," for both',
  ],
];

for (const [when, fields, what] of WRONG) {
  Deno.test(`table() throws when ${when}`, () => {
    const declared = { ...FIELDS, ...fields } as TableFields;
    assertThrows(() => table(declared), InputError, `Cannot use data: ${what}`);
  });
}

Deno.test("table() takes one name or several for a target, and several for labels", () => {
  const file = "t.csv";
  assertEquals(table({ file, target: "a" }), { kind: "table", file, target: ["a"], seed: 0 });
  assertEquals(table({ file, target: ["b", "a"] }), { kind: "table", file, target: ["b", "a"], seed: 0 });
  assertEquals(table({ file, labels: ["b", "a"] }), { kind: "table", file, labels: ["b", "a"], seed: 0 });
  for (const spec of [table({ file, target: "a" }), table({ file, labels: ["b", "a"], folds: 3 })]) {
    assertEquals(declaredData(spec, { action: "use data" }), spec);
  }
});

const NAMES = "a list of different names";
const WRONG_TARGETS: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    "nothing is predicted",
    {},
    "data.label must be given, the column with the class; or data.target or data.labels instead",
  ],
  ["a class and a number", { label: "y", target: "a" }, "data.target must not be given with data.label"],
  ["a class and labels", { label: "y", labels: ["a", "b"] }, "data.labels must not be given with data.label"],
  [
    "a number and labels",
    { target: "y", labels: ["a", "b"] },
    "data.labels must not be given with data.target",
  ],
  ["no target", { target: [] }, `data.target must be a text that is not empty or ${NAMES}, found []`],
  ["an empty target", { target: "" }, `data.target must be a text that is not empty or ${NAMES}, found ""`],
  [
    "a target twice",
    { target: ["a", "a"] },
    `data.target must be a text that is not empty or ${NAMES}, found ["a","a"]`,
  ],
  [
    "a number for a target",
    { target: 3 },
    `data.target must be a text that is not empty or ${NAMES}, found 3`,
  ],
  ["one label", { labels: ["a"] }, 'data.labels must be a list of at least 2 different names, found ["a"]'],
  [
    "labels twice",
    { labels: ["a", "a"] },
    'data.labels must be a list of at least 2 different names, found ["a","a"]',
  ],
  [
    "a text for labels",
    { labels: "a" },
    'data.labels must be a list of at least 2 different names, found "a"',
  ],
  ...(["target", "labels"] as const).flatMap(
    (field): readonly (readonly [string, Record<string, unknown>, string])[] => {
      const own = { [field]: ["a", "b"] };
      return [
        ...([["classes", ["x", "y"]], ["merge", { x: ["y"] }], ["stratify", true], [
          "stratify",
          false,
        ]] as const).map((
          [other, value],
        ) =>
          [
            `${other} ${value} with ${field}`,
            { ...own, [other]: value },
            `data.${other} must not be given with data.${field}, which has no classes`,
          ] as const
        ),
        ...([["drop", ["b"]], ["only", ["x", "b"]], ["columns", { b: "numeric" }]] as const).map((
          [other, value],
        ) =>
          [
            `${field} in ${other}`,
            { ...own, [other]: value },
            `data.${other} must name features only, found data.${field}, "b"`,
          ] as const
        ),
        ...(["groups", "weight", "splitColumn"] as const).map((other) =>
          [
            `${field} in ${other}`,
            { ...own, [other]: "b" },
            `data.${other} must name another column than data.${field}, found "b" for both`,
          ] as const
        ),
        [
          `${field} in byTime`,
          { ...own, byTime: "b" },
          'data.byTime must name a column of its own, found "b", which has another use',
        ],
      ];
    },
  ),
];

for (const [what, fields, message] of WRONG_TARGETS) {
  Deno.test(`table() throws when it is given ${what}`, () => {
    const error = assertThrows(() => table({ file: "t.csv", ...fields } as TableFields), InputError);
    assertEquals(error.message, `Cannot use data: ${message}`);
  });
}

Deno.test("table() refuses by its type what does not belong together", () => {
  const file = "t.csv";
  const wrong = [
    // @ts-expect-error A class and numbers exclude each other.
    () => table({ file, label: "y", target: "z" }),
    // @ts-expect-error Numbers have no classes.
    () => table({ file, target: "z", classes: ["a", "b"] }),
    // @ts-expect-error Several labels have no classes to stratify by.
    () => table({ file, labels: ["a", "b"], stratify: true }),
    // @ts-expect-error Something is predicted.
    () => table({ file }),
  ];
  for (const declare of wrong) assertThrows(declare, InputError);
});
