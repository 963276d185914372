import { assertEquals } from "@std/assert";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { verdictsText } from "../../../lib/report/compare/verdicts_text.ts";
import { resultsOf } from "./fakes.ts";

Deno.test("verdictsText() counts each verdict in one order, and says when there is none", () => {
  const worse = compareResults(resultsOf({ 0.1: 0.5, 0.2: 0.25 }), {
    current: resultsOf({ 0.1: 0.25, 0.2: 0.25 }),
  });
  assertEquals(verdictsText(worse), "1 the same, 1 worse");
  assertEquals(verdictsText({ ...worse, trials: [] }), "no trials");
  const problem = { verdict: "new", message: "there are no results" } as const;
  assertEquals(verdictsText({ ...worse, problem, trials: [] }), "no baseline");
});
