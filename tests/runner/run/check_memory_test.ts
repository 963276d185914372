import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import { trialBytes } from "../../../lib/experiment/trial/trial_bytes.ts";
import { checkMemory } from "../../../lib/runner/run/check_memory.ts";
import { fakePlan } from "../fake_plan.ts";

const dataset = generateBlobs(
  blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 9, validation: 4, test: 4 }),
);
const datasets = { d: dataset };
const { grid: { trials } } = fakePlan("results");
/** What one trial takes on a thread of its own. */
const EACH = 30e6 + trialBytes(trials[0], dataset);

Deno.test("checkMemory() passes when the largest trials fit on as many workers as have one", () => {
  checkMemory(trials, { workers: 2, datasets, availableBytes: 2 * EACH });
  checkMemory(trials, { workers: 100, datasets, availableBytes: 3 * EACH });
  checkMemory(trials, { workers: 100, datasets, availableBytes: null });
  checkMemory([], { workers: 1, datasets, availableBytes: 0 });
});

Deno.test("checkMemory() throws what it takes, what there is, and what fits", () => {
  const large = trials.map((trial) => ({ ...trial, model: { ...trial.model, hiddenDims: [1_000_000] } }));
  const cases:
    readonly (readonly [typeof trials, workers: number, availableBytes: number, message: string])[] = [
      [trials, 2, 2 * EACH - 1, "2 workers take about 61 MB of memory, found 61 MB; --workers 1 fits"],
      [
        trials,
        5,
        10e6,
        "3 workers take about 91 MB of memory, found 10 MB; use a smaller net or batch",
      ],
      [
        [trials[0], large[1]],
        1,
        100e6,
        "1 worker takes about 159 MB of memory, found 100 MB; use a smaller net or batch",
      ],
    ];
  for (const [given, workers, availableBytes, message] of cases) {
    const error = assertThrows(() => checkMemory(given, { workers, datasets, availableBytes }), InputError);
    assertEquals(error.message, `Cannot run trials: ${message}`);
  }
});
