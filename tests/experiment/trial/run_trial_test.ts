import { assert, assertEquals } from "@std/assert";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { createNet, runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import { traceEpoch } from "../../../lib/experiment/trial/trace_epoch.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { dataset, trialWith } from "./trial_with.ts";

function runAll(trial: Trial): { readonly events: TrialEvent[]; readonly weights: Uint8Array | null } {
  const steps = [...runTrial(trial, { dataset })];
  return { events: steps.map(({ event }) => event), weights: steps.at(-1)?.weights ?? null };
}

Deno.test("runTrial() gives the same bits whatever ran before it, and is dropped in the middle", () => {
  const trials = [trialWith(0.01), trialWith(1e30), trialWith(0.1)];
  const fresh = trials.map((trial) => [...runTrial(trial, { dataset, kernels: "twin" })]);
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 1, 0]]) {
    for (const index of order) {
      assertEquals([...runTrial(trials[index], { dataset })], fresh[index]);
      for (const step of runTrial(trials[index], { dataset })) if (step.event.type === "epoch") break;
    }
  }
});

Deno.test("runTrial() yields epoch 0, every epoch and then done with the best weights", () => {
  const trial = trialWith(0.01);
  const { events, weights } = runAll(trial);
  assertEquals(events.map((event) => event.type === "epoch" ? event.epoch : event.type), [
    0,
    1,
    2,
    3,
    "done",
  ]);
  const done = events.at(-1)!;
  assert(done.type === "done");
  const best = events[done.bestEpoch];
  assert(best.type === "epoch");
  assertEquals(
    [done.bestValidationAccuracy, done.weightsSha256],
    [best.validationAccuracy, best.weightsSha256],
  );
  const { testAccuracy } = evaluateTrial(trial, { dataset, weights: weights! });
  const net = createNet(trial, { dataset });
  net.restore(weights!);
  const centred = Float32Array.from(dataset.test.x, (x, i) => x - dataset.mean[i % 5]);
  const scores = net.scores({ rows: 50, cols: 5, data: centred });
  let correct = 0;
  for (let i = 0; i < 50; i++) {
    const row = Array.from(scores.data.subarray(i * 3, i * 3 + 3));
    if (row.indexOf(Math.max(...row)) === dataset.test.labels[i]) correct++;
  }
  assertEquals(testAccuracy, correct / 50);
});

Deno.test("runTrial() ends a trial whose loss is no longer finite as diverged", () => {
  const { events, weights } = runAll({
    ...trialWith(1e38),
    solver: { ...trialWith(1).solver, optimizer: { name: "sgd", learningRate: 1e38 } },
  });
  assertEquals(weights, null);
  assertEquals(events.at(-1), {
    type: "diverged",
    trial: "0123456789abcdef",
    epoch: 1,
    reason: "loss is NaN at step 2 of epoch 1",
  });
});

Deno.test("runTrial() ends a trial that throws as failed", () => {
  const trial = trialWith(0.01);
  const { events, weights } = runAll({ ...trial, solver: { ...trial.solver, batchSize: 200 } });
  assertEquals(weights, null);
  assertEquals(events, [{
    type: "failed",
    trial: trial.id,
    reason: "Cannot train: solver.batchSize must be at most the 120 rows of the training split, found 200",
  }]);
});

Deno.test("runTrial() trains a trial of a fold on its rows, as on a data set of these alone", () => {
  const trial = trialWith(0.01);
  const folded = { ...trial, data: { ...trial.data, folds: 3 }, fold: 2 };
  const own = foldDataset(dataset, { folds: 3, fold: 2 });
  const steps = [...runTrial(folded, { dataset })];
  assertEquals(steps, [...runTrial(trial, { dataset: own })]);
  const { weights } = steps.at(-1)!;
  assertEquals(
    evaluateTrial(folded, { dataset, weights: weights! }),
    evaluateTrial(trial, { dataset: own, weights: weights! }),
  );
  assertEquals(
    traceEpoch(folded, { dataset, epoch: 1 }),
    traceEpoch(trial, { dataset: own, epoch: 1 }),
  );
});
