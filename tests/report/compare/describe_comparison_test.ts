import { assertEquals } from "@std/assert";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import type { Comparison } from "../../../lib/report/compare/comparison.ts";
import {
  changeText,
  describeComparison,
  partingText,
  winnerText,
} from "../../../lib/report/compare/describe_comparison.ts";
import { resultsOf } from "./fakes.ts";

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
      "Numerics changed",
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
    const found = describeComparison({ ...comparison, changes: [] }, { allowBits: false });
    assertEquals(found.map((finding) => [finding.title, finding.message]), [[title, message]]);
  }
});

Deno.test("describeComparison() says that only the declaration differs when every trial is the same", () => {
  const done = resultsOf({ 0.1: 0.5 });
  const comparison: Comparison = {
    ...compareResults(done, { current: done }),
    changes: [{ field: "repeats", before: "1", after: "2" }],
  };
  const [{ title, trial, message }] = describeComparison(comparison, { allowBits: false });
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
  const found = describeComparison(ofOtherData, { allowBits: false });
  assertEquals(found.map(({ title }) => title), ["Data changed", "Data changed"]);
  assertEquals(found[0].message, "a.csv has other line ends");
  assertEquals(
    found[1].message.split("; ").at(-1),
    "what decides the trial changed (0.1-0 is now new: dataDigest)",
  );
});

Deno.test("partingText() says where runs part, and since when their weights do", () => {
  const loss = { field: "loss", before: "0.5", after: "0.25" };
  const start = "the runs part at epoch 2: ";
  const cases: readonly (readonly [Parameters<typeof partingText>[0], string])[] = [
    [{ epoch: 2, fields: [loss], weightsEpoch: null }, "loss 0.5 -> 0.25; the weights never differ"],
    [{ epoch: 2, fields: [loss], weightsEpoch: 2 }, "loss 0.5 -> 0.25"],
    [{ epoch: 2, fields: [loss], weightsEpoch: 3 }, "loss 0.5 -> 0.25; the weights differ from epoch 3 on"],
    [
      { epoch: 2, fields: [{ field: "epoch", before: null, after: "2" }], weightsEpoch: 2 },
      "only the new run has it",
    ],
    [
      { epoch: 2, fields: [{ field: "epoch", before: "2", after: null }], weightsEpoch: 2 },
      "only the old run has it",
    ],
  ];
  for (const [parting, text] of cases) assertEquals(partingText(parting), start + text);
});

Deno.test("changeText() cuts digests short, and has a word for nothing", () => {
  const digest = "0123456789abcdef".repeat(4);
  const cases: readonly (readonly [Parameters<typeof changeText>[0], string])[] = [
    [
      { field: "dataDigest", before: `"${digest}"`, after: digest },
      "dataDigest 0123456789abcdef -> 0123456789abcdef",
    ],
    [{ field: "loss", before: "", after: null }, "loss nothing -> nothing"],
    [{ field: "seed", before: "1", after: "2", reason: "why" }, "seed 1 -> 2 (why)"],
  ];
  for (const [change, text] of cases) assertEquals(changeText(change), text);
});

Deno.test("winnerText() names the points and both accuracies, null without winners", () => {
  const winner = {
    point: { rate: 0.2 },
    baselinePoint: { rate: 0.1 },
    validationAccuracy: 0.5,
    baselineValidationAccuracy: 0.5,
    testAccuracy: 0.75,
    baselineTestAccuracy: 0.5,
  };
  const comparison = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.5 }) });
  assertEquals(
    winnerText({ ...comparison, winner }),
    "winner rate=0.1 -> rate=0.2; validation accuracy 50.00 % as before; " +
      "test accuracy 50.00 % -> 75.00 %, better by 25.00 points",
  );
  assertEquals(winnerText({ ...comparison, winner: null }), null);
});
