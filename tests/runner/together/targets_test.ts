// Several sources together: a table with numbers or labels to predict, from a broken run to its model's predictions.
import { assert, assertEquals } from "@std/assert";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { readPredictions } from "../../../lib/report/files/predictions_csv.ts";
import { committedLines } from "../../../lib/runner/baseline/journal_lines.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import { exportModel } from "../../../lib/runner/model/export_model.ts";
import { predictFiles, type Predictions } from "../../../lib/runner/model/predict_files.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { planRun } from "../../../lib/runner/plan/plan_run.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { csvOf } from "../../export/table_models.ts";
import { committedFiles, inSandbox, type Sandbox } from "../fakes.ts";

const COUNT = 60;

function column(cell: (row: number) => string | number): readonly string[] {
  return Array.from({ length: COUNT }, (_, row) => String(cell(row)));
}

const TEXTS = {
  x: column((row) => row % 9),
  colour: column((row) => "rgb"[row * 7 % 3]),
  price: column((row) => 1000 + 30 * (row % 9) - (row * 7 % 3) * 5 + row * 13 % 11),
  area: column((row) => -0.001 * (row % 5)),
  rain: column((row) => row % 9 > 4 ? "yes" : "no"),
  wind: column((row) => row * 7 % 3 === 0 ? 1 : 0),
};

interface Kind {
  readonly fields: object;
  readonly drop: readonly string[];
  readonly names: readonly string[];
}

const KINDS: Readonly<Record<"numbers" | "labels", Kind>> = {
  numbers: { fields: { target: ["price", "area"] }, drop: ["rain", "wind"], names: ["price", "area"] },
  labels: { fields: { labels: ["rain", "wind"] }, drop: ["price", "area"], names: ["rain", "wind"] },
};

/** Writes the table, and returns what to replace in the experiment, so that it is on it. */
async function changesFor({ folder }: Sandbox, { fields, drop }: Kind, more: object = {}) {
  const file = `${folder}/table.csv`;
  await Deno.writeTextFile(file, csvOf(TEXTS));
  return {
    "import { blobs": "import { table",
    "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
      `data: table(${JSON.stringify({ file, drop, ...fields, ...more })})`,
    "rate: [0.001, 0.1, 1e30]": "rate: [0.001, 0.05]",
    "epochs: 2": "epochs: 4",
    "batchSize: 20": "batchSize: 9",
  };
}

for (const [kind, own] of Object.entries(KINDS)) {
  for (const more of [{}, { folds: 3 }]) {
    Deno.test(
      `runExperiment() goes on with a table of ${kind} and ${
        JSON.stringify(more)
      } to the bytes of an unbroken run`,
      inSandbox(async (sandbox) => {
        const { folder, resultsDir, load, options } = sandbox;
        const changes = await changesFor(sandbox, own, more);
        const whole = await runExperiment(await load(changes), options({ resultsDir: `${folder}/whole` }));
        const expected = await committedFiles(whole.folder);
        const controller = new AbortController();
        let epochs = 0;
        await runExperiment(await load(changes), {
          ...options({ checkpointEvery: 1 }),
          signal: controller.signal,
          observe: (event) => {
            if (event.type === "epoch" && ++epochs === 8) controller.abort();
          },
        });
        const resumed = await runExperiment(await load(changes), options({ checkpointEvery: 1 }));
        assertEquals(await committedFiles(resumed.folder), expected);
        // A run that has nothing left to do writes the same files from the journal.
        const again = await runExperiment(await load(changes), options());
        assertEquals(await committedFiles(again.folder), expected);
        assert(!/NaN|undefined|Infinity/.test(expected["report.md"]), expected["report.md"]);
        assertEquals(/accurac/i.test(expected["report.md"]), kind === "labels");
        assertEquals(readPredictions(expected["test_predictions.csv"], { path: "p" }), null);
        const passes = await verifyExperiment(await load(changes), {
          ...{ resultsDir, seed: 3, engine: () => inlineEngine(), workerCounts: [1] },
          signal: new AbortController().signal,
        });
        const trials = 4 * ("folds" in more ? 3 : 1);
        assertEquals(await Array.fromAsync(passes!), [{ workers: 1, trials, differences: [] }]);
      }),
    );
  }

  Deno.test(
    `committedLines() has the records that the journal of ${kind} had, but for the inspection`,
    inSandbox(async (sandbox) => {
      const { load, options } = sandbox;
      const changes = await changesFor(sandbox, own, { folds: 3 });
      const { folder } = await runExperiment(await load(changes), options());
      const { grid: { trials } } = await planRun(await load(changes), options());
      const lines = committedLines((await readResults(folder))!, { trials })!.trimEnd().split("\n");
      const journal = (await Deno.readTextFile(`${folder}/journal.jsonl`)).trimEnd().split("\n");
      const kept = journal.filter((line) => !/"type":"(header|inspection|warnings)"/.test(line));
      assertEquals(lines.toSorted(), kept.toSorted());
    }),
  );

  Deno.test(
    `predictFiles() gives the test rows of a table of ${kind} what the run did, with the targets in the file and without`,
    inSandbox(async (sandbox) => {
      const { folder, resultsDir, load, options } = sandbox;
      const loaded = await load({
        ...await changesFor(sandbox, own, { missing: { label: "dropRow" } }),
        "repeats: 2,": "repeats: 2, ensemble: true,",
      });
      const ran = await runExperiment(loaded, options());
      const { test } = await loadDataset(loaded.experiment.data as never, { cacheDir: `${folder}/cache` });
      const rows = (await Deno.readTextFile(`${ran.folder}/test_predictions.csv`)).trimEnd().split("\r\n")
        .slice(1);
      const out = `${folder}/model.safetensors`;
      const exporting = {
        resultsDir,
        cacheDir: `${folder}/cache`,
        engine: inlineEngine(),
        observe: () => {},
      };
      const signal = new AbortController().signal;
      await exportModel(loaded, { ...exporting, signal, format: "safetensors", out });
      const predictedOf = async (texts: Readonly<Record<string, readonly string[]>>) => {
        const file = `${folder}/rows.csv`;
        await Deno.writeTextFile(file, csvOf(texts));
        const notes: string[] = [];
        const found = await predictFiles(out, [file], { note: (text) => void notes.push(text) });
        return { found: found as Extract<Predictions, { readonly kind: "numbers" | "labels" }>, notes };
      };
      const { found, notes } = await predictedOf(TEXTS);
      assertEquals([found.kind, found.names, notes], [kind as "numbers", own.names, []]);
      const digits = kind === "numbers" ? 9 : 6;
      assertEquals(
        Array.from(test.lines!).flatMap((line, row) =>
          own.names.map((name, target) => {
            const { predicted, targets } = found.rows[line - 2];
            return [row, name, targets![target], predicted[target].toPrecision(digits)].map((cell, at) =>
              at === 1 ? cell : Number(cell)
            ).join();
          })
        ),
        rows.map((line) =>
          line.split(",").map((cell, at) =>
            at === 1 ? cell : Number(Number(cell).toPrecision(at === 3 ? digits : 15))
          )
            .join()
        ),
      );
      const [first, second] = own.names;
      const { [first]: _, [second]: _second, ...bare } = TEXTS as Readonly<Record<string, readonly string[]>>;
      const unknown = await predictedOf(bare);
      assertEquals(unknown.found.rows, found.rows.map((row) => ({ ...row, targets: null })));
      // Of one column alone nothing is known, and a missing value is that of its row.
      const half = await predictedOf({ ...bare, [first]: TEXTS[first as "price"] });
      assertEquals(half.found.rows, unknown.found.rows);
      const gaps = await predictedOf({
        ...TEXTS,
        [second]: TEXTS[second as "area"].map((text, row) => row === 3 ? "" : text),
      });
      assertEquals(gaps.found.rows, found.rows.map((row, at) => at === 3 ? { ...row, targets: null } : row));
      const together = `${folder}/ensemble.safetensors`;
      await exportModel(
        loaded,
        { ...exporting, signal, format: "safetensors", out: together, ensemble: true } as never,
      );
      const all = await predictFiles(together, [`${folder}/rows.csv`]) as typeof found;
      assertEquals([all.kind, all.names, all.rows.length], [found.kind, found.names, COUNT]);
      assertEquals(all.rows.map(({ targets }) => targets), gaps.found.rows.map(({ targets }) => targets));
    }),
  );
}

Deno.test(
  "predictFiles() says nothing of the column of weights, which the declaration names",
  inSandbox(async (sandbox) => {
    const { folder, resultsDir, load, options } = sandbox;
    const texts = { ...TEXTS, weight: column((row) => 1 + row % 3) };
    const changes = await changesFor(sandbox, KINDS.numbers, { weight: "weight" });
    await Deno.writeTextFile(`${folder}/table.csv`, csvOf(texts));
    const loaded = await load(changes);
    await runExperiment(loaded, options());
    const out = `${folder}/model.safetensors`;
    await exportModel(loaded, {
      ...{ resultsDir, cacheDir: `${folder}/cache`, engine: inlineEngine(), observe: () => {} },
      ...{ signal: new AbortController().signal, format: "safetensors", out },
    });
    const notes: string[] = [];
    await predictFiles(out, [`${folder}/table.csv`], { note: (text) => void notes.push(text) });
    assertEquals(notes, []);
  }),
);

Deno.test(
  "runExperiment() has the points of the lowest RMSE go on in a search, with the same bytes from 1 and 2 threads",
  inSandbox(async (sandbox) => {
    const { folder, load, options } = sandbox;
    const { "import { blobs": _, ...changes } = await changesFor(sandbox, KINDS.numbers);
    const loaded = await load({
      "import { blobs": "import { halving, table",
      ...changes,
      "rate: [0.001, 0.1, 1e30]": "rate: [0.0001, 0.001, 0.05]",
      "  grid:": "  search: halving({ epochs: [1, 4], keep: 1 / 3 }),\n  grid:",
    });
    const files = [];
    for (const workers of [1, 2]) {
      const engine = workersEngine({ workers });
      const { folder: results, summary } = await runExperiment(
        loaded,
        options({ workers, engine, resultsDir: `${folder}/${workers}` }),
      );
      const { points, winner } = summary;
      const stopped = points.filter(({ stoppedAfter }) => stoppedAfter === 1);
      assertEquals(stopped.length, 2);
      const firstErrors = new Map<number, number>();
      for (const line of (await Deno.readTextFile(`${results}/history.csv`)).split("\r\n")) {
        const [trial, epoch, , , , , , , rmse] = line.split(",");
        const rate = summary.trials.find((own) => own.trial === trial)?.point.rate as number;
        if (Number(epoch) <= 1) {
          firstErrors.set(rate, Math.min(firstErrors.get(rate) ?? Infinity, Number(rmse)));
        }
      }
      firstErrors.delete(undefined as never);
      const least = [...firstErrors].reduce((best, one) => one[1] < best[1] ? one : best);
      assertEquals(winner!.point.rate, least[0]);
      files.push(await committedFiles(results));
      // A run that has nothing left to do reads from the journal where each trial stopped.
      await runExperiment(loaded, options({ workers, engine, resultsDir: `${folder}/${workers}` }));
      files.push(await committedFiles(results));
    }
    assertEquals(files.slice(1), [files[0], files[0], files[0]]);
    const broken = options({ checkpointEvery: 1, resultsDir: `${folder}/broken` });
    for (const stopAt of [5, 9]) {
      const controller = new AbortController();
      let epochs = 0;
      const observe = (event: RunEvent) => {
        if (event.type === "epoch" && ++epochs === stopAt) controller.abort();
      };
      await runExperiment(loaded, { ...broken, signal: controller.signal, observe });
    }
    assertEquals(await committedFiles((await runExperiment(loaded, broken)).folder), files[0]);
  }),
);
