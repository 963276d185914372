import { assertEquals } from "@std/assert";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { describeComparison } from "../../../lib/report/compare/describe_comparison.ts";
import { exitCodeOfFindings, type Finding } from "../../../lib/report/compare/finding.ts";
import { FINDING, resultsOf } from "./fakes.ts";

Deno.test("exitCodeOfFindings() is that of the gravest, and 0 for notices", () => {
  const of = (...verdicts: readonly Finding["verdict"][]) =>
    exitCodeOfFindings(verdicts.map((verdict) => ({ ...FINDING, verdict })));
  assertEquals([of("missing"), of("missing", "bits"), of("bits", "diverged"), of("failed", "incomplete")], [
    3,
    1,
    4,
    6,
  ]);
  const comparison = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.53125 }) });
  assertEquals(exitCodeOfFindings(describeComparison(comparison, { allowBits: true })), 0);
  assertEquals(exitCodeOfFindings(describeComparison(comparison, { allowBits: false })), 1);
});
