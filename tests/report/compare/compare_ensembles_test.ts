import { assertEquals } from "@std/assert";
import type { MetricName } from "../../../lib/core/facts/metric.ts";
import { hasDifferences } from "../../../lib/report/compare/comparison.ts";
import { winnerText } from "../../../lib/report/compare/change_text.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { dropText } from "../../../lib/report/compare/accuracy_drops.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import { verdictsText } from "../../../lib/report/compare/verdicts_text.ts";
import type { Results } from "../../../lib/report/files/parse_results.ts";
import { checkComment } from "../../../lib/report/gate/check_comment.ts";
import { checkText } from "../../../lib/report/gate/check_text.ts";
import { benchmarkJson } from "../../../lib/report/gate/check_json.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { metricsText } from "../../../lib/report/gate/metrics_text.ts";
import type { EnsembleResult } from "../../../lib/report/summary/summary.ts";
import { gridResults } from "./fakes.ts";

/** Returns results of one point with two repeats, and an ensemble of these unless it is null. */
function resultsWith(
  ensemble: EnsembleResult | null,
  { rate = 0.1, ...more }: { readonly rate?: number; readonly select?: MetricName } = {},
): Results {
  const metrics = more.select === undefined ? {} : { metrics: [more.select], select: more.select };
  const results = gridResults([[{ rate }, [0.5, 0.5]]], { ensemble: true, ...metrics });
  const { summary } = results;
  const spread = { mean: 0.5, standardDeviation: 0, values: [0.5, 0.5] };
  const winner = { ...summary.winner!, testAccuracy: spread, ...ensemble === null ? {} : { ensemble } };
  return { ...results, summary: { ...summary, winner } };
}

const EIGHT = { testAccuracy: 0.8 };

Deno.test("compareResults() compares the ensembles of one point on the test split, and says how they differ", () => {
  const cases = [
    [EIGHT, EIGHT, "same", "test accuracy 80.00 % as before"],
    [EIGHT, { testAccuracy: 0.7 }, "regression", "test accuracy 80.00 % -> 70.00 %, worse by 10.00 points"],
    [EIGHT, { testAccuracy: 0.81 }, "improved", "test accuracy 80.00 % -> 81.00 %, better by 1.00 points"],
    [EIGHT, { testAccuracy: 0.9 }, "suspicious", "test accuracy 80.00 % -> 90.00 %, better by 10.00 points"],
    [
      { ...EIGHT, testMetrics: { testLoss: 1 } },
      { ...EIGHT, testMetrics: { testLoss: 2 } },
      "bits",
      "test accuracy 80.00 % as before, another value of it is not",
    ],
    [
      null,
      EIGHT,
      "new",
      'the baseline has no result of it; deno task baseline experiments/fake_question.ts --reason "…" accepts it',
    ],
    [EIGHT, null, "incomplete", "it was not measured: the run did not come to its end"],
  ] as const;
  for (const [before, after, verdict, message] of cases) {
    const comparison = compareResults(resultsWith(before), { current: resultsWith(after) });
    assertEquals(comparison.ensemble?.verdict, verdict);
    assertEquals(hasDifferences(comparison), verdict !== "same");
    const finding = describeComparison(comparison).at(-1)!;
    assertEquals([finding.trial, finding.verdict, finding.message], [
      "rate=0.1 (ensemble)",
      verdict,
      message,
    ]);
  }
});

Deno.test("compareResults() judges the ensemble by the metric that the experiment selects", () => {
  const of = (testLoss: number) =>
    resultsWith({ ...EIGHT, testMetrics: { testLoss } }, { select: "validationLoss" });
  const { ensemble } = compareResults(of(1), { current: of(2) });
  assertEquals([ensemble!.verdict, ensemble!.test], ["regression", { before: 1, after: 2 }]);
});

Deno.test("compareResults() leaves the ensemble out when the winner is another point, or an experiment has none", () => {
  const other = compareResults(resultsWith(EIGHT), { current: resultsWith(EIGHT, { rate: 0.2 }) });
  assertEquals("ensemble" in other, false);
  const alone = gridResults([[{ rate: 0.1 }, [0.5, 0.5]]]);
  const added = compareResults(alone, { current: resultsWith(EIGHT) });
  assertEquals("ensemble" in added, false);
  assertEquals(added.changes.map(({ field }) => field), ["ensemble"]);
});

Deno.test("a check, a comment and the numbers for dashboards show an ensemble that is worse", () => {
  const gate = resolveGate({}, { tolerance: "auto" });
  const current = resultsWith({ testAccuracy: 0 });
  const comparison = compareResults(resultsWith({ testAccuracy: 1 }), { current, gate });
  assertEquals(verdictsText(comparison), "2 the same, the ensemble worse");
  assertEquals(comparison.drops!.map(dropText), [
    "rate=0.1 (ensemble): test −100.00 ± 0.00 points (95 % interval, from the test rows): a loss beyond chance",
  ]);
  assertEquals(
    winnerText(comparison),
    "winner rate=0.1; validation accuracy 50.00 % as before; test accuracy 50.00 % as before; " +
      "ensemble test accuracy 100.00 % -> 0.00 %, worse by 100.00 points",
  );
  const findings = describeComparison(comparison);
  assertEquals(
    checkText(comparison).includes("FAIL  Accuracy regression  rate=0.1 (ensemble): test accuracy"),
    true,
  );
  const comment = checkComment([comparison], { findings, exitCode: 1 });
  const row =
    "| ❌ | fake_question | Accuracy regression | rate=0.1 (ensemble) | test\u00a0100.00\u00a0% | test\u00a00.00\u00a0% | −100.00 |  |";
  assertEquals(comment.split("\n").filter((line) => line.startsWith("| ❌")), [row]);
  assertEquals(
    metricsText([comparison]).includes('seedbed_ensemble_test_accuracy{experiment="fake_question"} 0\n'),
    true,
  );
  assertEquals(JSON.parse(benchmarkJson([comparison])).at(-1), {
    name: "fake_question: ensemble test accuracy",
    unit: "%",
    value: 0,
  });
});
