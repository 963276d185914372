import { defineExperiment } from "../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import type { Story } from "../../lib/report/story/story.ts";
import { fakeInspection } from "./fakes.ts";
import { summarizeEvents } from "./summarize_events.ts";

/** The values of the axes; an axis without values here has one. */
export interface WideGrid {
  readonly rate?: readonly number[];
  readonly hidden?: readonly number[];
  readonly normalization?: readonly ("batchnorm" | "layernorm" | null)[];
  readonly batch?: readonly number[];
  readonly keep?: readonly number[];
  readonly optimizer?: readonly ("sgd" | "adam" | "adamw")[];
}

/** What a story of many axes is like. */
export interface WideStoryOptions {
  readonly grid: WideGrid;
  readonly epochs: number;
  /** Default: 1. */
  readonly repeats?: number;
  /** Default: short. */
  readonly name?: string;
}

/** Six axes, of which each pair is a heat map. */
export const SIX_AXES: WideGrid = {
  rate: [0.001, 0.01, 0.1],
  hidden: [8, 64],
  normalization: [null, "batchnorm", "layernorm"],
  batch: [16, 32],
  keep: [0.5, 1],
  optimizer: ["sgd", "adam"],
};

const CHANCE = 0.1;

/**
 * Returns a story whose curves begin at chance and end between 80 and 97 %; the loss of the second trial explodes, and
 * the third diverges.
 */
export function wideStory({ grid: axes, epochs, repeats = 1, name = "wide_story" }: WideStoryOptions): Story {
  const experiment = defineExperiment({
    name,
    question: "Which of many settings matter?",
    seed: 1,
    repeats,
    data: {
      kind: "blobs",
      numClasses: 2,
      inputDim: 2,
      spread: 1,
      seed: 0,
      train: 99,
      validation: 30,
      test: 30,
    },
    grid: {
      rate: axes.rate ?? [0.1],
      hidden: axes.hidden ?? [8],
      normalization: axes.normalization ?? [null],
      batch: axes.batch ?? [16],
      keep: axes.keep ?? [1],
      optimizer: axes.optimizer ?? ["sgd"],
    },
    trial: ({ rate, hidden, normalization, batch, keep, optimizer }) => ({
      model: { hiddenDims: [hidden], normalization, dropoutKeepRatio: keep },
      solver: { optimizer: { name: optimizer as "sgd", learningRate: rate }, batchSize: batch, epochs },
    }),
  }) as unknown as Experiment;
  const grid = expandGrid(expandPoints(experiment), { dataDigest: "d" });
  const events = grid.trials.flatMap((trial, index) => eventsOf(trial, { index, epochs }));
  const findings = { grid, dataDigest: "d", events };
  const { winner } = summarizeEvents(experiment, { ...findings, testAccuracies: new Map() });
  const testAccuracies = new Map(winner?.trials.map((trial) => [trial, 0.95]));
  return {
    summary: summarizeEvents(experiment, { ...findings, testAccuracies }),
    curves: curvesOfEvents(events),
    inspection: { ...fakeInspection(), ...irises(), trial: winner?.trials[0] ?? "" },
  };
}

/** Classes whose names have different lengths. */
function irises() {
  return {
    classNames: ["setosa", "versicolor", "virginica"],
    confusion: [[10, 0, 0], [0, 9, 1], [0, 2, 8]],
    image: null,
    filters: [],
    mistakes: [],
  };
}

interface EventOptions {
  readonly index: number;
  readonly epochs: number;
}

function eventsOf({ id, point }: Trial, { index, epochs }: EventOptions): readonly TrialEvent[] {
  const isWild = index === 1;
  const effect = 0.08 * Number(point.optimizer === "adam") + 0.03 * Number(point.normalization !== null) +
    0.0005 * Number(point.hidden);
  const height = 0.8 + effect + 0.03 * ((index * 7919) % 101) / 101;
  const accuracy = (epoch: number) =>
    epoch === 0 || isWild ? CHANCE : height - (height - 0.7) / (1 + 2 * epoch);
  const records = Array.from({ length: epochs + 1 }, (_, epoch): TrialEvent => ({
    type: "epoch",
    trial: id,
    epoch,
    loss: epoch === 0 ? null : isWild ? 10 ** (3 + epoch) : 1.5 / (epoch + 1) + 0.5 * (1 - height),
    trainAccuracy: Math.min(1, accuracy(epoch) + 0.02),
    validationAccuracy: accuracy(epoch),
    learningRate: 0.1,
    weightsSha256: `${id}-${epoch}`,
  }));
  if (index === 2) {
    const diverged = { type: "diverged", trial: id, epoch: 2, reason: "loss is NaN at epoch 2" } as const;
    return [...records.slice(0, 2), diverged];
  }
  const best = {
    bestEpoch: epochs,
    bestValidationAccuracy: accuracy(epochs),
    weightsSha256: `${id}-${epochs}`,
  };
  return [...records, { type: "done", trial: id, ...best }];
}
