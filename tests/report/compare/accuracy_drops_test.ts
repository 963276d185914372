import { assertEquals } from "@std/assert";
import { accuracyDrops, dropText } from "../../../lib/report/compare/accuracy_drops.ts";
import { checkText } from "../../../lib/report/gate/check_text.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import { gridSummary, type PointValues } from "../evidence/grid_summary.ts";
import { fakeExperiment } from "../fakes.ts";
import { gridResults } from "./fakes.ts";

const DATA = { ...fakeExperiment().data, validation: 1000 };

const AUTO = resolveGate({}, { tolerance: "auto" });

const results = (rows: readonly PointValues[]) => gridResults(rows, { data: DATA });

/** Returns the drops and verdicts of a change of one point. */
function judged(before: readonly number[], after: readonly number[]) {
  const [baseline, current] = [before, after].map((values) => results([[{ rate: 1 }, values]]));
  const { drops, trials } = compareResults(baseline, { current, gate: AUTO });
  return { texts: drops!.map(dropText), verdicts: trials.map(({ verdict }) => verdict) };
}

Deno.test("compareResults() with tolerance auto accepts a loss that repeats do not agree on", () => {
  assertEquals(judged([0.9, 0.8, 0.7], [0.88, 0.81, 0.69]), {
    texts: [
      "rate=1: validation −0.67 ± 3.79 points (95 % interval, paired over 3 repeats): within chance",
    ],
    verdicts: ["within", "within", "within"],
  });
});

Deno.test("compareResults() with tolerance auto fails on a small loss that all repeats agree on", () => {
  // The loss is a hundredth of the differences between repeats; unpaired intervals do not show it.
  assertEquals(judged([0.9, 0.5, 0.7, 0.6], [0.898, 0.497, 0.698, 0.6]), {
    texts: [
      "rate=1: validation −0.18 ± 0.20 points (95 % interval, paired over 4 repeats): within chance",
    ],
    verdicts: ["within", "within", "within", "same"],
  });
  assertEquals(judged([0.9, 0.5, 0.7, 0.6], [0.898, 0.497, 0.698, 0.598]), {
    texts: [
      "rate=1: validation −0.23 ± 0.08 points (95 % interval, paired over 4 repeats): a loss beyond chance",
    ],
    verdicts: ["regression", "regression", "regression", "regression"],
  });
});

Deno.test("compareResults() with tolerance auto judges fewer than three repeats by the rows of the split", () => {
  assertEquals(judged([0.9], [0.88]), {
    texts: [
      "rate=1: validation −2.00 ± 2.74 points (95 % interval, from the validation rows, with 1 repeat): within chance",
    ],
    verdicts: ["within"],
  });
  assertEquals(judged([0.9, 0.9], [0.86, 0.86]).verdicts, ["regression", "regression"]);
});

Deno.test("compareResults() with tolerance auto has no drops where no accuracy changed, and says so", () => {
  const same = results([[{ rate: 1 }, [0.5, 0.6]]]);
  const comparison = compareResults(same, { current: same, gate: AUTO });
  assertEquals(comparison.drops, []);
  assertEquals(
    checkText(comparison).includes("tolerance auto  no accuracy changed"),
    true,
  );
  assertEquals(compareResults(same, { current: same }).drops, undefined);
});

Deno.test("accuracyDrops() judges the test accuracy of the winner apart from its validation accuracy", () => {
  const [before] = gridSummary([[{ rate: 1 }, [0.9]]]).trials;
  const pair = {
    before: { ...before, testAccuracy: 0.8 },
    after: { ...before, testAccuracy: 0.7 },
  };
  const [drop] = accuracyDrops([pair], { experiment: { data: { ...DATA, test: 10_000 } } });
  assertEquals([drop.split, drop.from, drop.isMore], ["test", "rows", true]);
  // Newcombe's method 1 of 8,000 and 7,000 of 10,000 rows.
  assertEquals(dropText(drop).includes("−10.00 ± 1.19 points"), true);
});
