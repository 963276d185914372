import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { DataSpec } from "../../../lib/data/base/data_spec.ts";
import { csvDataset } from "../../../lib/data/csv/csv_dataset.ts";

const sizes = { train: 3, validation: 2, test: 1 };
const csv = { file: "a.csv", label: "y", classes: ["p", "q"], ...sizes };

const good: readonly (readonly [spec: DataSpec, expected: DataSpec])[] = [
  [csvDataset(csv), { kind: "csv", ...csv, seed: 0 }],
  [csvDataset({ ...csv, seed: 7 }), { kind: "csv", ...csv, seed: 7 }],
  [csvDataset({ ...csv, folds: 5 }), { kind: "csv", ...csv, folds: 5, seed: 0 }],
  [csvDataset({ ...csv, folds: 2, groups: "g" }), { kind: "csv", ...csv, folds: 2, groups: "g", seed: 0 }],
];

for (const [spec, expected] of good) {
  Deno.test(`csvDataset() returns a frozen spec when given ${JSON.stringify(expected)}`, () => {
    assertEquals(spec, expected);
    assert(Object.values(spec).every(Object.isFrozen) && Object.isFrozen(spec));
  });
}

Deno.test("csvDataset() keeps its own list of classes when the caller changes theirs", () => {
  const classes = ["p", "q"];
  const spec = csvDataset({ ...csv, classes });
  classes.push("r");
  assertEquals(spec.classes, ["p", "q"]);
});

const bad: readonly (readonly [run: () => void, message: string])[] = [
  [
    () => csvDataset({ ...csv, file: "" }),
    'Cannot use data: data.file must be a text that is not empty, found ""',
  ],
  [
    () => csvDataset({ ...csv, classes: ["p"] }),
    'Cannot use data: data.classes must be a list of at least 2 different texts, found ["p"]',
  ],
  [
    () => csvDataset({ ...csv, classes: ["p", "p"] }),
    'Cannot use data: data.classes must be a list of at least 2 different texts, found ["p","p"]',
  ],
  [
    () => csvDataset({ ...csv, seed: -1 }),
    "Cannot use data: data.seed must be a whole number from 0 on, found -1",
  ],
  [
    () => csvDataset({ ...csv, folds: 1 }),
    "Cannot use data: data.folds must be a whole number from 2 on, found 1",
  ],
  [
    () => csvDataset({ ...csv, folds: 2.5 }),
    "Cannot use data: data.folds must be a whole number from 2 on, found 2.5",
  ],
  [
    () => csvDataset({ ...csv, folds: 6 }),
    "Cannot use data: data.folds must be at most data.train + data.validation, which is 5, found 6",
  ],
  [
    () => csvDataset({ ...csv, groups: "g" }),
    "Cannot use data: data.groups must be given with data.folds, found no folds",
  ],
  [
    () => csvDataset({ ...csv, folds: 2, groups: "y" }),
    'Cannot use data: data.groups must name another column than data.label, found "y" for both',
  ],
];

for (const [run, message] of bad) {
  Deno.test(`csvDataset() throws when wrong: ${message}`, () => {
    assertEquals(assertThrows(run, InputError).message, message);
  });
}
