import { assertEquals, assertThrows } from "@std/assert";
import type { MetricName } from "../../../lib/core/facts/metric.ts";
import { InputError } from "../../../lib/core/check/errors.ts";
import { sha256Hex } from "../../../lib/core/numbers/digest.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import type { Checkpoint } from "../../../lib/nn/training/checkpoint.ts";
import type { OptimizerSpec } from "../../../lib/nn/training/optimizer_spec.ts";
import { type EpochRecord, Solver, type SolverOptions } from "../../../lib/nn/training/solver.ts";
import { smallImages } from "../../contract/small_images.ts";
import { SMALL_AUGMENTED_TRAININGS, SMALL_TRAININGS } from "../../contract/small_trainings.ts";

const dataset = await loadDataset(
  blobs({ numClasses: 3, inputDim: 5, spread: 0.8, train: 90, validation: 30, test: 30 }),
);

const OPTIMIZERS: readonly OptimizerSpec[] = [
  { name: "sgd", learningRate: 0.05 },
  { name: "momentum", learningRate: 0.01 },
  { name: "momentum", learningRate: 0.01, nesterov: true },
  { name: "rmsprop", learningRate: 0.001 },
  { name: "adam", learningRate: 0.01 },
  { name: "adamw", learningRate: 0.01 },
];

const MODELS: readonly ModelSpec[] = [
  { hiddenDims: [7, 6] },
  { hiddenDims: [7, 6], normalization: "batchnorm", dropoutKeepRatio: 0.8 },
  { hiddenDims: [7], normalization: "layernorm", dtype: "float64" },
];

function start(model: ModelSpec, options: Partial<SolverOptions>): Solver {
  const { inputDim, numClasses } = options.dataset ?? dataset;
  const net = new FullyConnectedNet({ weightScale: "he", ...model, inputDim, numClasses, seed: "7/0" });
  const optimizer = OPTIMIZERS[0];
  return new Solver(net, { dataset, batchSize: 20, epochs: 6, lrDecay: 0.9, optimizer, ...options });
}

/** Runs to the end; returns every record, every checkpoint and the result. */
function runAll(solver: Solver) {
  const epochs = solver.epochs();
  const records = [];
  const checkpoints: Checkpoint[] = [];
  let step = epochs.next();
  for (; !step.done; step = epochs.next()) {
    records.push(step.value);
    // A message between threads copies; so does this.
    if (step.value.epoch > 0) checkpoints.push(structuredClone(solver.checkpoint()));
  }
  return { records, checkpoints, result: step.value };
}

for (const optimizer of OPTIMIZERS) {
  for (const model of MODELS) {
    const { name, learningRate: _, ...rest } = optimizer;
    const what = `${name} ${JSON.stringify(rest)} trains ${JSON.stringify(model)}`;
    Deno.test(`checkpoint() goes on to the same bits from every epoch when ${what}`, () => {
      const whole = runAll(start(model, { optimizer }));
      assertEquals(whole.checkpoints.length, 6);
      for (const checkpoint of whole.checkpoints) {
        const rest = runAll(start(model, { optimizer, checkpoint }));
        assertEquals(rest.records, whole.records.slice(checkpoint.epoch + 1));
        assertEquals(rest.result, whole.result);
        assertEquals(rest.checkpoints, whole.checkpoints.slice(checkpoint.epoch));
      }
    });
  }
}

const images = smallImages({ image: { width: 8, height: 8, channels: 2 } });
const TRAININGS = [
  ...SMALL_TRAININGS.map((training) => [...training, dataset] as const),
  ...SMALL_AUGMENTED_TRAININGS.map((training) => [...training, images] as const),
];

for (const [model, settings, data] of TRAININGS) {
  Deno.test(`checkpoint() goes on to the same bits from every epoch with ${JSON.stringify(settings)}`, () => {
    // 90 rows: the last batch has 18; 115 images: it has 19.
    const options = { lrDecay: 1, batchSize: 24, ...settings, dataset: data };
    const whole = runAll(start(model, options));
    for (const checkpoint of whole.checkpoints) {
      // The journal's hash is what a checkpoint is trusted by.
      assertEquals(sha256Hex(checkpoint.weights), whole.records[checkpoint.epoch].weightsSha256);
      const rest = runAll(start(model, { ...options, checkpoint }));
      assertEquals(rest.records, whole.records.slice(checkpoint.epoch + 1));
      assertEquals(rest.result, whole.result);
      assertEquals(rest.checkpoints, whole.checkpoints.slice(checkpoint.epoch));
    }
  });
}

Deno.test("checkpoint() matters in its trained weights and the state of its plateau", () => {
  const options = {
    lrDecay: 1,
    averaging: { decay: 0.9 },
    schedule: { name: "plateau", factor: 0.5, patience: 9 },
  } as const;
  const whole = runAll(start(MODELS[0], options));
  const checkpoint = whole.checkpoints[2];
  const parts: readonly Partial<Checkpoint>[] = [
    { trainedWeights: checkpoint.weights },
    { weights: checkpoint.trainedWeights! },
    { plateau: { ...checkpoint.plateau!, rate: 0.01 } },
    { plateau: { ...checkpoint.plateau!, waited: 8, value: 2 } },
  ];
  for (const part of parts) {
    const { records } = runAll(start(MODELS[0], { ...options, checkpoint: { ...checkpoint, ...part } }));
    assertEquals(records[1].weightsSha256 === whole.records[5].weightsSha256, false, JSON.stringify(part));
  }
});

Deno.test("epochs() throws when the checkpoint is of other averaging", () => {
  const averaging = { decay: 0.9 };
  const message = (options: Partial<SolverOptions>, of: Partial<SolverOptions>) => {
    const [checkpoint] = runAll(start(MODELS[0], of)).checkpoints;
    const epochs = start(MODELS[0], { ...options, checkpoint }).epochs();
    return assertThrows(() => epochs.next(), InputError).message;
  };
  assertEquals(
    message({ averaging }, {}),
    "Cannot resume from a checkpoint: it must have averaged weights",
  );
  assertEquals(
    message({}, { averaging }),
    "Cannot resume from a checkpoint: it must not have averaged weights",
  );
});

Deno.test("checkpoint() matters in each of its parts", () => {
  const [model, optimizer] = [MODELS[1], OPTIMIZERS[4]];
  const whole = runAll(start(model, { optimizer }));
  const checkpoint = whole.checkpoints[2];
  const parts: readonly Partial<Checkpoint>[] = [
    { weights: whole.checkpoints[1].weights },
    { optimizer: whole.checkpoints[1].optimizer },
    { learningRate: 0.01 },
  ];
  for (const part of parts) {
    const { records } = runAll(start(model, { optimizer, checkpoint: { ...checkpoint, ...part } }));
    assertEquals(records[0].weightsSha256 === whole.records[4].weightsSha256, false, Object.keys(part)[0]);
  }
  const better = { ...checkpoint, bestValidationAccuracy: 2, bestEpoch: 1 };
  assertEquals(runAll(start(model, { optimizer, checkpoint: better })).result.bestEpoch, 1);
});

Deno.test("checkpoint() throws when no epoch has run", () => {
  const solver = start(MODELS[0], {});
  const message = "Cannot make a checkpoint: no epoch has run";
  assertEquals(assertThrows(() => solver.checkpoint(), InputError).message, message);
  solver.epochs().next();
  assertEquals(assertThrows(() => solver.checkpoint(), InputError).message, message);
});

Deno.test("epochs() throws when the checkpoint is of another net or another optimizer", () => {
  const [checkpoint] = runAll(start(MODELS[0], { optimizer: OPTIMIZERS[4] })).checkpoints;
  const other = start(MODELS[0], { checkpoint });
  assertEquals(
    assertThrows(() => other.epochs().next(), InputError).message,
    "Cannot resume from a checkpoint: its optimizer must have 0 bytes, found 904",
  );
  const wider = start({ hiddenDims: [8, 6] }, { checkpoint: { ...checkpoint, optimizer: new Uint8Array() } });
  assertEquals(
    assertThrows(() => wider.epochs().next(), InputError).message,
    "Cannot restore a net: its snapshot must have 492 bytes, found 444",
  );
});

for (const patience of [{ epochs: 1 }, { epochs: 2 }, { epochs: 3, minDelta: 0.05 }, { epochs: 40 }]) {
  Deno.test(
    `checkpoint() goes on to the same end from every epoch when training stops by ${
      JSON.stringify(patience)
    }`,
    () => {
      const options = { epochs: 40, lrDecay: 1, optimizer: OPTIMIZERS[4] };
      const full = runAll(start(MODELS[1], options));
      const whole = runAll(start(MODELS[1], { ...options, patience }));
      const last = whole.records.length - 1;
      assertEquals(whole.records, full.records.slice(0, last + 1));
      assertEquals(
        last,
        lastEpochOf(full.records.map(({ validationAccuracy }) => validationAccuracy!), patience),
      );
      // The checkpoint of the last epoch is among them: nothing more is trained from it.
      for (const checkpoint of whole.checkpoints) {
        const rest = runAll(start(MODELS[1], { ...options, patience, checkpoint }));
        assertEquals(rest.records, whole.records.slice(checkpoint.epoch + 1));
        assertEquals(rest.result, whole.result);
      }
      assertEquals(
        whole.result.bestEpoch,
        runAll(start(MODELS[1], { ...options, epochs: last })).result.bestEpoch,
      );
    },
  );
}

const MEASURED: readonly Partial<SolverOptions>[] = [
  { metrics: ["validationMacroF1", "validationTop2Accuracy"] },
  { select: "validationLoss" },
  { select: "validationMacroF1", patience: { epochs: 2 } },
  { select: "validationLoss", patience: { epochs: 2, minDelta: 0.05 } },
  { select: "validationLoss", patience: { epochs: 3, metric: "validationAccuracy" } },
  { metrics: ["validationLoss"], patience: { epochs: 2, minDelta: 0.01, metric: "validationLoss" } },
];

for (const measured of MEASURED) {
  Deno.test(
    `checkpoint() goes on to the same best epoch from every epoch when the solver has ${
      JSON.stringify(measured)
    }`,
    () => {
      const { patience, select = "validationAccuracy" } = measured;
      const options = { epochs: 40, lrDecay: 1, optimizer: OPTIMIZERS[4], ...measured };
      const full = runAll(start(MODELS[1], { ...options, patience: undefined }));
      const whole = runAll(start(MODELS[1], options));
      assertEquals(whole.records, full.records.slice(0, whole.records.length));
      const watched = patience?.metric ?? select;
      const last = patience === undefined
        ? 40
        : lastEpochOf(full.records.map((record) => valueOf(record, watched)), {
          ...patience,
          isLoss: watched === "validationLoss",
        });
      assertEquals(whole.records.length - 1, last);
      const values = whole.records.map((record) => valueOf(record, select));
      const best = (select === "validationLoss" ? Math.min : Math.max)(...values);
      const { bestEpoch, bestValidationAccuracy, bestMetrics } = whole.result;
      const { validationAccuracy, metrics } = whole.records[values.indexOf(best)];
      assertEquals([bestEpoch, bestValidationAccuracy, bestMetrics], [
        values.indexOf(best),
        validationAccuracy,
        metrics,
      ]);
      for (const checkpoint of whole.checkpoints) {
        const rest = runAll(start(MODELS[1], { ...options, checkpoint }));
        assertEquals(rest.records, whole.records.slice(checkpoint.epoch + 1));
        assertEquals(rest.result, whole.result);
        assertEquals(rest.checkpoints, whole.checkpoints.slice(checkpoint.epoch));
      }
    },
  );
}

Deno.test("epochs() gives the same weights and other epochs as best when it selects the loss", () => {
  const byAccuracy = runAll(start(MODELS[0], { epochs: 40, optimizer: OPTIMIZERS[4] }));
  const byLoss = runAll(start(MODELS[0], { epochs: 40, optimizer: OPTIMIZERS[4], select: "validationLoss" }));
  assertEquals(byLoss.records.map(({ metrics: _, ...record }) => record), byAccuracy.records);
  assertEquals(byLoss.result.bestEpoch === byAccuracy.result.bestEpoch, false);
});

function valueOf({ validationAccuracy, metrics }: EpochRecord, name: MetricName): number {
  return name === "validationAccuracy" ? validationAccuracy! : metrics![name]!;
}

interface Waited {
  readonly epochs: number;
  readonly minDelta?: number;
  readonly isLoss?: boolean;
}

/** Returns the epoch after which training stops, by the words of the specification. */
function lastEpochOf(
  values: readonly number[],
  { epochs, minDelta = 0, isLoss = false }: Waited,
): number {
  let improved = 0;
  for (const [epoch, value] of values.entries()) {
    const gain = isLoss ? values[improved] - value : value - values[improved];
    if (gain > minDelta) improved = epoch;
    if (epoch - improved >= epochs) return epoch;
  }
  return values.length - 1;
}
