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

Deno.test("comparedChart() shows the values after epoch 0 in full height, and says what is left out", () => {
  const { caption, spec } = comparedChart([
    { label: "new", story: storyOf([0.1, 0.9, 0.92, 0.95]) },
    { label: "old", story: storyOf([0.1, 0.88, 0.9, 0.91]) },
  ])!;
  assertEquals(
    caption,
    "Each line is the mean over the trials of a winner. Outside of the frame: epoch 0 of 2 trials.",
  );
  const { encoding: { y } } = spec as unknown as {
    readonly encoding: { readonly y: { readonly scale: { readonly domain: readonly [number, number] } } };
  };
  const [low, high] = y.scale.domain;
  assertEquals([low > 0.8 && low <= 0.88, high >= 0.95 && high <= 1], [true, true], `${low} to ${high}`);
});
