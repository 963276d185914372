import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import type { AxisValue } from "../../../lib/experiment/trial/trial.ts";
import { chooseTrials } from "../../../lib/runner/plan/choose_trials.ts";

/** Returns an experiment with one axis, each value of which makes another trial. */
function experimentOver(values: readonly AxisValue[]): Experiment {
  return defineExperiment({
    name: "values",
    question: "Which?",
    seed: 1,
    data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
    grid: { value: values },
    trial: ({ value }) => ({
      model: { hiddenDims: [values.indexOf(value) + 1] },
      solver: { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1 },
    }),
  }) as unknown as Experiment;
}

function choose(values: readonly AxisValue[], value: string): readonly AxisValue[] {
  const experiment = experimentOver(values);
  const grid = expandGrid(expandPoints(experiment), { dataDigest: "d" });
  const chosen = chooseTrials(grid, { only: [{ axis: "value", value }], experiment });
  return chosen.map(({ point }) => point.value);
}

const VALUES: readonly AxisValue[] = [
  ...[null, true, false, 8, -1.5, 1e-10, 1e21, -0],
  ...'8.0|16|a,b|a=b|=|"quoted"|\'|null here|TRUE|1,5|--fresh|\\|%0A| lead|é|🎉|'.split("|"),
  "x".repeat(10_000),
];

Deno.test("chooseTrials() finds each value by the text that tables have of it", () => {
  for (const value of VALUES) {
    assertEquals(choose(VALUES, Object.is(value, -0) ? "-0" : String(value)), [value]);
  }
});

Deno.test("chooseTrials() finds a number however it is written, unless a text is written so", () => {
  assertEquals(choose([8, "8.0", 0.001], "8.00"), [8]);
  assertEquals(choose([8, "8.0", 0.001], "8.0"), ["8.0"]);
  assertEquals(choose([8, "8.0", 0.001], "1e-3"), [0.001]);
  assertEquals(choose(["8", "16"], "8"), ["8"]);
});

Deno.test("chooseTrials() names the values that there are, and not all of many", () => {
  const cases: readonly (readonly [readonly AxisValue[], string, string])[] = [
    [[8, "a,b", null, "nul"], "nil", '8, "a,b", null, "nul", found "nil"'],
    [["8", "16"], "8 ", '"8", "16", found "8 "'],
    [
      Array.from({ length: 1000 }, (_, i) => i),
      "x".repeat(1000),
      `0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 980 more, found "${
        "x".repeat(56)
      }...`,
    ],
  ];
  for (const [values, value, found] of cases) {
    const { message } = assertThrows(() => choose(values, value), InputError);
    assertEquals(message, `Cannot choose trials: --only value must be one of ${found}`);
  }
});
