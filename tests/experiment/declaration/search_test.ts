import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import {
  bracketsOf,
  halving,
  hyperband,
  keptOf,
  type SearchFields,
} from "../../../lib/experiment/declaration/search.ts";

const BAD: readonly (readonly [fields: unknown, message: string])[] = [
  [{ epochs: [1, 3] }, "keep must be a number above 0 and below 1"],
  [{ epochs: [1, 3], keep: 1 }, "keep must be a number above 0 and below 1, found 1"],
  [{ epochs: [1, 3], keep: 1.5 }, "keep must be a number above 0 and below 1, found 1.5"],
  [{ epochs: [1, 3], keep: 0 }, "keep must be a number above 0 and below 1, found 0"],
  [{ epochs: [9], keep: 0.5 }, "epochs must be a list of at least two rungs, found [9]"],
  [{ epochs: 9, keep: 0.5 }, "epochs must be a list of at least two rungs, found 9"],
  [{ epochs: [0, 3], keep: 0.5 }, "epochs[0] must be a whole number from 1 on, found 0"],
  [
    { epochs: [1, 3, 2], keep: 0.5 },
    "epochs[2] must be a whole number above the 3 of the rung before, found 2",
  ],
  [{ epochs: [1, 1], keep: 0.5 }, "epochs[1] must be a whole number above the 1 of the rung before, found 1"],
  [
    { epochs: [1, 2.5], keep: 0.5 },
    "epochs[1] must be a whole number above the 1 of the rung before, found 2.5",
  ],
  [
    { epochs: [1, "3"], keep: 0.5 },
    'epochs[1] must be a whole number above the 1 of the rung before, found "3"',
  ],
  [{ epochs: [1, 3], keep: 0.5, eta: 3 }, "eta is not a field, the fields are kind, epochs, keep"],
];

for (const [fields, message] of BAD) {
  Deno.test(`halving() throws: ${message}`, () => {
    const thrown = assertThrows(() => halving(fields as SearchFields), InputError);
    assertEquals(thrown.message, `Cannot declare a halving: ${message}`);
  });
}

Deno.test("keptOf() is the largest whole number below a fraction of the points, at least 1", () => {
  const cases = [[27, 1 / 3, 9], [64, 1 / 3, 21], [100, 0.29, 29], [10, 0.7, 7], [2, 1 / 3, 1], [1, 0.5, 1]];
  for (const [points, keep, kept] of cases) {
    assertEquals(keptOf(points, { keep }), kept, `${points} x ${keep}`);
  }
  for (let third = 1; third < 30_000; third++) assertEquals(keptOf(3 * third, { keep: 1 / 3 }), third);
});

Deno.test("bracketsOf() returns the brackets of Hyperband in the proportions of its paper", () => {
  // Li et al. (2018), table 1: R = 81, eta = 3.
  const { epochs, keep } = hyperband({ epochs: [1, 3, 9, 27, 81], keep: 1 / 3 });
  const brackets = bracketsOf({ kind: "hyperband", epochs, keep });
  assertEquals(brackets.map(({ share }) => share), [81, 34, 15, 8, 5]);
  assertEquals(brackets.map((bracket) => bracket.epochs[0]), [1, 3, 9, 27, 81]);
  assertEquals(bracketsOf(halving({ epochs, keep })), [{ epochs, share: 1 }]);
});
