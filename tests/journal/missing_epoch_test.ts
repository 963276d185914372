import { assertEquals } from "@std/assert";
import { type ExpectedEpochs, missingEpoch } from "../../lib/journal/missing_epoch.ts";

const DONE = {
  type: "done",
  trial: "a",
  bestEpoch: 2,
  bestValidationAccuracy: 1,
  weightsSha256: "s",
} as const;
const DIVERGED = { type: "diverged", trial: "a", epoch: 2, reason: "loss is NaN" } as const;

Deno.test("missingEpoch() is the first that should be known, by the end and by how many there are", () => {
  const cases: readonly (readonly [ExpectedEpochs, known: readonly number[], missing: number | null])[] = [
    [{ end: DONE, epochs: 3 }, [0, 1, 2, 3], null],
    [{ end: DONE, epochs: 3 }, [0, 1, 2], 3],
    [{ end: DONE, epochs: 3 }, [1, 3], 0],
    [{ end: DONE, epochs: 3 }, [], 0],
    // Where it is not known how many there are, the best is among them.
    [{ end: DONE, epochs: undefined }, [0, 1], 2],
    [{ end: DONE, epochs: undefined }, [0, 1, 2], null],
    [{ end: DIVERGED, epochs: 3 }, [0, 1], null],
    [{ end: DIVERGED, epochs: 3 }, [0], 1],
    [{ end: { ...DIVERGED, split: "test" }, epochs: 3 }, [0, 1], 2],
    [{ end: { ...DIVERGED, split: "test" }, epochs: undefined }, [0, 1], 2],
    [{ end: null, epochs: 3 }, [0, 1], null],
    [{ end: null, epochs: 3 }, [0, 2], 1],
    [{ end: null, epochs: 3 }, [], null],
  ];
  for (const [expected, known, missing] of cases) {
    assertEquals(missingEpoch(new Set(known), expected), missing, JSON.stringify([expected, known]));
  }
});
