import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DrawingThread } from "../../../lib/dashboard/drawing/drawing_thread.ts";
import type { Fragments } from "../../../lib/dashboard/http/fragments.ts";
import { comparePage } from "../../../lib/dashboard/views/compare_page.ts";
import type { ComparedSide } from "../../../lib/dashboard/views/compared_side.ts";
import { curvesOfHistory } from "../../../lib/report/story/curve.ts";
import { numberResults, numberStory, readBack } from "../../report/number_story.ts";
import { resultsOf } from "../../report/compare/fakes.ts";

function sideOf(label: string, accuracies: Readonly<Record<string, number>>): ComparedSide {
  const results = resultsOf(accuracies);
  const { summary, history } = results;
  return {
    label,
    results,
    story: { summary, curves: curvesOfHistory(history), inspection: null },
    isRunning: false,
  };
}

Deno.test("comparePage() holds two results of one experiment against each other, trial by trial", async () => {
  using drawing = new DrawingThread();
  const sides = [sideOf("fake", { 0.1: 0.5, 0.2: 0.25 }), sideOf("fake@HEAD", { 0.1: 0.5, 0.2: 0.125 })];
  const page = (await comparePage(sides, { base: "/token", drawing })).replaceAll("\n", "");
  assertStringIncludes(page, "<title>fake, fake@HEAD · Seedbed</title>");
  assertStringIncludes(
    page,
    '<th scope="row">fake</th><td>rate=0.1</td><td>50.00 %</td><td></td><td></td><td>2 of 2</td>',
  );
  assertStringIncludes(page, "1 of 2 trials are the same bits.");
  // The older side stands before the newer one.
  const cells = ["rate=0.2", "0", "12.50 %", "25.00 %", "suspicious", "1"];
  assertStringIncludes(page, `<th scope="row">0.2-0</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}`);
});

Deno.test("comparePage() shows winners alone when there are three results, or two of different experiments", async () => {
  using drawing = new DrawingThread();
  const sides = ["a", "b", "c"].map((label) => sideOf(label, { 0.1: 0.5 }));
  assertEquals((await comparePage(sides, { base: "/token", drawing })).includes("Trial by trial"), false);
  const [first, second] = sides;
  const { experiment } = second.story.summary;
  const summary = { ...second.story.summary, experiment: { ...experiment, name: "other" } };
  const other = { ...second, story: { ...second.story, summary } };
  const page = await comparePage([first, other], { base: "/token", drawing });
  assert(page.includes('<section id="winners">') && !page.includes("Trial by trial"));
});

Deno.test("comparePage() begins with what makes a comparison doubtful, and with what was declared differently", async () => {
  using drawing = new DrawingThread();
  const [first, second] = [sideOf("a", { 0.1: 0.5 }), sideOf("b", { 0.1: 0.5 })];
  const summary = {
    ...second.story.summary,
    dataDigest: "e".repeat(64),
    experiment: { ...second.story.summary.experiment, name: "other", seed: 2 },
  };
  const other = { ...second, isRunning: true, story: { ...second.story, summary } };
  const page = (await comparePage([first, other], { base: "/token", drawing })).replaceAll("\n", "");
  for (
    const part of [
      "<li>The data differ: a difference of accuracy does not say which settings are better.</li>",
      "<li>b is still running: its trials so far are compared. Load the page again for more.</li>",
      '<th scope="row">seed</th><td>1</td><td>2</td>',
      `<th scope="row">dataDigest</th><td>&quot;d&quot;</td><td>${"e".repeat(16)}</td>`,
      "<td>not paired</td>",
    ]
  ) assertStringIncludes(page, part);
  assert(page.indexOf("The data differ") < page.indexOf("What differs"));
  assert(page.indexOf("What differs") < page.indexOf('id="winners"'));
});

Deno.test("comparePage() draws in the thread alone, and says why it cannot", async () => {
  const sides = [sideOf("a", { 0.1: 0.5 }), sideOf("b", { 0.1: 0.5 })];
  const pageOf = (drawn: () => Promise<Fragments>) =>
    comparePage(sides, { base: "/token", drawing: { draw: drawn } });
  const drawn = await pageOf(() => Promise.resolve({ charts: { markup: "<b>drawn elsewhere</b>" } }));
  assertStringIncludes(drawn, "<section><b>drawn elsewhere</b></section>");
  const failed = await pageOf(() => Promise.reject(new Error("its thread failed")));
  assertStringIncludes(failed, '<p class="note">Cannot draw the charts: its thread failed</p>');
});

Deno.test("comparePage() holds two results of numbers against each other by their RMSE", async () => {
  using drawing = new DrawingThread();
  const sides = [3.25, 4.5].map((rmse, index): ComparedSide => {
    const numbers = numberResults({ 0.1: 7.5, 0.2: rmse });
    return {
      label: `fake@${index}`,
      results: readBack(numbers),
      story: numberStory(numbers, null),
      isRunning: false,
    };
  });
  const page = (await comparePage(sides, { base: "/token", drawing })).replaceAll("\n", "");
  assertStringIncludes(page, "3.250");
  assertStringIncludes(page, "4.500");
  assertStringIncludes(page, "RMSE");
  assertEquals(page.match(/NaN|undefined|Infinity|\d %</g), null);
});
