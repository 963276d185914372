import { assertEquals } from "@std/assert";
import { blobs } from "../../../lib/data/blobs.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { placeKey } from "../../../lib/report/summary/rank_points.ts";
import { tryingOrder } from "../../../lib/runner/bisect/bisect_change.ts";
import { fakeExperiment } from "../../report/fakes.ts";

const { trials: TRIALS } = expandGrid(
  expandPoints(fakeExperiment({
    data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 }),
    repeats: 2,
    grid: { hidden: [64, 8], epochs: [1, 100] },
    trial: ({ hidden, epochs }) => ({
      model: { hiddenDims: [Number(hidden)] },
      solver: { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 20, epochs: Number(epochs) },
    }),
  })),
  { dataDigest: "d" },
);

const order = (expected: readonly string[]) =>
  tryingOrder(TRIALS, { expected: new Set(expected) })
    .map(({ point: { hidden, epochs }, repeat }) => `${hidden} ${epochs} ${repeat}`);

Deno.test("tryingOrder() has cheap trials first, and before them those that are expected to differ", () => {
  const cheapestFirst = ["8 1 0", "8 1 1", "64 1 0", "64 1 1", "8 100 0", "8 100 1", "64 100 0", "64 100 1"];
  assertEquals(order([]), cheapestFirst);
  const expected = TRIALS.filter(({ point: { hidden, epochs } }) => hidden === 64 && epochs === 100);
  assertEquals(order(expected.map(placeKey)), ["64 100 0", "64 100 1", ...cheapestFirst.slice(0, 6)]);
});
