import { assertStringIncludes } from "@std/assert";
import { storyCharts } from "../../lib/report/charts/story_charts.ts";
import { reportMarkdown } from "../../lib/report/report_markdown.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import type { Story } from "../../lib/report/story/story.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { doneEvents, fakeExperiment, fakeGrid, fakeInspection } from "./fakes.ts";
import { summarizeEvents } from "./summarize_events.ts";
import { EVENTS, threeTrials } from "./three_trials.ts";

function markdown(summary: Summary, { inspection = null }: Partial<Story> = {}): string {
  const story = { summary, curves: curvesOfEvents(EVENTS), inspection };
  return reportMarkdown(story, { charts: storyCharts(story) });
}

Deno.test("reportMarkdown() says why a table of classes is missing", () => {
  const classNames = Array.from({ length: 101 }, (_, index) => `class ${index}`);
  const text = markdown(threeTrials(), { inspection: { ...fakeInspection(), classNames, confusion: [] } });
  assertStringIncludes(
    text,
    "\n\nThere is no table of which class is taken for which: 101 classes are too many for one.\n\n",
  );
});

Deno.test("reportMarkdown() names winner, ranking, losses, duplicates and how to repeat it", () => {
  const text = markdown(threeTrials(), { inspection: fakeInspection() });
  for (
    const part of [
      "# fake_question\n\n**Question.** Is a\\|b &lt;i&gt;better&lt;/i&gt;?\n\n## Winner\n\n**rate=0.1**\n",
      "| validation | **50.00 %** |\n| test | **75.00 %** |\n",
      "3 points, one repeat each, 3 trials: 2 done, 1 diverged, 0 failed, 0 pending.",
      "| 1 | 0.1 | 50.00 % | 1 of 1 |\n| 2 | 0.3 | 25.00 % | 1 of 1 |\n|  | 0.2 | none | 0 of 1 |\n",
      "| 0.2-0 | rate=0.2 | 0 | diverged | loss is NaN, at once |",
      "## How training went\n\n![Validation accuracy by epoch](figure_accuracy.svg)\n",
      "![Effect of rate](figure_effect_1.svg)\n\nEffect of rate. The mean over all trials",
      "## The winner on the test split\n\nTrial 0.1-0, the winner's best repeat by validation accuracy.\n",
      "![Which class is taken for which](figure_confusion.svg)\n",
      "![The rows in the order of the table](figure_mistakes.png)\n\n| row | true class | predicted | probability |\n",
      "| 7 | one \\| &lt;b&gt; | two | 90.00 % |\n",
      "![The weights of 2 units of the first layer](figure_first_layer.png)\n",
      "- rate=0.4 is the same as rate=0.1\n",
      "    deno task run experiments/fake_question.ts\n",
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("reportMarkdown() says that the test split was not opened when trials are pending", () => {
  const experiment = fakeExperiment();
  const text = markdown(summarizeEvents(experiment, {
    grid: fakeGrid(experiment),
    dataDigest: "d",
    events: doneEvents("0.1-0", 0.5),
    testAccuracies: new Map(),
  }));
  assertStringIncludes(text, "## Leading so far\n\n**rate=0.1**");
  assertStringIncludes(text, "| test | not opened: trials are pending |");
});

Deno.test("reportMarkdown() gives a 95 % interval beside the repeats when there are several", () => {
  const experiment = fakeExperiment({ repeats: 2, grid: { rate: [0.1] } });
  const text = markdown(summarizeEvents(experiment, {
    grid: fakeGrid(experiment),
    dataDigest: "d",
    events: [...doneEvents("0.1-0", 0.5), ...doneEvents("0.1-1", 0.6)],
    testAccuracies: new Map(),
  }));
  assertStringIncludes(text, "| 95 % interval | each repeat |\n");
  assertStringIncludes(text, "| validation | **55.00 % ± 7.07 %** | ± 63.53 % | 50.00 %, 60.00 % |\n");
});
