import { assertEquals } from "@std/assert";
import { blobs } from "../../../lib/data/blobs.ts";
import { mnist } from "../../../lib/data/official/mnist.ts";
import { csvDataset } from "../../../lib/data/csv/csv_dataset.ts";
import { trialBytes } from "../../../lib/experiment/trial/trial_bytes.ts";
import { expectedMemory } from "../../../lib/runner/plan/expected_memory.ts";
import { fakePlan } from "../fake_plan.ts";

const SIZES = { train: 10, validation: 5, test: 5 };
const MNIST_BYTES = 20 * 788 + 4 * 784;
const { grid: { trials: [first, second, third] } } = fakePlan("results");

Deno.test("expectedMemory() counts each data set once, and the largest trial on each worker", async () => {
  const table = blobs({ numClasses: 2, inputDim: 3, spread: 1, ...SIZES });
  const trials = [
    { ...first, data: mnist(SIZES) },
    { ...second, data: table },
    { ...third, data: mnist(SIZES) },
  ];
  const eachBytes = 30e6 + trialBytes(first, { inputDim: 784, numClasses: 10 });
  const dataBytes = MNIST_BYTES + 20 * 16 + 12;
  const cases: readonly (readonly [workers: number | undefined, running: number | null])[] = [
    [1, 1],
    [2, 2],
    [8, 3],
    [undefined, null],
  ];
  for (const [workers, running] of cases) {
    assertEquals(await expectedMemory(trials, { workers, baseDir: "." }), { dataBytes, eachBytes, running });
  }
  assertEquals(await expectedMemory([], { workers: 2, baseDir: "." }), {
    dataBytes: 0,
    eachBytes: 0,
    running: 0,
  });
});

Deno.test("expectedMemory() is not known where the shape of a data set is not", async () => {
  const data = csvDataset({ file: "missing.csv", label: "y", classes: ["p", "q"], ...SIZES });
  assertEquals(
    await expectedMemory([{ ...first, data: mnist(SIZES) }, { ...second, data }], {
      workers: 1,
      baseDir: ".",
    }),
    null,
  );
});
