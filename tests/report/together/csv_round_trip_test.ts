// Several sources together: what the writers of results write, read back by the readers of Seedbed, Deno and Python.
import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { parseResults } from "../../../lib/report/files/parse_results.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { needing } from "../../setup/needing.ts";
import { doneEvents } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";

const TEXTS = [
  ...["a,b", 'a"b', '"quoted"', '"', '""', ",", ";", "'", "\\", "\\n", " lead", "trail ", "", "null", "8"],
  ...["=1+1", "+1", "@SUM(A1)", "-2", "#comment", "%0A::error::x", "::error::x", "<script>alert(1)</script>"],
  ...[
    "</script><img src=x onerror=alert(1)>",
    "a|b",
    "`code`",
    "$(id)",
    "emoji 🎉👩‍💻",
    "日本語",
    "שלום",
    "e\u0301",
  ],
  ...["x".repeat(300), "y,".repeat(5000), "trial", "status"],
];

const REASONS = [
  "two\nlines",
  "carriage\rreturn",
  "windows\r\nend",
  'tab\t, "quote"',
  "\x1b[31mred\0",
  "\ud800",
];

const experiment = defineExperiment({
  name: "texts",
  question: "Which text?",
  seed: 1,
  data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
  grid: { tag: TEXTS, repeat: [1] },
  trial: ({ tag }) => ({
    model: { hiddenDims: [TEXTS.indexOf(tag) + 1] },
    solver: { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1 },
  }),
}) as unknown as Experiment;
const grid = expandGrid(expandPoints(experiment), { dataDigest: "d" });
const events = grid.trials.flatMap(({ id: trial }, index): readonly TrialEvent[] =>
  index < REASONS.length ? [{ type: "failed", trial, reason: REASONS[index] }] : doneEvents(trial, 0.5)
);
const summary = summarizeEvents(experiment, { grid, dataDigest: "d", events, testAccuracies: new Map() });
const FILES = { "trials.csv": trialsCsv(summary), "history.csv": historyCsv(grid, { events }) };

/** Returns the bytes of a file as a reader decodes them. */
const onDisk = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));

Deno.test("trialsCsv() is read back by @std/csv, a row a trial, to the texts of the axes", () => {
  const [head, ...rows] = parse(onDisk(FILES["trials.csv"]));
  assertEquals(head.slice(0, 4), ["trial", "tag", "axis.repeat", "repeat"]);
  assertEquals(rows.map((row) => row.slice(0, 3)), grid.trials.map(({ id, point }) => [id, point.tag, "1"]));
  assertEquals(rows.slice(0, REASONS.length).map((row) => row.at(-1)), [
    "two\nlines",
    "carriage\\rreturn",
    "windows\\r\nend",
    'tab\t, "quote"',
    "\\u001b[31mred\\u0000",
    "\\ud800",
  ]);
});

Deno.test(
  needing("python3", "Python's csv reads what @std/csv reads in trials.csv and history.csv"),
  async () => {
    const program = "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], newline=''," +
      " encoding='utf-8'), strict=True))))";
    const folder = await Deno.makeTempDir();
    try {
      for (const [name, text] of Object.entries(FILES)) {
        await Deno.writeTextFile(`${folder}/${name}`, text);
        const { stdout } = await new Deno.Command("python3", { args: ["-c", program, `${folder}/${name}`] })
          .output();
        assertEquals(JSON.parse(new TextDecoder().decode(stdout)), parse(onDisk(text)), name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("parseResults() reads results whose reasons hold controls, as they were written once", () => {
  for (const trials of [FILES["trials.csv"], trialsCsv(summary, { isRaw: true })]) {
    const texts = {
      summary: onDisk(stableJson(summary)),
      trials: onDisk(trials),
      history: FILES["history.csv"],
    };
    assertEquals(parseResults(texts, { folder: "results/texts" }).summary.trials.length, TEXTS.length);
  }
});
