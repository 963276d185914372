import { defineExperiment } from "../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../lib/experiment/declaration/experiment.ts";
import type { Grid } from "../../lib/experiment/declaration/grid.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { encodeRecord } from "../../lib/journal/journal_record.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { LOCAL } from "../../lib/report/files/result_files.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../lib/report/files/trials_csv.ts";
import { summarizeEvents } from "../report/summarize_events.ts";

/** How much is written. */
export interface LargeResults {
  /** A multiple of 100. */
  readonly trials: number;
  readonly epochs: number;
  /** A journal as of a run that has ended, or the files that are committed. */
  readonly kind: "journal" | "committed";
}

/** Writes the results of a made-up run whose curves all rise, each to another height. */
export async function writeLargeResults(
  folder: string,
  { trials, epochs, kind }: LargeResults,
): Promise<void> {
  const experiment = defineExperiment({
    name: kind,
    question: `How soon are ${trials} trials shown?`,
    seed: 1,
    data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
    grid: {
      rate: Array.from({ length: trials / 100 }, (_, index) => (index + 1) / 10_000),
      hidden: [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      keep: [0.5, 0.6, 0.7, 0.8, 0.9],
      normalization: ["none", "batchnorm"],
    },
    trial: ({ rate, hidden, keep, normalization }) => ({
      model: {
        hiddenDims: [hidden],
        dropoutKeepRatio: keep,
        normalization: normalization === "none" ? null : "batchnorm",
      },
      solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 1, epochs },
    }),
  }) as unknown as Experiment;
  const grid = expandGrid(expandPoints(experiment), { dataDigest: "d" });
  await Deno.mkdir(folder, { recursive: true });
  await (kind === "journal" ? writeRun : writeCommitted)(folder, { experiment, grid });
}

interface Declared {
  readonly experiment: Experiment;
  readonly grid: Grid;
}

async function writeRun(folder: string, { experiment, grid }: Declared): Promise<void> {
  const { name, question, seed, repeats, data } = experiment;
  const facts = { name, question, seed, repeats, data, grid: experiment.grid };
  const trials = grid.trials.map(({ id, point, repeat, solver: { epochs } }) => ({
    id,
    point,
    repeat,
    epochs,
  }));
  const toRun = grid.trials.map(({ id }) => id);
  const run = { type: "run", at: 0, experiment: facts, dataDigest: "d", workers: 1, trials, toRun };
  const closed = { type: "closed", at: 1000, status: "complete" };
  const lines = [run, closed].map((line) => `${JSON.stringify(line)}\n`);
  await Deno.writeTextFile(`${folder}/${LOCAL.activity.name}`, lines.join(""));
  const specs = grid.trials.map(({ id, model, solver }) => JSON.stringify({ trial: id, model, solver }));
  await Deno.writeTextFile(`${folder}/specs.jsonl`, `${specs.join("\n")}\n`);
  using journal = await Deno.open(`${folder}/journal.jsonl`, { write: true, create: true });
  const writer = journal.writable.getWriter();
  for (const [index, { id, solver }] of grid.trials.entries()) {
    const text = eventsOf(id, { height: heightOf(index), epochs: solver.epochs }).map(encodeRecord).join("");
    await writer.write(new TextEncoder().encode(text));
  }
  writer.releaseLock();
}

async function writeCommitted(folder: string, { experiment, grid }: Declared): Promise<void> {
  const events = grid.trials.flatMap(({ id, solver }, index) =>
    eventsOf(id, { height: heightOf(index), epochs: solver.epochs })
  );
  const summary = summarizeEvents(experiment, { grid, dataDigest: "d", events, testAccuracies: new Map() });
  await Deno.writeTextFile(`${folder}/summary.json`, stableJson(summary));
  await Deno.writeTextFile(`${folder}/trials.csv`, trialsCsv(summary));
  await Deno.writeTextFile(`${folder}/history.csv`, historyCsv(grid, { events }));
}

/** Where a trial's accuracy goes, from 0.5 to 1. */
function heightOf(index: number): number {
  return 0.5 + ((index * 7919) % 9973) / 9973 / 2;
}

interface Rise {
  readonly height: number;
  readonly epochs: number;
}

function eventsOf(trial: string, { height, epochs }: Rise): readonly TrialEvent[] {
  const accuracy = (epoch: number) => height * (1 - 1 / (1 + epoch));
  const weights = (epoch: number) => `${trial}${String(epoch).padStart(48, "0")}`;
  const measured = Array.from({ length: epochs + 1 }, (_, epoch): TrialEvent => ({
    type: "epoch",
    trial,
    epoch,
    loss: epoch === 0 ? null : 2 / (epoch * height),
    trainAccuracy: accuracy(epoch),
    validationAccuracy: accuracy(epoch),
    learningRate: 0.1,
    weightsSha256: weights(epoch),
  }));
  const best = {
    bestEpoch: epochs,
    bestValidationAccuracy: accuracy(epochs),
    weightsSha256: weights(epochs),
  };
  return [...measured, { type: "done", trial, ...best }];
}
