import { assertEquals } from "@std/assert";
import { cautions, splitsText } from "../../../lib/report/evidence/facts_text.ts";
import { threeTrials } from "../three_trials.ts";

const SUMMARY = threeTrials();

Deno.test("cautions() groups lost trials by their reason, and names three of many", () => {
  const lost = SUMMARY.trials.find(({ status }) => status === "diverged")!;
  const trials = [
    ...Array.from({ length: 5 }, (_, repeat) => ({ ...lost, repeat })),
    { ...lost, status: "failed" as const, reason: null },
  ];
  assertEquals(cautions({ ...SUMMARY, trials, duplicates: [] }), [
    "5 trials diverged: loss is NaN, at once (rate=0.2; rate=0.2 (repeat 1); rate=0.2 (repeat 2); and 2 more)",
    "1 trial failed: no reason is known (rate=0.2)",
  ]);
});

Deno.test("cautions() is empty where nothing is odd", () => {
  assertEquals(cautions({ ...SUMMARY, trials: [], duplicates: [] }), []);
});

Deno.test("splitsText() has the sizes of the splits, and is null where data do not say", () => {
  assertEquals(splitsText(SUMMARY), "9 training, 4 validation and 4 test rows");
  const data = { kind: "other" } as unknown as typeof SUMMARY.experiment.data;
  assertEquals(splitsText({ ...SUMMARY, experiment: { ...SUMMARY.experiment, data } }), null);
});
