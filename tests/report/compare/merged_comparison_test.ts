import { assertEquals } from "@std/assert";
import { mergedComparison } from "../../../lib/report/compare/merged_comparison.ts";
import { threeTrials } from "../three_trials.ts";

Deno.test("mergedComparison() finds every trial the same but those that failed", () => {
  const summary = threeTrials();
  const trials = summary.trials.map((trial) =>
    trial.trial === "0.3-0" ? { ...trial, status: "failed" as const } : trial
  );
  const { experiment, file, problem, trials: compared } = mergedComparison({ ...summary, trials });
  assertEquals([experiment, file, problem], ["fake_question", null, null]);
  assertEquals(compared.map(({ verdict, baseline, current }) => [verdict, baseline === current]), [
    ["same", true],
    ["same", true],
    ["failed", true],
  ]);
});
