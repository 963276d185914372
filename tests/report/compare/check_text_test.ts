import { assertEquals } from "@std/assert";
import { checkText, verdictsText } from "../../../lib/report/compare/check_text.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import type { Comparison } from "../../../lib/report/compare/comparison.ts";
import { resultsOf } from "./fakes.ts";

const WORSE = compareResults(resultsOf({ 0.1: 0.5, 0.2: 0.25 }), {
  current: resultsOf({ 0.1: 0.25, 0.2: 0.25 }),
});
const BITS = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.515625 }) });
const PROBLEM: Comparison = {
  ...WORSE,
  problem: { verdict: "missing", message: "there are no results" },
  trials: [],
  winner: null,
};

Deno.test("verdictsText() counts each verdict in one order, and says when there is none", () => {
  assertEquals(verdictsText(WORSE), "1 the same, 1 worse");
  assertEquals(verdictsText({ ...WORSE, trials: [] }), "no trials");
  assertEquals(verdictsText(PROBLEM), "no baseline");
});

Deno.test("checkText() names each finding that is not good, and the winner", () => {
  assertEquals(
    checkText(WORSE, { allowBits: false }),
    "fake_question: 1 the same, 1 worse\n" +
      "  FAIL  Accuracy regression  rate=0.1: validation accuracy 50.00 % -> 25.00 %, worse by 25.00 points; " +
      "the runs part at epoch 1: validation_accuracy 0.5 -> 0.25; the weights never differ\n" +
      "  winner rate=0.1; validation accuracy 50.00 % -> 25.00 %, worse by 25.00 points\n",
  );
  assertEquals(
    checkText(PROBLEM, { allowBits: false }),
    "fake_question: no baseline\n  FAIL  No baseline  there are no results\n",
  );
});

Deno.test("checkText() notes other bits where they are allowed", () => {
  assertEquals(
    checkText(BITS, { allowBits: true }).split("\n")[1].slice(0, 24),
    "  note  Numerics changed",
  );
  assertEquals(
    checkText(BITS, { allowBits: false }).split("\n")[1].slice(0, 24),
    "  FAIL  Numerics changed",
  );
});

Deno.test("checkText() counts the findings beyond those that it names", () => {
  const many = { ...WORSE, trials: Array(5).fill(WORSE.trials[0]), winner: null };
  const lines = checkText(many, { allowBits: false, mostFindings: 2 }).trimEnd().split("\n");
  assertEquals([lines.length, lines.at(-1)], [4, "  … and 3 more"]);
});
