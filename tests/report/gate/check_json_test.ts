import { assertEquals } from "@std/assert";
import { benchmarkJson, checkJson } from "../../../lib/report/gate/check_json.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { resultsOf } from "../compare/fakes.ts";

const COMPARISON = compareResults(resultsOf({ 0.1: 0.5, 0.2: 0.25 }), {
  current: resultsOf({ 0.1: 1 / 3, 0.2: 0.25 }),
});
const FINDINGS = describeComparison(COMPARISON);

Deno.test("checkJson() counts all trials, and leaves out those that are the same", () => {
  const text = checkJson([COMPARISON], { findings: FINDINGS, exitCode: 1 });
  const { format, exitCode, experiments: [{ compared, trials }], findings } = JSON.parse(text);
  assertEquals([format, exitCode, compared], [2, 1, 2]);
  assertEquals(trials.map(({ verdict }: { verdict: string }) => verdict), ["regression"]);
  assertEquals(findings, [FINDINGS[0]]);
});

Deno.test("benchmarkJson() has the winner's accuracies in percent, to four decimals", () => {
  const winner = { ...COMPARISON.winner!, testAccuracy: 0.75 };
  const validation = { name: "fake_question: validation accuracy", unit: "%", value: 33.3333 };
  assertEquals(JSON.parse(benchmarkJson([COMPARISON])), [validation]);
  assertEquals(JSON.parse(benchmarkJson([{ ...COMPARISON, winner }])), [
    validation,
    { name: "fake_question: test accuracy", unit: "%", value: 75 },
  ]);
  assertEquals(benchmarkJson([{ ...COMPARISON, winner: null }]), "[]\n");
});
