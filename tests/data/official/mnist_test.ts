import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { DataSpec } from "../../../lib/data/base/data_spec.ts";
import { mnist } from "../../../lib/data/official/mnist.ts";

const sizes = { train: 3, validation: 2, test: 1 };

const good: readonly (readonly [spec: DataSpec, expected: DataSpec])[] = [
  [mnist(sizes), { kind: "mnist", ...sizes }],
  [mnist({ train: 59_999, validation: 1, test: 10_000 }), {
    kind: "mnist",
    train: 59_999,
    validation: 1,
    test: 10_000,
  }],
];

for (const [spec, expected] of good) {
  Deno.test(`mnist() returns a frozen spec when given ${JSON.stringify(expected)}`, () => {
    assertEquals(spec, expected);
    assert(Object.values(spec).every(Object.isFrozen) && Object.isFrozen(spec));
  });
}

// The fields are wrong on purpose, as those of a JavaScript file may be.
// deno-lint-ignore no-explicit-any
const wrong = (fields: object) => fields as any;

const bad: readonly (readonly [run: () => void, message: string])[] = [
  [
    () => mnist({ train: 60_000, validation: 10_000, test: 1 }),
    "Cannot use data: data.train + data.validation must be at most 60000, found 70000",
  ],
  [
    () => mnist({ ...sizes, test: 10_001 }),
    "Cannot use data: data.test must be at most 10000, found 10001",
  ],
  [
    () => mnist({ ...sizes, train: 1.5 }),
    "Cannot use data: data.train must be a whole number from 1 on, found 1.5",
  ],
  [
    () => mnist(wrong({ train: 1, test: 1 })),
    "Cannot use data: data.validation must be a whole number from 1 on",
  ],
  [
    () => mnist(wrong({ ...sizes, seed: 1 })),
    "Cannot use data: data.seed is not a field, the fields are train, validation, test, folds",
  ],
  [() => mnist(wrong([])), "Cannot use data: data must be an object, found []"],
];

for (const [run, message] of bad) {
  Deno.test(`mnist() throws when wrong: ${message}`, () => {
    assertEquals(assertThrows(run, InputError).message, message);
  });
}
