import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { splitSizes } from "../../../lib/data/splits/split_sizes.ts";

const CASES = [
  ["nothing is declared", {}, { rows: 344 }, [206, 69, 69]],
  ["fractions add up to 1", { train: 0.7, validation: 0.1, test: 0.2 }, { rows: 33 }, [23, 3, 7]],
  ["fractions leave rows", { train: 0.5, validation: 0.1, test: 0.1 }, { rows: 100 }, [50, 10, 10]],
  ["counts are declared", { train: 50, validation: 20, test: 10 }, { rows: 100 }, [50, 20, 10]],
  ["a count and fractions are declared", { test: 30 }, { rows: 100 }, [50, 20, 30]],
  ["test rows are others", { validation: 0.25 }, { rows: 100, hasTestRows: true }, [75, 25, 0]],
  ["the fractions of two splits add up to 1 and test rows are others", { train: 0.8, validation: 0.2 }, {
    ...{ rows: 7, hasTestRows: true },
  }, [6, 1, 0]],
] as const;

for (const [when, declared, options, expected] of CASES) {
  Deno.test(`splitSizes() returns the rows of each split when ${when}`, () => {
    const { train, validation, test } = splitSizes(declared, options);
    assertEquals([train, validation, test], [...expected]);
  });
}

Deno.test("splitSizes() throws when the splits are too large or one is empty", () => {
  assertThrows(
    () => splitSizes({ train: 90, validation: 10, test: 10 }, { rows: 100 }),
    InputError,
    "Cannot use data: data.train, data.validation and data.test must together be at most the 100 rows to divide, found 110",
  );
  assertThrows(
    () => splitSizes({ validation: 0.01 }, { rows: 10 }),
    InputError,
    "Cannot use data: data.validation must leave the split at least 1 of the 10 rows to divide, found 0",
  );
  assertThrows(
    () => splitSizes({ validation: 50, test: 50 }, { rows: 100 }),
    InputError,
    "Cannot use data: data.train must leave the split at least 1 of the 100 rows to divide, found 0",
  );
});
