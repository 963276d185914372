import { assertEquals } from "@std/assert";
import { checkText } from "../../../lib/report/gate/check_text.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import type { Comparison } from "../../../lib/report/compare/comparison.ts";
import { type Gate, resolveGate } from "../../../lib/report/compare/gate.ts";
import { gridResults, resultsOf } from "../compare/fakes.ts";

const POLICY = "  policy  strict (default), tolerance 0 (default), suspicious 0.05 (default)\n";
const WORSE = compareResults(resultsOf({ 0.1: 0.5, 0.2: 0.25 }), {
  current: resultsOf({ 0.1: 0.25, 0.2: 0.25 }),
});
const BETTER = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.515625 }) });
const PROBLEM: Comparison = {
  ...WORSE,
  problem: { verdict: "new", message: "there are no results" },
  trials: [],
  winner: null,
};

Deno.test("checkText() names each finding that is not good, and the winner", () => {
  assertEquals(
    checkText(WORSE),
    "fake_question: 1 the same, 1 worse\n" +
      POLICY +
      "  FAIL  Accuracy regression  rate=0.1: validation accuracy 50.00 % -> 25.00 %, worse by 25.00 points; " +
      "the runs part at epoch 1: validation_accuracy 0.5 -> 0.25; the weights never differ\n" +
      "  winner rate=0.1; validation accuracy 50.00 % -> 25.00 %, worse by 25.00 points\n",
  );
  assertEquals(
    checkText(PROBLEM),
    `fake_question: no baseline\n${POLICY}  FAIL  No baseline  there are no results\n`,
  );
});

Deno.test("checkText() notes what the policy passes, and says what it was where results are accepted", () => {
  const found = (gate: Gate) => checkText({ ...BETTER, gate }).split("\n")[2].slice(0, 16);
  assertEquals(found(resolveGate()), "  FAIL  Improved");
  assertEquals(found(resolveGate({ policy: "accuracy" })), "  note  Improved");
  assertEquals(checkText(BETTER, { isAccepted: true }).split("\n")[1].slice(0, 16), "  was   Improved");
});

Deno.test("checkText() shows a point that was judged by its mean once, and each trial's difference under it", () => {
  const before = gridResults([[{ rate: 1 }, [0.5, 0.75, 0.5]]]);
  const current = gridResults([[{ rate: 1 }, [0.25, 0.875, 0.5]]]);
  assertEquals(checkText(compareResults(before, { current })).split("\n").slice(2, 5), [
    "  FAIL  Accuracy regression  rate=1: mean of 3 repeats: validation accuracy 58.33 % -> 54.17 %, worse by " +
    "4.17 points",
    "          rate=1: validation accuracy 50.00 % -> 25.00 %, worse by 25.00 points; no epoch differs",
    "          rate=1 (repeat 1): validation accuracy 75.00 % -> 87.50 %, better by 12.50 points; no epoch differs",
  ]);
});

Deno.test("checkText() counts the findings beyond those that it names", () => {
  const many = { ...WORSE, trials: Array(5).fill(WORSE.trials[0]), winner: null };
  const lines = checkText(many, { mostFindings: 2 }).trimEnd().split("\n");
  assertEquals([lines.length, lines.at(-1)], [5, "  … and 3 more"]);
});
