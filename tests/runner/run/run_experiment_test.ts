import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { BrokenPromiseError, InputError } from "../../../lib/core/check/errors.ts";
import { openStream, shuffle } from "../../../lib/core/numbers/random.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { decodeLine, encodeRecord } from "../../../lib/journal/journal_record.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { mergeShards } from "../../../lib/runner/shards/merge_shards.ts";
import { findShards } from "../../../lib/runner/shards/read_shards.ts";
import { namesIn } from "../../helpers/names_in.ts";
import { changedEngine, committedFiles, forbiddenEngine, inSandbox, recorder } from "../fakes.ts";

Deno.test(
  "runExperiment() writes the report, the journal and the winner's weights alone",
  inSandbox(async ({ load, options }) => {
    const outcome = await runExperiment(await load(), options());
    assertEquals([outcome.status, outcome.ended], ["complete", 6]);
    const { counts, winner } = outcome.summary;
    assertEquals(counts, { points: 3, trials: 6, done: 4, diverged: 2, failed: 0, pending: 0 });
    assertEquals(winner?.testAccuracy?.values.length, 2);
    assertEquals(await namesIn(outcome.folder), [
      "activity.jsonl",
      "environment.json",
      "figure_accuracy.svg",
      "figure_confusion.svg",
      "figure_effect_1.svg",
      "figure_loss.svg",
      "figure_train_accuracy.svg",
      "history.csv",
      "journal.jsonl",
      "report.html",
      "report.md",
      "specs.jsonl",
      "summary.json",
      "test_predictions.csv",
      "timings.csv",
      "trials.csv",
      "weights",
    ]);
    const kept = winner!.trials.map((trial) => `${trial}.bin`).toSorted();
    assertEquals(await namesIn(`${outcome.folder}/weights`), kept);
  }),
);

Deno.test(
  "runExperiment() writes the same bytes when the engine has one worker, two, or reports everything twice",
  inSandbox(async ({ folder, load, options }) => {
    const engines = [
      options().engine,
      workersEngine({ workers: 2 }),
      changedEngine((event) => [event, event]),
    ];
    const written = [];
    for (const [number, engine] of engines.entries()) {
      const resultsDir = `${folder}/results${number}`;
      written.push(
        await committedFiles((await runExperiment(await load(), options({ engine, resultsDir }))).folder),
      );
    }
    assertEquals(written[1], written[0]);
    assertEquals(written[2], written[0]);
  }),
);

Deno.test(
  "runExperiment() rewrites the same report and runs nothing when all trials have a result",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(), options());
    const before = await committedFiles(folder);
    await Deno.remove(`${folder}/report.md`);
    const again = await runExperiment(await load(), options({ engine: forbiddenEngine() }));
    assertEquals([again.status, again.ended], ["complete", 0]);
    assertEquals(await committedFiles(folder), before);
    await Deno.writeTextFile(`${folder}/trials.csv`, "");
    await rewriteReport(await load(), options());
    assertEquals(await committedFiles(folder), before);
  }),
);

Deno.test(
  "runExperiment() adds the predictions of the test split that a journal of version 0.1 lacks, and trains nothing",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(), options());
    const before = await committedFiles(folder);
    const journal = await Deno.readTextFile(`${folder}/journal.jsonl`);
    const old = journal.trimEnd().split("\n").map((line) => {
      const decoded = decodeLine(line);
      assert("record" in decoded);
      if (decoded.record.type !== "inspection") return `${line}\n`;
      const { predictions, ...record } = decoded.record;
      assert(predictions !== undefined);
      return encodeRecord(record);
    }).join("");
    assert(old.length < journal.length);
    await Deno.writeTextFile(`${folder}/journal.jsonl`, old);
    await rewriteReport(await load(), options());
    assertEquals("test_predictions.csv" in before, true);
    assertEquals("test_predictions.csv" in await committedFiles(folder), false);
    await runExperiment(await load(), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(folder), before);
    // Both records are in the journal now; reading them again is no contradiction.
    await runExperiment(await load(), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(folder), before);
  }),
);

Deno.test(
  "runExperiment() keeps what has ended and writes no report when it is interrupted, then goes on to the same bytes",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await runExperiment(await load(), options({ resultsDir: `${folder}/whole` }));
    const controller = new AbortController();
    let ended = 0;
    const first = await runExperiment(
      await load(),
      options({
        signal: controller.signal,
        observe: ({ type }) => {
          if (type === "ended" && ++ended === 2) controller.abort();
        },
      }),
    );
    assertEquals([first.status, first.summary.counts.done], ["interrupted", 2]);
    assertEquals(await namesIn(first.folder), [
      "activity.jsonl",
      "environment.json",
      "journal.jsonl",
      "specs.jsonl",
      "timings.csv",
      "weights",
    ]);
    const second = await runExperiment(await load(), options());
    assertEquals([second.status, second.ended], ["complete", 4]);
    assertEquals(await committedFiles(second.folder), await committedFiles(whole.folder));
  }),
);

Deno.test(
  "runExperiment() removes the weights that a killed run left behind, also when no trial is pending",
  inSandbox(async ({ load, options }) => {
    const loaded = await load();
    const { folder, summary } = await runExperiment(loaded, options());
    const kept = await namesIn(`${folder}/weights`);
    const loser = summary.trials.find(({ trial, status }) =>
      status === "done" && !kept.includes(`${trial}.bin`)
    )!;
    await Deno.writeTextFile(`${folder}/weights/${loser.trial}.bin`, "left behind");
    await runExperiment(loaded, options({ engine: forbiddenEngine() }));
    assertEquals(await namesIn(`${folder}/weights`), kept);
  }),
);

Deno.test(
  "runExperiment() trains the winner again when its weights are lost or damaged",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await runExperiment(await load(), options({ resultsDir: `${folder}/whole` }));
    const [lost, damaged] = whole.summary.winner!.trials;
    const withoutTests = (text: string) =>
      text.split("\n").filter((line) => !line.includes('"type":"test"')).join("\n");
    const journal = `${whole.folder}/journal.jsonl`;
    await Deno.writeTextFile(journal, withoutTests(await Deno.readTextFile(journal)));
    await Deno.remove(`${whole.folder}/weights/${lost}.bin`);
    await Deno.writeTextFile(`${whole.folder}/weights/${damaged}.bin`, "damaged");
    const before = await committedFiles(whole.folder);
    const { events, observe } = recorder();
    await runExperiment(await load(), options({ resultsDir: `${folder}/whole`, observe }));
    assertEquals(
      events.filter((event) => event.type === "note").map(({ message }) => message),
      [lost, damaged].map((trial) =>
        `The weights of the winner's trial ${trial} are missing: it is trained again.`
      ),
    );
    assertEquals(await committedFiles(whole.folder), before);
  }),
);

Deno.test(
  "runExperiment() stops with both values when a trial trained again gives other bits",
  inSandbox(async ({ load, options }) => {
    const loaded = await load();
    const engine = changedEngine(({ weights: _, ...event }) => [event]);
    await assertRejects(
      () => runExperiment(loaded, options({ engine })),
      Error,
      "the engine gave no weights",
    );
    const other = changedEngine((received) =>
      received.event.type === "epoch" && received.event.epoch === 1
        ? [{ ...received, event: { ...received.event, loss: 0.5 } }]
        : [received]
    );
    await assertRejects(
      () => runExperiment(loaded, options({ engine: other })),
      BrokenPromiseError,
      "the same trial gave another value before, found",
    );
  }),
);

Deno.test(
  "runExperiment() runs a failed trial again, and the others in spite of it",
  inSandbox(async ({ load, options }) => {
    let unlucky: string | null = null;
    const engine = changedEngine((received) => {
      unlucky ??= received.event.trial;
      if (received.event.type !== "done" || received.event.trial !== unlucky) return [received];
      return [{ worker: 0, event: { type: "failed", trial: unlucky, reason: "lost" } }];
    });
    const first = await runExperiment(await load(), options({ engine }));
    assertEquals([first.status, first.ended, first.summary.counts.failed], ["complete", 6, 1]);
    assertStringIncludes(await Deno.readTextFile(`${first.folder}/trials.csv`), ",failed,,,");
    const second = await runExperiment(await load(), options());
    assertEquals([second.ended, second.summary.counts.failed, second.summary.counts.done], [1, 0, 4]);
  }),
);

Deno.test(
  "runExperiment() stops when maxFailures trials have failed or diverged",
  inSandbox(async ({ load, options }) => {
    const loaded = await load({ "[0.001, 0.1, 1e30]": "[1e30, 0.001]" });
    const { status, ended, summary } = await runExperiment(loaded, options({ maxFailures: 1 }));
    assertEquals([status, ended, summary.counts.diverged, summary.counts.pending], ["stopped", 1, 1, 3]);
  }),
);

Deno.test(
  "runExperiment() runs the chosen points alone, keeps the test split shut, and reuses them when the grid widens",
  inSandbox(async ({ load, options }) => {
    const only = [{ axis: "rate", value: "0.1" }];
    const part = await runExperiment(await load(), options({ only }));
    assertEquals([part.status, part.ended, part.summary.counts.pending], ["complete", 2, 4]);
    assertEquals(part.summary.winner?.testAccuracy, null);
    const wider = await runExperiment(await load({ "[0.001, 0.1, 1e30]": "[0.01, 0.1]" }), options());
    assertEquals([wider.ended, wider.summary.counts.done], [2, 4]);
    assertNotEquals(wider.summary.winner?.testAccuracy, null);
  }),
);

Deno.test(
  "runExperiment() sets the journal aside when it is fresh, and says so",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(), options());
    const before = await committedFiles(folder);
    const { events, observe } = recorder();
    const again = await runExperiment(await load(), options({ fresh: true, observe }));
    assertEquals(again.ended, 6);
    assertEquals(events[0], { type: "note", message: `The old journal is now ${folder}/journal.1.jsonl.` });
    assertEquals(await committedFiles(folder), before);
  }),
);

Deno.test(
  "runExperiment() reports an event only when it is in the journal",
  inSandbox(async ({ resultsDir, load, options }) => {
    const path = `${resultsDir}/blobs_rate/journal.jsonl`;
    const missing: string[] = [];
    await runExperiment(
      await load(),
      options({
        observe: (told) => {
          if (told.type !== "ended" && told.type !== "epoch") return;
          const lines = Deno.readTextFileSync(path).trimEnd().split("\n");
          const { record } = JSON.parse(lines[lines.length - 1]);
          if (record.trial !== told.event.trial || record.type !== told.event.type) {
            missing.push(told.event.trial);
          }
        },
      }),
    );
    assertEquals(missing, []);
  }),
);

Deno.test(
  "runExperiment() throws and writes nothing when a choice names no axis or no value of it",
  inSandbox(async ({ resultsDir, load, options }) => {
    const cases = [
      [
        { axis: "rat", value: "1" },
        'Cannot choose trials: --only must name an axis (rate, hidden), found "rat"',
      ],
      [
        { axis: "rate", value: "1" },
        'Cannot choose trials: --only rate must be one of 0.001, 0.1, 1e+30, found "1"',
      ],
    ] as const;
    const loaded = await load();
    for (const [filter, message] of cases) {
      await assertRejects(() => runExperiment(loaded, options({ only: [filter] })), InputError, message);
    }
    await assertRejects(() => Deno.stat(resultsDir), Deno.errors.NotFound);
  }),
);

Deno.test(
  "runExperiment() throws and writes nothing when the data cannot be had",
  inSandbox(async ({ folder, resultsDir, load, options }) => {
    const loaded = await load({
      "{ blobs,": "{ mnist,",
      "blobs({ numClasses: 3, inputDim: 4, spread: 0.4, ": "mnist({ ",
    });
    await assertRejects(
      () => runExperiment(loaded, options({ dataDir: folder })),
      InputError,
      "Cannot read MNIST:",
    );
    await assertRejects(() => Deno.stat(resultsDir), Deno.errors.NotFound);
  }),
);

Deno.test(
  "runExperiment() lets the next best point win when the leader has no finite score for a row of the test split",
  inSandbox(async ({ folder, load, options }) => {
    const { changes, line } = await withOverflowingTest(folder);
    const notes: string[] = [];
    const observe = (event: RunEvent) =>
      void (event.type === "note" && event.message.includes("diverged") && notes.push(event.message));
    const { summary, folder: results } = await runExperiment(await load(changes), options({ observe }));
    const reason = (value: number) =>
      `the score of class 0 is ${value} for row 0 of the test split (line ${line} of its file) before training`;
    const diverged = summary.trials.filter(({ status }) => status === "diverged");
    assertEquals(diverged.map(({ point, reason }) => [point.scale, reason]), [[2, reason(Infinity)], [
      2,
      reason(NaN),
    ]]);
    assertEquals(
      notes,
      diverged.map(({ trial, reason }) => `The winner's trial ${trial} diverged: ${reason}.`),
    );
    assertEquals(summary.winner?.point, { scale: 1e-5, hidden: 8 });
    assertEquals(summary.winner?.testAccuracy?.values.length, 2);
    const before = await committedFiles(results);
    const again = await runExperiment(await load(changes), options({ engine: forbiddenEngine() }));
    assertEquals([again.summary, await committedFiles(results)], [summary, before]);
    const passes = await verifyExperiment(await load(changes), {
      ...options(),
      engine: () => inlineEngine(),
      workerCounts: [1],
      seed: 0,
    });
    for await (const { differences } of passes!) assertEquals(differences, []);
    const folders = [1, 2].map((index) => `${folder}/shard${index}`);
    for (const [i, resultsDir] of folders.entries()) {
      await runExperiment(await load(changes), options({ resultsDir, shard: { index: i + 1, count: 2 } }));
    }
    const shards = [...(await findShards(folders)).values()];
    assertEquals(shards.length, 1);
    const merged = await mergeShards(shards[0], { ...options(), resultsDir: `${folder}/merged` });
    assertEquals(await committedFiles("outcome" in merged ? merged.outcome.folder : ""), before);
  }),
);

Deno.test(
  "runExperiment() keeps warnings with the results: in the summary, on top of the report, and told at once",
  inSandbox(async ({ load, options }) => {
    const changes = {
      "train: 60, validation: 20, test: 20": "train: 60, validation: 2, test: 20",
      "[hidden], weightScale": '[hidden], normalization: "batchnorm", weightScale',
      "batchSize: 20, epochs: 2": "batchSize: 1, epochs: 1",
    };
    const warnings = [
      {
        code: "batch_of_one",
        where: "rate=0.001, hidden=8 and 2 more points",
        message: "batch normalization over a batch of one row makes every row the same: the net cannot learn",
      },
      {
        code: "missing_class",
        where: "validation split",
        message:
          'it has 2 rows, fewer than the 3 classes, and holds no row of class "2": the choice of the winner ' +
          "does not weigh it",
      },
    ];
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    const { summary, folder } = await runExperiment(await load(changes), options({ observe }));
    assertEquals([summary.format, summary.warnings], [2, warnings]);
    assertEquals(notes, warnings.map(({ where, message }) => `Warning: ${where}: ${message}.`));
    const markdown = await Deno.readTextFile(`${folder}/report.md`);
    assert(markdown.indexOf("## Before you read the results") > 0);
    assert(markdown.indexOf("## Before you read the results") < markdown.indexOf("## Answer"));
    assertStringIncludes(await Deno.readTextFile(`${folder}/report.html`), warnings[0].message);
    const before = await committedFiles(folder);
    await rewriteReport(await load(changes), options());
    assertEquals(await committedFiles(folder), before);
    const results = await readResults(folder);
    assertEquals(results?.summary, summary);
  }),
);

Deno.test(
  "runExperiment() refuses a training split of one class",
  inSandbox(async ({ load, options }) => {
    const loaded = await load({ "train: 60": "train: 1", "batchSize: 20": "batchSize: 1" });
    const error = await assertRejects(() => runExperiment(loaded, options()), InputError);
    assertStringIncludes(error.message, 'found 1 row of class "0" alone; check data.label');
  }),
);

const FAULTS: readonly {
  readonly name: string;
  readonly changes?: Readonly<Record<string, string>>;
  readonly options: Partial<RunOptions>;
  readonly message: string;
}[] = [
  {
    name: "the trial has fewer epochs",
    options: { faultEpoch: 3 },
    message:
      "Cannot inject a fault before epoch 3: it must be at most the 2 epochs of ID, the first trial of " +
      "blobs_rate",
  },
  {
    name: "the trial is of another shard",
    options: { faultEpoch: 1, shard: { index: 2, count: 2 } },
    message:
      "Cannot inject a fault: ID, the first trial of blobs_rate must run, but has a result or is left out",
  },
  {
    name: "the trial diverges before",
    changes: { "[0.001, 0.1, 1e30]": "[1e30]" },
    options: { faultEpoch: 2 },
    message:
      "Cannot inject a fault before epoch 2: trial ID must reach that epoch, found diverged: loss is NaN at " +
      "step 2 of epoch 1",
  },
];

for (const { name, changes, options: changed, message } of FAULTS) {
  Deno.test(
    `runExperiment() throws when a fault could not be injected because ${name}`,
    inSandbox(async ({ load, options }) => {
      const run = async () => await runExperiment(await load(changes), options(changed));
      const error = await assertRejects(run, InputError);
      assertEquals(error.message.replace(/[0-9a-f]{16}/, "ID"), message);
    }),
  );
}

/** Returns changes of the experiment to a file whose one row of the test split is too large for one of two nets. */
async function withOverflowingTest(
  folder: string,
): Promise<{ readonly changes: Readonly<Record<string, string>>; readonly line: number }> {
  const order = Int32Array.from({ length: 41 }, (_, row) => row);
  shuffle(order, openStream("csv/0"));
  const lines = Array.from(
    { length: 41 },
    (_, row) => `${row % 2 * 4 - 2 + row / 100},${row % 2 ? "a" : "b"}`,
  );
  lines[order[40]] = "3e38,a";
  const file = `${folder}/rows.csv`;
  await Deno.writeTextFile(file, ["x,y", ...lines, ""].join("\n"));
  const changes = {
    "import { blobs": "import { csvDataset",
    "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
      `data: csvDataset({ file: "${file}", label: "y", classes: ["a", "b"], train: 30, validation: 10, test: 1 })`,
    "rate: [0.001, 0.1, 1e30]": "scale: [2, 1e-5]",
    "({ rate, hidden })": "({ scale, hidden })",
    'weightScale: "he"': "weightScale: scale",
    "learningRate: rate": "learningRate: 0.001",
  };
  return { changes, line: order[40] + 2 };
}
