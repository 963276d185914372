import { defineExperiment } from "../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../lib/experiment/declaration/experiment.ts";
import type { Grid } from "../../lib/experiment/declaration/grid.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import type { Point, Trial } from "../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import type { Story } from "../../lib/report/story/story.ts";
import { summarizeEvents } from "./summarize_events.ts";

/** Returns an experiment over one axis whose model and solver are always the same. */
export function fakeExperiment(fields: Partial<Experiment> = {}): Experiment {
  return {
    name: "fake_question",
    question: "Which rate?",
    seed: 1,
    repeats: 1,
    data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
    grid: { rate: [0.1, 0.2, 0.3] },
    trial: () => ({
      model: { hiddenDims: [] },
      solver: { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1 },
    }),
    ...fields,
  };
}

/** Returns the trials of an experiment over the axis `rate`, with ids such as `0.1-0`, or `0.1-0-2` of a fold. */
export function fakeGrid({ grid, repeats, seed, data }: Experiment): Grid {
  const trials = grid.rate.flatMap((rate) =>
    Array.from({ length: repeats * (data.folds ?? 1) }, (_, run): Trial => ({
      ...data.folds === undefined
        ? { id: `${rate}-${run}`, repeat: run }
        : { id: `${rate}-${Math.floor(run / data.folds)}-${run % data.folds}`, ...placeIn(run, data.folds) },
      point: { rate } as Point,
      seed,
      data,
      dataDigest: "d",
      model: {
        hiddenDims: [],
        weightScale: 1e-2,
        reg: 0,
        dropoutKeepRatio: 1,
        normalization: null,
        dtype: "float32",
      },
      solver: { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1, lrDecay: 1 },
    }))
  );
  return { trials, duplicates: [], skipped: [] };
}

function placeIn(run: number, folds: number) {
  return { repeat: Math.floor(run / folds), fold: run % folds };
}

/** Returns the events of a trial that was done after one epoch. */
export function doneEvents(trial: string, accuracy: number): readonly TrialEvent[] {
  const epoch = { type: "epoch", trial, learningRate: 1e-7, weightsSha256: `sha-${trial}` } as const;
  return [
    { ...epoch, epoch: 0, loss: null, trainAccuracy: 0.25, validationAccuracy: 0.25 },
    { ...epoch, epoch: 1, loss: 1 / 3, trainAccuracy: 0.5, validationAccuracy: accuracy },
    {
      type: "done",
      trial,
      bestEpoch: 1,
      bestValidationAccuracy: accuracy,
      weightsSha256: `sha-${trial}`,
    },
  ];
}

/** Returns what a net with two classes makes of a test split of pictures of 2 x 2 grey pixels. */
export function fakeInspection(): NonNullable<Story["inspection"]> {
  const picture = btoa("\x00\x40\x80\xff");
  return {
    trial: "0.1-0",
    classNames: ["one | <b>", "two"],
    image: { width: 2, height: 2, channels: 1 },
    confusion: [[3, 1], [0, 4]],
    mistakes: [{ row: 7, label: 0, predicted: 1, probability: 0.9, picture }],
    filters: [picture, btoa("\xff\x80\x40\x00")],
  };
}

/** What a made-up story is like. */
export interface FakeStoryOptions {
  /** Values of the learning rate, times three normalizations. */
  readonly rates: number;
  readonly epochs: number;
  readonly question?: string;
  readonly inspection?: Story["inspection"];
}

/** Returns the story of a grid of rates and normalizations whose curves all rise, each to another height. */
export function fakeStory(
  { rates, epochs, question = "Which rate?", inspection = null }: FakeStoryOptions,
): Story {
  const experiment = defineExperiment({
    name: "fake_story",
    question,
    seed: 1,
    data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
    grid: {
      rate: Array.from({ length: rates }, (_, i) => (i + 1) / 10_000),
      normalization: [null, "batchnorm", "layernorm"],
    },
    trial: ({ rate, normalization }) => ({
      model: { hiddenDims: [2], normalization: normalization as null },
      solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 1, epochs },
    }),
  }) as unknown as Experiment;
  const grid = expandGrid(expandPoints(experiment), { dataDigest: "d" });
  const events = grid.trials.flatMap(({ id }, index): TrialEvent[] => {
    const height = 0.5 + (0.49 * ((index * 7919) % grid.trials.length)) / grid.trials.length;
    const accuracy = (epoch: number) => height * (1 - 1 / (1 + epoch));
    const records = Array.from({ length: epochs + 1 }, (_, epoch): TrialEvent => ({
      type: "epoch",
      trial: id,
      epoch,
      loss: epoch === 0 ? null : 2 / (epoch * height),
      trainAccuracy: accuracy(epoch),
      validationAccuracy: accuracy(epoch),
      learningRate: 0.1,
      weightsSha256: `${id}-${epoch}`,
    }));
    const best = {
      bestEpoch: epochs,
      bestValidationAccuracy: accuracy(epochs),
      weightsSha256: `${id}-${epochs}`,
    };
    return [...records, { type: "done", trial: id, ...best }];
  });
  const findings = { grid, dataDigest: "d", events };
  const { winner } = summarizeEvents(experiment, { ...findings, testAccuracies: new Map() });
  const testAccuracies = new Map(winner?.trials.map((trial) => [trial, 0.75]));
  return {
    summary: summarizeEvents(experiment, { ...findings, testAccuracies }),
    curves: curvesOfEvents(events),
    inspection,
  };
}
