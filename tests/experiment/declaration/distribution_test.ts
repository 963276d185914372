import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import {
  choice,
  type Distribution,
  integers,
  logUniform,
  uniform,
} from "../../../lib/experiment/declaration/distribution.ts";

const NEAR_0 = 1e-12;
const NEAR_1 = 1 - 1e-12;

const ENDS: readonly (readonly [what: string, Distribution, low: unknown, middle: unknown, high: unknown])[] =
  [
    ["uniform", uniform(0.5, 1), 0.5, 0.75, 1],
    ["uniform of a narrow range far from 0", uniform(1000, 1001), 1000, 1000.5, 1001],
    ["uniform of a wide range", uniform(0, 10_000), 0, 5000, 10_000],
    ["uniform below 0", uniform(-1, 1), -1, 0, 1],
    ["logUniform", logUniform(1e-4, 1), 1e-4, 1e-2, 1],
    ["logUniform of bounds with many digits", logUniform(0.123456, 0.2), 0.123456, 0.157, 0.2],
    ["integers", integers(1, 3), 1, 2, 3],
    ["integers of one", integers(7, 7), 7, 7, 7],
    ["choice", choice(["a", null, [3]]), "a", null, [3]],
  ];

Deno.test("distributions go from their first value to their last, rounded to what can be read", () => {
  for (const [what, { at }, low, middle, high] of ENDS) {
    assertEquals([what, at(NEAR_0), at(0.5), at(NEAR_1)], [what, low, middle, high]);
  }
});

Deno.test("logUniform() and uniform() round to few digits", () => {
  for (let share = 0.001; share < 1; share += 0.001) {
    const rate = logUniform(1e-5, 1e-1).at(share) as number;
    assert(rate.toPrecision(3) === Number(rate).toPrecision(3) && Number(rate.toPrecision(3)) === rate);
    const keep = uniform(0, 1).at(share) as number;
    assertEquals(Number(keep.toFixed(3)), keep);
  }
});

const WRONG: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => logUniform(0, 1), "Cannot use logUniform: its bounds must be above 0, found 0"],
  [() => logUniform(-1, 1), "Cannot use logUniform: its bounds must be above 0, found -1"],
  [
    () => uniform(1, 1),
    "Cannot use uniform: its bounds must be finite numbers, the lower one first, found 1 and 1",
  ],
  [
    () => uniform(0, NaN),
    "Cannot use uniform: its bounds must be finite numbers, the lower one first, found 0 and NaN",
  ],
  [
    () => integers(1, 2.5),
    "Cannot use integers: it must go from a whole number to one that is not below, found 1 and 2.5",
  ],
  [
    () => integers(3, 1),
    "Cannot use integers: it must go from a whole number to one that is not below, found 3 and 1",
  ],
  [() => choice([]), "Cannot use choice: it must be given a list of at least one value, found []"],
];

Deno.test("distributions throw when their bounds are wrong", () => {
  for (const [make, message] of WRONG) assertEquals(assertThrows(make, InputError).message, message);
});
