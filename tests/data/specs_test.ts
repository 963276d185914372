import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import type { DataSpec } from "../../lib/data/base/data_spec.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { cifar10 } from "../../lib/data/official/cifar10.ts";
import { mnist } from "../../lib/data/official/mnist.ts";
import { csvDataset } from "../../lib/data/table/csv_dataset.ts";

const sizes = { train: 3, validation: 2, test: 1 };
const csv = { file: "a.csv", label: "y", classes: ["p", "q"], ...sizes };
const cloud = { numClasses: 2, inputDim: 3, spread: 0.5, ...sizes };

const good: readonly (readonly [name: string, spec: DataSpec, expected: DataSpec])[] = [
  ["mnist()", mnist(sizes), { kind: "mnist", ...sizes }],
  ["mnist()", mnist({ train: 59_999, validation: 1, test: 10_000 }), {
    kind: "mnist",
    train: 59_999,
    validation: 1,
    test: 10_000,
  }],
  ["cifar10()", cifar10(sizes), { kind: "cifar10", ...sizes }],
  ["csvDataset()", csvDataset(csv), { kind: "csv", ...csv, seed: 0 }],
  ["csvDataset()", csvDataset({ ...csv, seed: 7 }), { kind: "csv", ...csv, seed: 7 }],
  ["blobs()", blobs(cloud), { kind: "blobs", ...cloud, seed: 0 }],
  ["blobs()", blobs({ ...cloud, spread: 0, seed: 7 }), { kind: "blobs", ...cloud, spread: 0, seed: 7 }],
];

for (const [name, spec, expected] of good) {
  Deno.test(`${name} returns a frozen spec when given ${JSON.stringify(expected)}`, () => {
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

// The fields are wrong on purpose, as those of a JavaScript file may be.
// deno-lint-ignore no-explicit-any
const wrong = (fields: object) => fields as any;

const bad: readonly (readonly [name: string, run: () => void, message: string])[] = [
  [
    "blobs()",
    () => blobs({ ...cloud, train: 1_000_000_000 }),
    "Cannot use data: data must have at most 500000000 numbers (inputDim for each row and class), found 3000000015",
  ],
  [
    "mnist()",
    () => mnist({ train: 60_000, validation: 10_000, test: 1 }),
    "Cannot use data: data.train + data.validation must be at most 60000, found 70000",
  ],
  [
    "mnist()",
    () => mnist({ ...sizes, test: 10_001 }),
    "Cannot use data: data.test must be at most 10000, found 10001",
  ],
  [
    "mnist()",
    () => mnist({ ...sizes, train: 1.5 }),
    "Cannot use data: data.train must be a whole number from 1 on, found 1.5",
  ],
  [
    "mnist()",
    () => mnist(wrong({ train: 1, test: 1 })),
    "Cannot use data: data.validation must be a whole number from 1 on",
  ],
  [
    "mnist()",
    () => mnist(wrong({ ...sizes, seed: 1 })),
    "Cannot use data: data.seed is not a field, the fields are train, validation, test",
  ],
  ["mnist()", () => mnist(wrong([])), "Cannot use data: data must be an object, found []"],
  [
    "cifar10()",
    () => cifar10({ ...sizes, train: 50_000 }),
    "Cannot use data: data.train + data.validation must be at most 50000, found 50002",
  ],
  [
    "cifar10()",
    () => cifar10({ ...sizes, test: 0 }),
    "Cannot use data: data.test must be a whole number from 1 on, found 0",
  ],
  [
    "csvDataset()",
    () => csvDataset({ ...csv, file: "" }),
    'Cannot use data: data.file must be a text that is not empty, found ""',
  ],
  [
    "csvDataset()",
    () => csvDataset({ ...csv, classes: ["p"] }),
    'Cannot use data: data.classes must be a list of at least 2 different texts, found ["p"]',
  ],
  [
    "csvDataset()",
    () => csvDataset({ ...csv, classes: ["p", "p"] }),
    'Cannot use data: data.classes must be a list of at least 2 different texts, found ["p","p"]',
  ],
  [
    "csvDataset()",
    () => csvDataset({ ...csv, seed: -1 }),
    "Cannot use data: data.seed must be a whole number from 0 on, found -1",
  ],
  [
    "blobs()",
    () => blobs({ ...cloud, numClasses: 1 }),
    "Cannot use data: data.numClasses must be a whole number from 2 on, found 1",
  ],
  [
    "blobs()",
    () => blobs({ ...cloud, spread: -1 }),
    "Cannot use data: data.spread must be a number from 0 on, found -1",
  ],
  [
    "blobs()",
    () => blobs({ ...cloud, spread: Infinity }),
    "Cannot use data: data.spread must be a number from 0 on, found Infinity",
  ],
];

for (const [name, run, message] of bad) {
  Deno.test(`${name} throws when wrong: ${message}`, () => {
    assertEquals(assertThrows(run, InputError).message, message);
  });
}
