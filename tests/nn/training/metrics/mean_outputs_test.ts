import { assertEquals } from "@std/assert";
import { sumOutputs } from "../../../../lib/nn/training/metrics/mean_outputs.ts";

function matrix(...rows: readonly (readonly number[])[]) {
  return { rows: rows.length, cols: rows[0].length, data: Float32Array.from(rows.flat()) };
}

Deno.test("sumOutputs() has the means of the softmax of each net, row by row, whatever the batches", () => {
  const even = Math.log(3);
  const { addOf, means } = sumOutputs({ rows: 2, cols: 2 });
  const add = addOf(undefined);
  // Row 1 of the split is the first of its batch.
  add(1, matrix([0, 0]), 0);
  add(0, matrix([9, 9], [1000, 0]), 1);
  add(0, matrix([-1000, 0], [5, 5]), 0);
  add(1, matrix([9, 9], [even, 0]), 1);
  const { rows, cols, data } = means(2);
  assertEquals([rows, cols, [...data].map((value) => Number(value.toFixed(7)))], [2, 2, [
    ...[0.5, 0.5],
    ...[0.625, 0.375],
  ]]);
});

Deno.test("sumOutputs() has the mean of numbers in their own unit when each net has a scale of its own", () => {
  const targetsOf = (offset: number, divisor: number) =>
    ({ kind: "numbers", names: ["y"], scales: [{ offset, divisor }] }) as const;
  const { addOf, means } = sumOutputs({ rows: 1, cols: 1 });
  addOf(targetsOf(10, 2))(0, matrix([3]), 0);
  addOf(targetsOf(20, 4))(0, matrix([7], [-1]), 1);
  // 10 + 2 * 3 = 16, and 20 - 4 = 16; then 20 + 4 * 7 = 48.
  assertEquals([...means(2).data], [16]);
  addOf(targetsOf(20, 4))(0, matrix([7]), 0);
  assertEquals([...means(1).data], [64]);
});

Deno.test("sumOutputs() has the mean sigmoid of labels, each for itself", () => {
  const targets = { kind: "labels", names: ["a", "b"], scales: [] } as const;
  const { addOf, means } = sumOutputs({ rows: 1, cols: 2 });
  addOf(targets)(0, matrix([0, Math.log(3)]), 0);
  addOf(targets)(0, matrix([0, -Math.log(3)]), 0);
  assertEquals([...means(2).data].map((value) => Number(value.toFixed(7))), [0.5, 0.5]);
});
