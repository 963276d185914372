import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import type { DataSpec } from "../../lib/data/base/data_spec.ts";
import { blobs } from "../../lib/data/blobs.ts";

const sizes = { train: 3, validation: 2, test: 1 };
const cloud = { numClasses: 2, inputDim: 3, spread: 0.5, ...sizes };

const good: readonly (readonly [spec: DataSpec, expected: DataSpec])[] = [
  [blobs(cloud), { kind: "blobs", ...cloud, seed: 0 }],
  [blobs({ ...cloud, spread: 0, seed: 7 }), { kind: "blobs", ...cloud, spread: 0, seed: 7 }],
];

for (const [spec, expected] of good) {
  Deno.test(`blobs() returns a frozen spec when given ${JSON.stringify(expected)}`, () => {
    assertEquals(spec, expected);
    assert(Object.values(spec).every(Object.isFrozen) && Object.isFrozen(spec));
  });
}

const bad: readonly (readonly [run: () => void, message: string])[] = [
  [
    () => blobs({ ...cloud, train: 1_000_000_000 }),
    "Cannot use data: data must have at most 500000000 numbers (inputDim for each row and class), found 3000000015",
  ],
  [
    () => blobs({ ...cloud, numClasses: 1 }),
    "Cannot use data: data.numClasses must be a whole number from 2 on, found 1",
  ],
  [
    () => blobs({ ...cloud, spread: -1 }),
    "Cannot use data: data.spread must be a number from 0 on, found -1",
  ],
  [
    () => blobs({ ...cloud, spread: Infinity }),
    "Cannot use data: data.spread must be a number from 0 on, found Infinity",
  ],
];

for (const [run, message] of bad) {
  Deno.test(`blobs() throws when wrong: ${message}`, () => {
    assertEquals(assertThrows(run, InputError).message, message);
  });
}
