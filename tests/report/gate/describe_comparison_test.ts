import { assertEquals } from "@std/assert";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import type { Comparison } from "../../../lib/report/compare/comparison.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { resultsOf } from "../compare/fakes.ts";

const DIVERGED: TrialEvent = { type: "diverged", trial: "0.1-0", epoch: 1, reason: "loss is NaN" };
const ACCEPT = 'deno task baseline experiments/fake_question.ts --reason "…"';

Deno.test("describeComparison() says of each trial what is wrong, and what accepts it", () => {
  const done = resultsOf({ 0.1: 0.5 });
  const cases: readonly (readonly [Comparison, title: string, message: string])[] = [
    [
      compareResults(done, { current: done }),
      "Same bits",
      "validation accuracy 50.00 %, every bit as before",
    ],
    [
      compareResults(done, { current: resultsOf({}, [DIVERGED]) }),
      "Trial diverged",
      "loss is NaN; it had validation accuracy 50.00 %",
    ],
    [
      compareResults(resultsOf({}, [DIVERGED]), { current: done }),
      "Bits only",
      "the runs part at epoch 0: only the new run has it",
    ],
    [
      compareResults(done, {
        current: resultsOf({}, [{ type: "failed", trial: "0.1-0", reason: "out of memory" }]),
      }),
      "Trial failed",
      "out of memory",
    ],
    [
      compareResults(resultsOf({ 0.2: 0.5 }), { current: done, only: new Set(["0.1-0"]) }),
      "No baseline",
      `validation accuracy 50.00 %, and the baseline has no result of it; ${ACCEPT} accepts it`,
    ],
  ];
  for (const [comparison, title, message] of cases) {
    const found = describeComparison({ ...comparison, changes: [] });
    assertEquals(found.map((finding) => [finding.title, finding.message]), [[title, message]]);
  }
});

Deno.test("describeComparison() says that only the declaration differs when every trial is the same", () => {
  const done = resultsOf({ 0.1: 0.5 });
  const comparison: Comparison = {
    ...compareResults(done, { current: done }),
    changes: [{ field: "repeats", before: "1", after: "2" }],
  };
  const [{ title, trial, message }] = describeComparison(comparison);
  assertEquals([title, trial], ["Obsolete baseline", null]);
  assertEquals(
    message,
    `every trial is the same, what the experiment declares is not: repeats 1 -> 2; ${ACCEPT} accepts it`,
  );
});

Deno.test("describeComparison() blames the data when those are others", () => {
  const [before, now] = [resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.515625 })];
  const comparison = compareResults(before, { current: now });
  const [trial] = comparison.trials;
  const ofOtherData: Comparison = {
    ...comparison,
    changes: [{ field: "dataDigest", before: '"d"', after: '"e"', reason: "a.csv has other line ends" }],
    trials: [{ ...trial, verdict: "bits", current: { ...trial.current!, trial: "new" } }],
  };
  const found = describeComparison(ofOtherData);
  assertEquals(found.map(({ title }) => title), ["Data changed", "Data changed"]);
  assertEquals(found[0].message, "a.csv has other line ends");
  assertEquals(
    found[1].message.split("; ").at(-1),
    "what decides the trial changed (0.1-0 is now new: dataDigest)",
  );
});
