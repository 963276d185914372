import { assert, assertEquals } from "@std/assert";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { createNet, runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import { traceEpoch } from "../../../lib/experiment/trial/trace_epoch.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { resolveSolver } from "../../../lib/nn/training/resolve_solver.ts";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
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

Deno.test("traceEpoch() traces the weights that are trained, not their average", () => {
  const trial = trialWith(0.1);
  const averaged = { ...trial, solver: { ...trial.solver, averaging: { decay: 0.9 } } };
  assertEquals(traceEpoch(averaged, { dataset, epoch: 2 }), traceEpoch(trial, { dataset, epoch: 2 }));
  const [, , after] = runAll(averaged).events;
  const [, , raw] = runAll(trial).events;
  assert(after.type === "epoch" && raw.type === "epoch" && after.loss === raw.loss);
  assert(after.weightsSha256 !== raw.weightsSha256);
});

Deno.test("traceEpoch() traces a short last batch", () => {
  const trial = trialWith(0.1);
  const of = (settings: Partial<Trial["solver"]>) =>
    traceEpoch({ ...trial, solver: { ...trial.solver, batchSize: 50, ...settings } }, { dataset, epoch: 1 });
  const [dropped, kept] = [of({}), of({ lastBatch: "keep" })];
  assertEquals(kept.slice(0, -1), dropped);
  assertEquals(kept.map(({ step }) => step), [0, 1, 2, 3]);
  assertEquals(kept[3].tensors.map(({ name }) => name), kept[2].tensors.map(({ name }) => name));
});

const RUNGS: readonly Partial<SolverSpec>[] = [
  { schedule: { name: "cosine", per: "step", warmupEpochs: 1 } },
  { schedule: { name: "exponential", decay: 0.97, per: "step" }, averaging: { decay: 0.9 } },
  { schedule: { name: "plateau", factor: 0.5, patience: 1 }, lastBatch: "keep" },
];

for (const settings of RUNGS) {
  Deno.test(`runTrial() goes on after the rung of a search with the same bits, ${JSON.stringify(settings)}`, () => {
    const trial = trialWith(0.1);
    const spec = { ...trial.solver, batchSize: 50, epochs: 6, ...settings };
    const whole = { ...trial, solver: resolveSolver(spec, { action: "test" }) };
    const { events } = runAll(whole);
    const steps = [...runTrial({ ...whole, stopAfter: 2 }, { dataset })];
    const stopped = steps.at(-1)!;
    assertEquals(stopped.event.type, "stopped");
    const { checkpoint } = stopped;
    const rest = [...runTrial(whole, { dataset, checkpoint })].map(({ event }) => event);
    assertEquals([...steps.slice(0, -1).map(({ event }) => event), ...rest], events);
    const fields = ["type", "trial", "epoch", "bestEpoch", "bestValidationAccuracy", "weightsSha256"];
    assertEquals(Object.keys(stopped.event), fields);
  });
}
