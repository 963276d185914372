import { assertStringIncludes } from "@std/assert";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { evidenceOf } from "../../../lib/report/evidence/evidence.ts";
import { reportMarkdown } from "../../../lib/report/markdown/report_markdown.ts";
import { curvesOfEvents } from "../../../lib/report/story/curve.ts";
import type { Story } from "../../../lib/report/story/story.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import { doneEvents, fakeExperiment, fakeGrid, fakeInspection } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";
import { EVENTS, threeTrials } from "../three_trials.ts";

function markdown(summary: Summary, { inspection = null }: Partial<Story> = {}): string {
  const story = { summary, curves: curvesOfEvents(EVENTS), inspection };
  return reportMarkdown(story, { charts: storyCharts(story), evidence: evidenceOf(summary, story) });
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
      "# fake_question\n\n**Question.** Is a\\|b &lt;i&gt;better&lt;/i&gt;?\n\n3 points, one repeat each, 3 trials: 2 done, " +
      "1 diverged, 0 failed, 0 pending. 9 training, 4 validation and 4 test rows.\n\n## Before you read the results\n\n" +
      "- 1 trial diverged: loss is NaN, at once (rate=0.2).\n" +
      "- 2 trials at chance level: no better than guessing a class (rate=0.1; rate=0.3).\n" +
      "- 1 point not run: the same trials as an earlier point (rate=0.4).\n\n## Answer\n\nrate=0.1 leads. ",
      "| validation | **50.00 %** | 15.00 % to 85.00 % (Wilson, 4 rows) |\n| test | **75.00 %** | 30.06 % to 95.44 % (Wilson, 4 rows) |\n",
      "| 1 | **50.00 %** | 0.1 |  | leads; at chance level |\n| 2 | 25.00 % | 0.3 | −25.00 | at chance level |\n" +
      "|  |  | 0.2 |  | diverged |\n",
      "| 0.2-0 | rate=0.2 | 0 | diverged | loss is NaN, at once |",
      "## How training went\n\n![Validation accuracy by epoch](figure_accuracy.svg)\n",
      "![Effect of rate](figure_effect_1.svg)\n\nEffect of rate. Differences to rate=0.1, the best value, between trials",
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
  assertStringIncludes(text, "## Leading among complete points\n\nrate=0.1 leads so far. ");
  assertStringIncludes(text, "| test | not opened: trials are pending |");
});

Deno.test("reportMarkdown() gives a 95 % interval and each repeat when there are three", () => {
  const experiment = fakeExperiment({ repeats: 3, grid: { rate: [0.1] } });
  const text = markdown(summarizeEvents(experiment, {
    grid: fakeGrid(experiment),
    dataDigest: "d",
    events: [...doneEvents("0.1-0", 0.5), ...doneEvents("0.1-1", 0.6), ...doneEvents("0.1-2", 0.7)],
    testAccuracies: new Map(),
  }));
  assertStringIncludes(
    text,
    "| split | accuracy (mean ± 95 % interval) | 95 % interval by its rows | each repeat |\n",
  );
  assertStringIncludes(
    text,
    "| validation | **60.00 % ± 24.84 %** | 20.46 % to 89.74 % (Wilson, 4 rows) | 50.00 %, 60.00 %, 70.00 % |\n",
  );
});
