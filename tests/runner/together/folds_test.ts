// Several sources together: an experiment with folds, run, broken off, verified, merged and exported.
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { readComparedSide } from "../../../lib/dashboard/views/compared_side.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { committedLines } from "../../../lib/runner/baseline/journal_lines.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import { exportModel } from "../../../lib/runner/model/export_model.ts";
import { planRun } from "../../../lib/runner/plan/plan_run.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { mergeShards } from "../../../lib/runner/shards/merge_shards.ts";
import { findShards } from "../../../lib/runner/shards/read_shards.ts";
import { namesIn } from "../../helpers/names_in.ts";
import { withOverflowingTest } from "../overflowing_rows.ts";
import { changedEngine, committedFiles, forbiddenEngine, inSandbox } from "../fakes.ts";

/** Three points, two repeats, three folds; one of the points diverges. */
const FOLDED = { "test: 20 })": "test: 20, folds: 3 })" };

Deno.test(
  "runExperiment() counts each repeat and fold of a point, and tests the nets of a repeat's folds together",
  inSandbox(async ({ load, options }) => {
    const { summary, folder } = await runExperiment(await load(FOLDED), options());
    assertEquals(summary.counts, { points: 3, trials: 18, done: 12, diverged: 6, failed: 0, pending: 0 });
    const { winner, trials } = summary;
    assertEquals([winner!.trials.length, winner!.validationAccuracy!.folds], [6, 3]);
    assertEquals(winner!.testAccuracy!.values.length, 2);
    const tested = trials.filter(({ testAccuracy }) => testAccuracy !== null);
    assertEquals(tested.map(({ repeat, fold }) => [repeat, fold]), [[0, 0], [1, 0]]);
    assertEquals(await namesIn(`${folder}/weights`), winner!.trials.map((id) => `${id}.bin`).toSorted());
    const journal = await Deno.readTextFile(`${folder}/journal.jsonl`);
    assertStringIncludes(journal, `"folds":${JSON.stringify(winner!.trials.slice(0, 3))}`);
    assertEquals((await readResults(folder))!.summary, summary);
    const before = await committedFiles(folder);
    await rewriteReport(await load(FOLDED), options());
    assertEquals(await committedFiles(folder), before);
    await runExperiment(await load(FOLDED), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(folder), before);
  }),
);

Deno.test(
  "runExperiment() gives the bytes of folds with one, two and three workers, and when all is reported twice",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await committedFiles((await runExperiment(await load(FOLDED), options())).folder);
    const engines = [
      workersEngine({ workers: 2 }),
      workersEngine({ workers: 3 }),
      changedEngine((event) => [event, event]),
    ];
    for (const [number, engine] of engines.entries()) {
      const resultsDir = `${folder}/results${number}`;
      const found = await runExperiment(await load(FOLDED), options({ engine, resultsDir }));
      assertEquals(await committedFiles(found.folder), whole);
    }
  }),
);

Deno.test(
  "runExperiment() ends in the bytes of an undisturbed run of folds when it broke off at any journal boundary",
  inSandbox(async ({ folder, load, options }) => {
    const few = { ...FOLDED, "[0.001, 0.1, 1e30]": "[0.1]", "repeats: 2": "repeats: 1" };
    const loaded = await load(few);
    const whole = await runExperiment(loaded, options({ resultsDir: `${folder}/whole` }));
    const files = await committedFiles(whole.folder);
    let boundary = 0;
    for (let isWhole = false; !isWhole; boundary++) {
      const settings = options({ resultsDir: `${folder}/${boundary}`, checkpointEvery: 1 });
      let told = 0;
      const observe: RunOptions["observe"] = ({ type }) => {
        if ((type === "epoch" || type === "ended") && told++ === boundary) throw new Error("broken off");
      };
      isWhole = await runExperiment(loaded, { ...settings, observe }).then(() => true, () => false);
      const { folder: results } = await runExperiment(loaded, settings);
      assertEquals(await committedFiles(results), files, `broken off at boundary ${boundary}`);
    }
    assertEquals(boundary, 3 * 4 + 1);
  }),
);

Deno.test(
  "runExperiment() trains a fold of the winner again when its weights are lost, to the same test accuracy",
  inSandbox(async ({ load, options }) => {
    const { folder, summary } = await runExperiment(await load(FOLDED), options());
    const before = await committedFiles(folder);
    const lines = (await Deno.readTextFile(`${folder}/journal.jsonl`)).split(/(?<=\n)/);
    const kept = lines.filter((line) => !/"type":"(test|inspection)"/.test(line));
    assertEquals(lines.length - kept.length, 3);
    await Deno.writeTextFile(`${folder}/journal.jsonl`, kept.join(""));
    await Deno.remove(`${folder}/weights/${summary.winner!.trials[1]}.bin`);
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    await runExperiment(await load(FOLDED), options({ observe }));
    assertEquals(await committedFiles(folder), before);
    assertEquals(notes, [
      `The weights of the winner's trial ${summary.winner!.trials[1]} are missing: it is trained again.`,
    ]);
  }),
);

Deno.test(
  "readComparedSide() reads the history of results with folds and further metrics",
  inSandbox(async ({ resultsDir, load, options }) => {
    const measured = { ...FOLDED, "repeats: 2,": 'repeats: 2, metrics: ["validationLoss"],' };
    const { summary } = await runExperiment(await load(measured), options());
    const storyOf = () => Promise.resolve(null);
    const { story } = await readComparedSide("blobs_rate", { resultsDir, storyOf });
    assertEquals(story.curves.size, summary.counts.trials);
    assertEquals(story.curves.get(summary.winner!.trials[1])!.validationAccuracy.length, 3);
    assertEquals(summary.winner!.metrics!.validationLoss!.folds, 3);
    assertEquals(summary.winner!.testMetrics!.testLoss!.values.length, 2);
  }),
);

Deno.test(
  "committedLines() has the records that the journal of folds had, but for the inspection",
  inSandbox(async ({ load, options }) => {
    const few = { ...FOLDED, "[0.001, 0.1, 1e30]": "[0.001, 0.1]" };
    const { folder } = await runExperiment(await load(few), options());
    const { grid: { trials } } = await planRun(await load(few), options());
    const lines = committedLines((await readResults(folder))!, { trials })!.trimEnd().split("\n");
    const journal = (await Deno.readTextFile(`${folder}/journal.jsonl`)).trimEnd().split("\n");
    const kept = journal.filter((line) => !/"type":"(header|inspection|warnings)"/.test(line));
    assertEquals(lines.toSorted(), kept.toSorted());
  }),
);

Deno.test(
  "runExperiment() counts the repeats and folds of a point as one where a search stops points",
  inSandbox(async ({ folder, load, options }) => {
    const searching = {
      ...FOLDED,
      "import { blobs,": "import { blobs, halving,",
      "[0.001, 0.1, 1e30]": "[0.001, 0.01, 0.1]",
      "repeats: 2,": "repeats: 2, search: halving({ epochs: [1, 2], keep: 1 / 3 }),",
    };
    const whole = await runExperiment(await load(searching), options());
    assertEquals([whole.summary.counts.done, whole.summary.counts.stopped], [6, 12]);
    const before = await committedFiles(whole.folder);
    assertStringIncludes(before["report.md"], "of 3 points, 2 stopped after epoch 1, 1 had all 2.");
    const engine = workersEngine({ workers: 3 });
    const other = await runExperiment(await load(searching), options({ engine, resultsDir: `${folder}/3` }));
    assertEquals(await committedFiles(other.folder), before);
    const passes = await verifyExperiment(await load(searching), {
      ...options(),
      engine: () => inlineEngine(),
      workerCounts: [1],
      seed: 0,
    });
    for await (const { differences } of passes!) assertEquals(differences, []);
  }),
);

Deno.test(
  "verifyExperiment() tests the folds of a repeat together, also where a sample has some of them alone",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load(FOLDED);
    await runExperiment(loaded, options());
    for (const sample of [undefined, 1, 2, 5]) {
      for (let seed = 0; seed < 6; seed++) {
        const passes = await verifyExperiment(loaded, {
          ...options(),
          resultsDir,
          engine: () => inlineEngine(),
          workerCounts: [1],
          sample,
          seed,
        });
        for await (const { differences } of passes!) {
          assertEquals(differences, [], `${sample} of seed ${seed}`);
        }
      }
    }
  }),
);

Deno.test(
  "mergeShards() gives the bytes of one run of folds, whose repeats are tested with the weights of several shards",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await committedFiles((await runExperiment(await load(FOLDED), options())).folder);
    const loaded = await load(FOLDED);
    const folders = [1, 2].map((index) => `${folder}/shard${index}`);
    for (const [i, resultsDir] of folders.entries()) {
      await runExperiment(loaded, options({ resultsDir, shard: { index: i + 1, count: 2 } }));
    }
    const shards = [...(await findShards(folders)).values()];
    const merged = await mergeShards(shards[0], { ...options(), resultsDir: `${folder}/merged` });
    assertEquals(await committedFiles("outcome" in merged ? merged.outcome.folder : ""), whole);
  }),
);

Deno.test(
  "runExperiment() lets the next best point win when one of the leader's folds has no finite score on the test split",
  inSandbox(async ({ folder, load, options }) => {
    const changes = await withOverflowingTest(folder);
    const { summary, folder: results } = await runExperiment(await load(changes), options());
    const diverged = summary.trials.filter(({ status }) => status === "diverged");
    assertEquals(diverged.map(({ point, fold }) => [point.scale, fold]), [[2, 0], [2, 0]]);
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
  }),
);

Deno.test(
  "exportModel() takes the winner's best fold with its own mean, and no test accuracy, which is of all nets",
  inSandbox(async ({ folder, load, options }) => {
    const { summary } = await runExperiment(await load(FOLDED), options());
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    const out = `${folder}/model.safetensors`;
    const settings = { ...options({ observe }), format: "safetensors", out } as const;
    const { facts } = await exportModel(await load(FOLDED), settings);
    const { trials, validationAccuracy } = summary.winner!;
    const { values } = validationAccuracy!;
    const best = values.indexOf(Math.max(...values));
    assertEquals(facts.trial, trials[best]);
    assertEquals([facts.repeat, facts.fold, facts.testAccuracy], [Math.floor(best / 3), best % 3, null]);
    assertEquals(notes, [
      "The report's test accuracy is that of 3 nets together, one for each fold, of which this is one: its own was " +
      "not measured.",
    ]);
    notes.length = 0;
    const other = summary.trials.find(({ status, trial }) => status === "done" && !trials.includes(trial))!;
    await exportModel(await load(FOLDED), { ...settings, trial: other.trial });
    assertEquals(notes, [`The weights of trial ${other.trial} are not kept: it is trained again.`]);
  }),
);

Deno.test(
  "runExperiment() refuses more folds than rows of the rarest class, and batches above a fold of groups",
  inSandbox(async ({ folder, resultsDir, load, options }) => {
    const many = await load({ "test: 20 })": "test: 20, folds: 27 })" });
    const error = await assertRejects(() => runExperiment(many, options()), InputError);
    assertEquals(
      error.message,
      'Cannot use data: data.folds must be at most the training and validation rows of the rarest class, "2" with 26 ' +
        "rows, found 27",
    );
    const rows = Array.from(
      { length: 40 },
      (_, row) => `${row < 30 ? "big" : `g${row}`},${row},${row % 2 ? "a" : "b"}`,
    );
    await Deno.writeTextFile(`${folder}/groups.csv`, ["g,x,y", ...rows, ""].join("\n"));
    const grouped = await load({
      "import { blobs": "import { csvDataset",
      "blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
        `csvDataset({ file: "${folder}/groups.csv", label: "y", classes: ["a", "b"], groups: "g", folds: 2, train: 20, ` +
        "validation: 18, test: 2 })",
      "batchSize: 20": "batchSize: 12",
    });
    const big = await assertRejects(() => runExperiment(grouped, options()), InputError);
    assertEquals(
      big.message,
      "Cannot run rate=0.001, hidden=8: solver.batchSize must be at most the training rows of each fold, which are 10 in " +
        "the smallest, found 12",
    );
    await assertRejects(() => Deno.stat(resultsDir), Deno.errors.NotFound);
  }),
);
