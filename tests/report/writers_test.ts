import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { storyCharts } from "../../lib/report/charts/story_charts.ts";
import { escapeMarkdown } from "../../lib/report/files/escape_markdown.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { stableJson, stableJsonParts } from "../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../lib/report/files/trials_csv.ts";
import { reportMarkdown } from "../../lib/report/report_markdown.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import { reproduceCommand } from "../../lib/report/story/reproduce.ts";
import type { Story } from "../../lib/report/story/story.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { doneEvents, fakeExperiment, fakeGrid, fakeInspection } from "./fakes.ts";
import { summarizeEvents } from "./summarize_events.ts";

const EVENTS = [
  ...doneEvents("0.3-0", 0.25),
  ...doneEvents("0.1-0", 0.5),
  { type: "diverged", trial: "0.2-0", epoch: 1, reason: "loss is NaN, at once" },
] as const;

function summary() {
  const experiment = fakeExperiment({ question: "Is a|b <i>better</i>?" });
  const grid = fakeGrid(experiment);
  const duplicates = [{ point: { rate: 0.4 }, sameAs: { rate: 0.1 } }];
  return summarizeEvents(experiment, {
    grid: { ...grid, duplicates },
    dataDigest: "d",
    events: EVENTS,
    testAccuracies: new Map([["0.1-0", 0.75]]),
  });
}

function markdown(summary: Summary, { inspection = null }: Partial<Story> = {}): string {
  const story = { summary, curves: curvesOfEvents(EVENTS), inspection };
  return reportMarkdown(story, { charts: storyCharts(story) });
}

Deno.test("trialsCsv() writes a row a trial in grid order when trials ended in another", () => {
  assertEquals(trialsCsv(summary()).split("\r\n"), [
    "trial,rate,repeat,status,best_epoch,best_validation_accuracy,train_accuracy,loss,test_accuracy," +
    "weights_sha256,reason",
    "0.1-0,0.1,0,done,1,0.5,0.5,0.3333333333333333,0.75,sha-0.1-0,",
    '0.2-0,0.2,0,diverged,,,,,,,"loss is NaN, at once"',
    "0.3-0,0.3,0,done,1,0.25,0.5,0.3333333333333333,,sha-0.3-0,",
    "",
  ]);
});

Deno.test("trialsCsv() heads an axis axis.<name> when it is called like a column", () => {
  const value = summary();
  const renamed = { ...value, experiment: { ...value.experiment, grid: { loss: [1] } }, trials: [] };
  assertStringIncludes(trialsCsv(renamed), "trial,axis.loss,repeat,");
});

Deno.test("historyCsv() writes a row an epoch, with an empty loss before training", () => {
  const grid = fakeGrid(fakeExperiment());
  assertEquals(historyCsv(grid, { events: doneEvents("0.2-0", 0.5) }).split("\r\n"), [
    "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256",
    "0.2-0,0,,0.25,0.25,1e-7,sha-0.2-0",
    "0.2-0,1,0.3333333333333333,0.5,0.5,1e-7,sha-0.2-0",
    "",
  ]);
});

Deno.test("stableJson() writes the bytes of JSON that reads back equal", () => {
  const value = {
    text: 'a"\n',
    numbers: [1e-7, 1 / 3, 2 ** 60, 100],
    none: null,
    empty: {},
    list: [{ a: [] }],
  };
  const text = stableJson(value);
  assertEquals(JSON.parse(text), value);
  assertStringIncludes(text, '"numbers": [1e-7, 0.3333333333333333, 1.152921504606847e+18, 100]');
});

Deno.test("stableJsonParts() yields the bytes of stableJson(), a long list in many parts", () => {
  const list = Array.from({ length: 100 }, (_, i) => ({ i, deep: [{ i: [i] }, i] }));
  for (
    const value of [{}, { list }, { none: [], a: 1, list, mixed: [1, {}], plain: [1, 2], last: { list } }]
  ) {
    assertEquals([...stableJsonParts(value)].join(""), stableJson(value));
  }
  assert([...stableJsonParts({ list })].length > list.length);
});

Deno.test("stableJson() throws when a number is not finite", () => {
  assertThrows(
    () => stableJson({ loss: NaN }),
    TypeError,
    "Cannot write JSON: a value must have a form in JSON, found NaN",
  );
});

Deno.test("reportMarkdown() says why a table of classes is missing", () => {
  const classNames = Array.from({ length: 101 }, (_, index) => `class ${index}`);
  const text = markdown(summary(), { inspection: { ...fakeInspection(), classNames, confusion: [] } });
  assertStringIncludes(
    text,
    "\n\nThere is no table of which class is taken for which: 101 classes are too many for one.\n\n",
  );
});

Deno.test("reportMarkdown() tells winner, ranking, losses, duplicates and how to repeat it", () => {
  const text = markdown(summary(), { inspection: fakeInspection() });
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

Deno.test("reproduceCommand() leaves a quote to the shell as it is", () => {
  const quoted = { ...summary(), overrides: ["data.label=it's"] };
  assertEquals(
    reproduceCommand(quoted),
    "deno task run experiments/fake_question.ts --set 'data.label=it'\\''s' --results another_folder",
  );
});

Deno.test("escapeMarkdown() leaves nothing that is markup", () => {
  const cases = [
    ["a | b", "a \\| b"],
    ["<script>&", "&lt;script&gt;&amp;"],
    ["*bold* `code` [link](x)", "\\*bold\\* \\`code\\` \\[link\\](x)"],
    ["two\nlines\r\n# head", "two lines \\# head"],
    ["weight_scale and _this_", "weight_scale and \\_this\\_"],
    ["\x1b[31m \u202e", "\\\\u001b\\[31m \\\\u202e"],
  ];
  for (const [text, escaped] of cases) assertEquals(escapeMarkdown(text), escaped);
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
