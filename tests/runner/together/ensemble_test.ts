// Several sources together: an experiment with an ensemble, run, broken off, verified, checked, merged and listed.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { createNet } from "../../../lib/experiment/trial/run_trial.ts";
import { trialDataset } from "../../../lib/experiment/trial/trial_dataset.ts";
import type { JournalRecord } from "../../../lib/journal/journal_record.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import { checkExperiment } from "../../../lib/runner/check/check_experiment.ts";
import type { GateFlags } from "../../../lib/report/compare/gate.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { planRun } from "../../../lib/runner/plan/plan_run.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { listExperiments } from "../../../lib/runner/results/list_experiments.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { mergeShards } from "../../../lib/runner/shards/merge_shards.ts";
import { findShards } from "../../../lib/runner/shards/read_shards.ts";
import { withOverflowingTest } from "../overflowing_rows.ts";
import { committedFiles, forbiddenEngine, inSandbox, type Sandbox } from "../fakes.ts";

const METRICS = 'metrics: ["validationLoss", "validationMacroF1"]';
/** Three points, two repeats; one of the points diverges. */
const TOGETHER = { "repeats: 2,": `repeats: 2, ensemble: true, ${METRICS},`, "spread: 0.4": "spread: 1.5" };
const ALONE = { ...TOGETHER, "repeats: 2,": `repeats: 2, ${METRICS},` };
const FOLDED = { ...TOGETHER, "test: 20 })": "test: 20, folds: 3 })" };

async function recordsOf(folder: string): Promise<readonly JournalRecord[]> {
  const text = await Deno.readTextFile(`${folder}/journal.jsonl`);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line).record);
}

async function verified(
  { resultsDir, load, options }: Sandbox,
  changes: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const settings = { ...options(), resultsDir, engine: () => inlineEngine(), workerCounts: [1], seed: 0 };
  const files: string[] = [];
  for await (const { differences } of (await verifyExperiment(await load(changes), settings))!) {
    files.push(...differences.map(({ file }) => file));
  }
  return files;
}

for (const [name, changes, nets] of [["repeats", TOGETHER, 2], ["repeats and folds", FOLDED, 6]] as const) {
  Deno.test(
    `runExperiment() measures the mean probabilities of the winner's ${name} once, and journals them last`,
    inSandbox(async ({ folder: place, load, options }) => {
      const loaded = await load(changes);
      const { summary, folder } = await runExperiment(loaded, options());
      const { winner } = summary;
      const last = (await recordsOf(folder)).at(-1)!;
      assert(last.type === "ensemble");
      assertEquals([last.trial, last.trials, last.trials.length], [winner!.trials[0], winner!.trials, nets]);
      assertEquals(winner!.ensemble!.testAccuracy, last.testAccuracy);
      assertEquals([summary.format, summary.experiment.ensemble], [2, true]);
      assertEquals((await readResults(folder))!.summary, summary);

      // The same by another path: scores of whole matrices, and the functions of the engine.
      const { grid } = await planRun(loaded, options());
      const shared = await loadDataset(loaded.experiment.data, { cacheDir: `${place}/cache` });
      const { n, labels } = shared.test;
      const sums = Array.from({ length: n }, () => [0, 0, 0]);
      for (const id of winner!.trials) {
        const trial = grid.trials.find((candidate) => candidate.id === id)!;
        const { mean, test, inputDim } = trialDataset(trial, shared);
        const net = createNet(trial, { dataset: shared });
        net.restore(await Deno.readFile(`${folder}/weights/${id}.bin`));
        const data = Float32Array.from(test.x, (value, at) => value - mean[at % inputDim]);
        const scores = net.scores({ rows: n, cols: inputDim, data }).data;
        for (let row = 0; row < n; row++) {
          const powers = [0, 1, 2].map((j) => Math.exp(scores[row * 3 + j]));
          const sum = powers[0] + powers[1] + powers[2];
          powers.forEach((power, j) => sums[row][j] += power / sum / nets);
        }
      }
      const predicted = sums.map((row) => row.indexOf(Math.max(...row)));
      assertEquals(last.predictions!.predicted, predicted);
      assertEquals(last.predictions!.labels, [...labels]);
      assertEquals(last.testAccuracy, predicted.filter((label, row) => label === labels[row]).length / n);
      const loss = sums.reduce((total, row, at) => total - Math.log(row[labels[at]]), 0) / n;
      assert(Math.abs(last.metrics!.testLoss! - loss) < 1e-6);
      assertEquals(winner!.ensemble!.testMetrics, last.metrics);
      for (const [row, probability] of last.predictions!.probabilities.entries()) {
        assert(Math.abs(probability - sums[row][predicted[row]]) < 1e-5);
      }
    }),
  );
}

Deno.test(
  "runExperiment() gives an ensemble the trials of the experiment without one, and only adds to its files",
  inSandbox(async ({ folder, load, options }) => {
    const alone = await runExperiment(await load(ALONE), options({ resultsDir: `${folder}/alone` }));
    const { summary, folder: results } = await runExperiment(await load(TOGETHER), options());
    const [before, after] = [await committedFiles(alone.folder), await committedFiles(results)];
    assertEquals(after["trials.csv"], before["trials.csv"]);
    assertEquals(after["history.csv"], before["history.csv"]);
    assertEquals(after["test_predictions.csv"], before["test_predictions.csv"]);
    assertEquals(Object.keys(after).filter((name) => !(name in before)), ["ensemble_predictions.csv"]);
    const { ensemble: _, ...winner } = summary.winner!;
    assertEquals(winner, alone.summary.winner);
    const accuracy = `${(summary.winner!.ensemble!.testAccuracy! * 100).toFixed(2)} %`;
    assertStringIncludes(after["report.md"], `| test accuracy of the ensemble | **${accuracy}** |`);
    assertStringIncludes(after["report.html"], "test accuracy of the ensemble");
    assert(!before["report.html"].includes("ensemble"));
    // Without the field, the journal's record stays unused.
    await runExperiment(await load(ALONE), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(results), before);
    await runExperiment(await load(TOGETHER), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(results), after);
  }),
);

Deno.test(
  "runExperiment() measures the ensemble of a run that was killed before it was journaled, to the same bytes",
  inSandbox(async ({ load, options }) => {
    const { folder, summary } = await runExperiment(await load(FOLDED), options());
    const files = await committedFiles(folder);
    const path = `${folder}/journal.jsonl`;
    const lines = (await Deno.readTextFile(path)).split(/(?<=\n)/);
    await Deno.writeTextFile(path, lines.slice(0, -1).join("") + lines.at(-1)!.slice(0, 40));
    const between = await rewriteReport(await load(FOLDED), options());
    assertEquals([between.summary.winner!.ensemble, between.summary.winner!.testAccuracy], [
      undefined,
      summary.winner!.testAccuracy,
    ]);
    assert(!("ensemble_predictions.csv" in await committedFiles(folder)));
    // One of its nets is lost too, and is trained again.
    await Deno.remove(`${folder}/weights/${summary.winner!.trials[4]}.bin`);
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    await runExperiment(await load(FOLDED), options({ observe }));
    assertEquals(await committedFiles(folder), files);
    assertEquals(notes, [
      "The journal ended in a half-written record of 40 bytes, which was cut off.",
      `The weights of the winner's trial ${summary.winner!.trials[4]} are missing: it is trained again.`,
    ]);
  }),
);

Deno.test(
  "runExperiment() measures another ensemble when a point has more repeats, beside that of fewer",
  inSandbox(async ({ load, options }) => {
    const few = await runExperiment(await load(TOGETHER), options());
    const files = await committedFiles(few.folder);
    const three = { ...TOGETHER, "repeats: 2,": `repeats: 3, ensemble: true, ${METRICS},` };
    const many = await runExperiment(await load(three), options());
    assertEquals(many.summary.winner!.trials.length, 3);
    const records = (await recordsOf(many.folder)).filter(({ type }) => type === "ensemble");
    assertEquals(records.map((record) => "trials" in record && record.trials.length), [2, 3]);
    await runExperiment(await load(TOGETHER), options({ engine: forbiddenEngine() }));
    assertEquals(await committedFiles(few.folder), files);
  }),
);

Deno.test(
  "runExperiment() keeps a whole ensemble of a damaged journal that is salvaged",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(TOGETHER), options());
    const files = await committedFiles(folder);
    const path = `${folder}/journal.jsonl`;
    const lines = (await Deno.readTextFile(path)).split(/(?<=\n)/);
    await Deno.writeTextFile(path, lines.with(3, lines[3].replace("checksum", "checksun")).join(""));
    await runExperiment(await load(TOGETHER), options({ salvage: true }));
    assertEquals(await committedFiles(folder), files);
    const records = await recordsOf(folder);
    assertEquals(records.filter(({ type }) => type === "ensemble").length, 1);
  }),
);

Deno.test(
  "runExperiment() measures no ensemble of a leader that diverges on the test split, but that of the next best point",
  inSandbox(async (sandbox) => {
    const { folder: place, load, options } = sandbox;
    const changes = { "repeats: 2,": "repeats: 2, ensemble: true,", ...await withOverflowingTest(place) };
    const { summary, folder } = await runExperiment(await load(changes), options());
    assertEquals(summary.winner!.point, { scale: 1e-5, hidden: 8 });
    const ensembles = (await recordsOf(folder)).filter((record) => record.type === "ensemble");
    assertEquals(ensembles.map(({ trials }) => trials), [summary.winner!.trials]);
    assertEquals(summary.winner!.ensemble!.testAccuracy, ensembles[0].testAccuracy);
    assertEquals(await verified(sandbox, changes), []);
  }),
);

Deno.test(
  "verifyExperiment() measures the ensemble again, and finds a changed one",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { folder } = await runExperiment(await load(FOLDED), options());
    assertEquals(await verified(sandbox, FOLDED), []);
    for (const name of ["summary.json", "ensemble_predictions.csv"]) {
      const text = await Deno.readTextFile(`${folder}/${name}`);
      const at = name === "summary.json" ? text.indexOf('"ensemble": {') : 0;
      const changed = text.slice(0, at) + text.slice(at).replace(/0\.\d/, "0.01");
      assert(changed !== text);
      await Deno.writeTextFile(`${folder}/${name}`, changed);
      assertEquals(await verified(sandbox, FOLDED), [name]);
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
  }),
);

Deno.test(
  "checkExperiment() judges the ensemble as it judges test accuracies, and one that was removed",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load(TOGETHER);
    const { folder, summary } = await runExperiment(loaded, options());
    const path = `${folder}/summary.json`;
    const text = await Deno.readTextFile(path);
    const { testAccuracy } = summary.winner!.ensemble!;
    const found = async (
      change: (winner: { ensemble?: { testAccuracy: number | null } }) => void,
      gate?: GateFlags,
    ) => {
      const changed = JSON.parse(text);
      change(changed.winner);
      await Deno.writeTextFile(path, JSON.stringify(changed));
      const comparison = (await checkExperiment(loaded, { ...options(), resultsDir, gate }))!;
      const findings = describeComparison(comparison).filter(({ verdict }) => verdict !== "same");
      return findings.map(({ trial, verdict, severity }) => [trial, verdict, severity]);
    };
    const name = "rate=0.1, hidden=8 (ensemble)";
    const before = (accuracy: number) => (winner: { ensemble?: { testAccuracy: number | null } }) =>
      void (winner.ensemble!.testAccuracy = accuracy);
    assertEquals(await found(() => {}), []);
    assertEquals(await found(before(testAccuracy! + 0.1)), [[name, "regression", "error"]]);
    assertEquals(await found(before(testAccuracy! + 0.1), { tolerance: 0.2 }), [[name, "within", "notice"]]);
    assertEquals(await found(before(testAccuracy! + 0.1), { tolerance: "auto" }), [[
      name,
      "within",
      "notice",
    ]]);
    assertEquals(await found(before(testAccuracy! - 0.01)), [[name, "improved", "error"]]);
    assertEquals(await found(before(testAccuracy! - 0.1)), [[name, "suspicious", "error"]]);
    assertEquals(await found((winner) => void delete winner.ensemble), [[name, "new", "error"]]);
  }),
);

Deno.test(
  "mergeShards() gives the bytes of one run with an ensemble",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await runExperiment(await load(FOLDED), options());
    const files = await committedFiles(whole.folder);
    const folders = [1, 2].map((index) => `${folder}/shard${index}`);
    for (const [i, resultsDir] of folders.entries()) {
      await runExperiment(await load(FOLDED), options({ resultsDir, shard: { index: i + 1, count: 2 } }));
    }
    const shards = [...(await findShards(folders)).values()];
    const merged = await mergeShards(shards[0], { ...options(), resultsDir: `${folder}/merged` });
    assert("outcome" in merged);
    assertEquals(await committedFiles(merged.outcome.folder), files);
    const again = options({ resultsDir: `${folder}/merged`, engine: forbiddenEngine() });
    await runExperiment(await load(FOLDED), again);
    assertEquals(await committedFiles(merged.outcome.folder), files);
  }),
);

Deno.test(
  "runExperiment() measures the ensemble of the winner of a search, and verifyExperiment() the same",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const searching = {
      ...TOGETHER,
      "import { blobs,": "import { blobs, halving,",
      "[0.001, 0.1, 1e30]": "[0.001, 0.01, 0.1]",
      "repeats: 2,": "repeats: 2, ensemble: true, search: halving({ epochs: [1, 2], keep: 1 / 3 }),",
    };
    const { summary } = await runExperiment(await load(searching), options());
    assertEquals(summary.counts.stopped, 4);
    assert(summary.winner!.ensemble!.testAccuracy! > 0);
    assertEquals(await verified(sandbox, searching), []);
  }),
);

Deno.test(
  "listExperiments() shows the ensemble of the journal, and without one that of the committed summary",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load(TOGETHER);
    const { folder, summary } = await runExperiment(loaded, options());
    const experimentsDir = loaded.baseDir;
    const listed = async () => (await listExperiments({ experimentsDir, resultsDir }))[0].winner?.ensemble;
    assertEquals(await listed(), summary.winner!.ensemble);
    await Deno.remove(`${folder}/journal.jsonl`);
    assertEquals(await listed(), summary.winner!.ensemble);
  }),
);
