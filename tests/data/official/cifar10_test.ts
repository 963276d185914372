import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { DataSpec } from "../../../lib/data/base/data_spec.ts";
import { cifar10 } from "../../../lib/data/official/cifar10.ts";

const sizes = { train: 3, validation: 2, test: 1 };

const good: readonly (readonly [spec: DataSpec, expected: DataSpec])[] = [
  [cifar10(sizes), { kind: "cifar10", ...sizes }],
];

for (const [spec, expected] of good) {
  Deno.test(`cifar10() returns a frozen spec when given ${JSON.stringify(expected)}`, () => {
    assertEquals(spec, expected);
    assert(Object.values(spec).every(Object.isFrozen) && Object.isFrozen(spec));
  });
}

const bad: readonly (readonly [run: () => void, message: string])[] = [
  [
    () => cifar10({ ...sizes, train: 50_000 }),
    "Cannot use data: data.train + data.validation must be at most 50000, found 50002",
  ],
  [
    () => cifar10({ ...sizes, test: 0 }),
    "Cannot use data: data.test must be a whole number from 1 on, found 0",
  ],
];

for (const [run, message] of bad) {
  Deno.test(`cifar10() throws when wrong: ${message}`, () => {
    assertEquals(assertThrows(run, InputError).message, message);
  });
}
