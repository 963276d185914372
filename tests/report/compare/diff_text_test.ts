import { assertEquals } from "@std/assert";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { diffText } from "../../../lib/report/compare/diff_text.ts";
import { resultsOf } from "./fakes.ts";

const before = resultsOf({ 0.1: 0.5, 0.2: 0.25 });
const after = { ...resultsOf({ 0.1: 0.25, 0.2: 0.5 }), folder: "results/new" };

Deno.test("diffText() names each trial that differs, and the epochs of the first ones", () => {
  const comparison = compareResults(before, { current: after });
  const head = "fake_question: results/fake and results/new: 1 worse, 1 suspiciously better";
  const winner = "  winner rate=0.1 -> rate=0.2; validation accuracy 50.00 % as before";
  const parts = (from: number, to: number) =>
    `the runs part at epoch 1: validation_accuracy ${from} -> ${to}; the weights never differ`;
  const trials = [
    `  rate=0.1: 50.00 % -> 25.00 %; ${parts(0.5, 0.25)}`,
    `  rate=0.2: 25.00 % -> 50.00 %; ${parts(0.25, 0.5)}`,
  ];
  const epochs = ["\n  epochs of rate=0.1", "    1: validation_accuracy 0.5 -> 0.25"];
  assertEquals(
    diffText(comparison, { before, after, mostTrials: 1 }),
    [head, winner, ...trials, ...epochs, ""].join("\n"),
  );
});

Deno.test("diffText() names a trial that one side lacks, and one that has no accuracy", () => {
  const other = resultsOf({}, [{ type: "failed", trial: "0.1-0", reason: "its worker died" }]);
  const comparison = compareResults(before, { current: other });
  assertEquals(
    diffText(comparison, { before, after: other }).split("\n").filter((line) => line.startsWith("  rate")),
    [
      "  rate=0.1: 50.00 % -> failed; the runs part at epoch 0: only the old run has it",
      "  rate=0.2: 25.00 % -> absent",
    ],
  );
});
