import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { batchesOf, checkLastBatch } from "../../../lib/nn/training/last_batch.ts";

Deno.test("batchesOf() counts the short last batch only where it is kept", () => {
  const of = (rows: number, lastBatch?: "keep") => {
    const { stepsPerEpoch, lastBatchSize } = batchesOf(rows, { batchSize: 20, lastBatch });
    return [stepsPerEpoch, lastBatchSize];
  };
  assertEquals([of(67), of(60), of(20)], [[3, 0], [3, 0], [1, 0]]);
  assertEquals([of(67, "keep"), of(60, "keep"), of(21, "keep")], [[4, 7], [3, 0], [2, 1]]);
});

Deno.test("checkLastBatch() throws when batch normalization would get one row", () => {
  const settings = { batchSize: 20, lastBatch: "keep" } as const;
  const check = (rows: number, hasBatchNormalization = true) =>
    checkLastBatch(settings, { action: "test", rows, hasBatchNormalization });
  assertEquals(
    assertThrows(() => check(61), InputError).message,
    'Cannot test: solver.lastBatch "keep" leaves 1 of 61 rows for the last batch, and batch normalization needs 2 or more; ' +
      "choose another solver.batchSize than 20",
  );
  check(62);
  check(60);
  check(61, false);
  checkLastBatch({ batchSize: 20 }, { action: "test", rows: 61, hasBatchNormalization: true });
});
