import { assertEquals } from "@std/assert";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { metricsText } from "../../../lib/report/gate/metrics_text.ts";
import { resultsOf } from "../compare/fakes.ts";

Deno.test("metricsText() has the winner's accuracies as OpenMetrics, and none where there is no winner", () => {
  const comparison = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.25 }) });
  const winner = { ...comparison.winner!, testAccuracy: 0.75 };
  assertEquals(
    metricsText([{ ...comparison, winner }, { ...comparison, winner: null }]),
    '# TYPE seedbed_validation_accuracy gauge\nseedbed_validation_accuracy{experiment="fake_question"} 0.25\n' +
      '# TYPE seedbed_test_accuracy gauge\nseedbed_test_accuracy{experiment="fake_question"} 0.75\n# EOF\n',
  );
  assertEquals(metricsText([]), "# EOF\n");
});
