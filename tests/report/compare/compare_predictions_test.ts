import { assertEquals } from "@std/assert";
import { comparePredictions, predictionsText } from "../../../lib/report/compare/compare_predictions.ts";
import type { Results } from "../../../lib/report/files/parse_results.ts";
import { threeTrials } from "../three_trials.ts";

/** Results whose winner's best repeat is right on some rows of the test split. */
function results(right: readonly boolean[], { digest = "d", labels = right.map(() => "a") } = {}): Results {
  const rows = right.map((isRight, row) => `${row},${labels[row]},${isRight ? labels[row] : "b"},0.9\r\n`);
  return {
    summary: { ...threeTrials(), dataDigest: digest },
    history: new Map(),
    predictions: `row,class,predicted,probability\r\n${rows.join("")}`,
    folder: "results/fake",
  };
}

const BEFORE = results([true, true, true, false, false, true]);
const AFTER = results([true, false, false, true, false, false]);

Deno.test("comparePredictions() counts the rows on which one winner alone is right", () => {
  const found = comparePredictions(BEFORE, AFTER)!;
  // Of four coin tosses, one or fewer of a side: 2 x 5 / 16.
  assertEquals(found, { rows: 6, onlyBefore: 3, onlyAfter: 1, pValue: 0.625 });
  assertEquals(
    predictionsText(found),
    "on the 6 test rows, the best repeat before is right alone on 3, the one after on 1 (McNemar's exact test, " +
      "p = 0.625)",
  );
});

Deno.test("comparePredictions() is null without predictions, for other data, and for other rows", () => {
  const others = [
    { ...AFTER, predictions: null },
    results([true, false, false, true, false, false], { digest: "other" }),
    results([true, false]),
    results([true, false, false, true, false, false], { labels: ["c", "a", "a", "a", "a", "a"] }),
  ];
  for (const other of others) assertEquals(comparePredictions(BEFORE, other), null);
});
