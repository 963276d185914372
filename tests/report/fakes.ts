import type { Experiment } from "../../lib/experiment/experiment.ts";
import type { Grid } from "../../lib/experiment/grid.ts";
import type { Point, Trial } from "../../lib/experiment/trial.ts";
import type { TrialEvent } from "../../lib/experiment/trial_event.ts";

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

/** Returns the trials of an experiment over the axis `rate`, with ids such as `0.1-0`. */
export function fakeGrid({ grid, repeats, seed, data }: Experiment): Grid {
  const trials = grid.rate.flatMap((rate) =>
    Array.from({ length: repeats }, (_, repeat): Trial => ({
      id: `${rate}-${repeat}`,
      point: { rate } as Point,
      repeat,
      seed,
      data,
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
  return { trials, duplicates: [] };
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
