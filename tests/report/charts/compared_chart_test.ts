import { assertEquals } from "@std/assert";
import { comparedChart } from "../../../lib/report/charts/compared_chart.ts";
import type { Story } from "../../../lib/report/story/story.ts";
import { fakeStory } from "../fakes.ts";

/** Returns a story whose winner's repeats went so. */
function storyOf(...curves: readonly (readonly number[])[]): Story {
  const story = fakeStory({ rates: 1, epochs: 1 });
  const trials = curves.map((_, at) => `t${at}`);
  return {
    ...story,
    summary: { ...story.summary, winner: { ...story.summary.winner!, trials } },
    curves: new Map(curves.map((values, at) => {
      const validationAccuracy = Float64Array.from(values);
      return [`t${at}`, { loss: validationAccuracy, trainAccuracy: validationAccuracy, validationAccuracy }];
    })),
  };
}

Deno.test("comparedChart() has a column a story, each epoch the mean of the winner's repeats that got there", () => {
  const { table } = comparedChart([
    { label: "new", story: storyOf([0.25, 0.5, 1], [0.75, 0.5]) },
    { label: "old", story: storyOf([0.5, 0.75]) },
  ])!;
  assertEquals(table, {
    head: ["epoch", "new", "old"],
    rows: [["0", "50.00 %", "50.00 %"], ["1", "50.00 %", "75.00 %"], ["2", "100.00 %", ""]],
  });
});

Deno.test("comparedChart() leaves out a story without a winner, and is null without any", () => {
  const story = storyOf([0.5]);
  const none = { ...story, summary: { ...story.summary, winner: null } };
  assertEquals(comparedChart([{ label: "a", story }, { label: "b", story: none }])?.table.head, [
    "epoch",
    "a",
  ]);
  assertEquals(comparedChart([{ label: "b", story: none }]), null);
  assertEquals(comparedChart([]), null);
});
