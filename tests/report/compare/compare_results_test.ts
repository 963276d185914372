import { assertEquals } from "@std/assert";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import type { Results } from "../../../lib/report/files/parse_results.ts";
import { doneEvents } from "../fakes.ts";
import { resultsOf } from "./fakes.ts";

const DIVERGED: TrialEvent = { type: "diverged", trial: "0.1-0", epoch: 1, reason: "loss is NaN" };

const FAILED: TrialEvent = { type: "failed", trial: "0.1-0", reason: "out of memory" };

Deno.test("compareResults() judges a trial by its accuracies first, then by its bits", () => {
  const cases: readonly (readonly [string, Results, Results, string])[] = [
    ["equal", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.5 }), "same"],
    ["worse", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.25 }), "regression"],
    ["as much worse as may be", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.375 }), "within"],
    ["better", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.625 }), "improved"],
    ["too good", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.75 }), "suspicious"],
    ["diverging now", resultsOf({ 0.1: 0.5 }), resultsOf({}, [DIVERGED]), "diverged"],
    ["diverging as before", resultsOf({}, [DIVERGED]), resultsOf({}, [DIVERGED]), "same"],
    ["no longer diverging", resultsOf({}, [DIVERGED]), resultsOf({ 0.1: 0.5 }), "bits"],
    ["failing", resultsOf({ 0.1: 0.5 }), resultsOf({}, [FAILED]), "failed"],
    ["not failing now", resultsOf({}, [FAILED]), resultsOf({ 0.1: 0.5 }), "new"],
  ];
  for (const [what, baseline, current, verdict] of cases) {
    const { trials } = compareResults(baseline, {
      current,
      gate: resolveGate({ tolerance: 0.125, suspicious: 0.125 }),
    });
    assertEquals([what, ...trials.map((trial) => trial.verdict)], [what, verdict]);
  }
});

Deno.test("compareResults() names trials that are new or missing, and only those it is asked for", () => {
  const sides = [resultsOf({ 0.1: 0.5, 0.2: 0.5 }), { current: resultsOf({ 0.3: 0.5, 0.2: 0.5 }) }] as const;
  const verdicts = compareResults(...sides).trials.map(({ point, verdict }) => [point.rate, verdict]);
  assertEquals(verdicts, [[0.3, "new"], [0.2, "same"], [0.1, "obsolete"]]);
  const { trials } = compareResults(sides[0], { ...sides[1], only: new Set(["0.2-0"]) });
  assertEquals(trials.map(({ verdict }) => verdict), ["same"]);
});

Deno.test("compareResults() finds the first epoch that differs and the first whose weights do", () => {
  const epochs = (loss: number, weights: string): readonly TrialEvent[] =>
    doneEvents("0.1-0", 0.5).map((event) =>
      event.type === "epoch" && event.epoch === 1 ? { ...event, loss, weightsSha256: weights } : event
    );
  const { trials: [trial] } = compareResults(resultsOf({}, epochs(0.5, "a")), {
    current: resultsOf({}, epochs(0.25, "a")),
  });
  assertEquals(trial.parting, {
    epoch: 1,
    fields: [{ field: "loss", before: "0.5", after: "0.25" }],
    weightsEpoch: null,
  });
  const { trials: [other] } = compareResults(resultsOf({}, epochs(0.5, "a")), {
    current: resultsOf({}, epochs(0.5, "b")),
  });
  assertEquals([other.parting?.epoch, other.parting?.weightsEpoch, other.verdict], [1, 1, "bits"]);
});
