import { assert, assertEquals } from "@std/assert";
import { blobs } from "../../../lib/data/blobs.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inspectRepeat } from "../../../lib/experiment/evaluation/inspect_repeat.ts";
import { testEnsemble } from "../../../lib/experiment/evaluation/test_ensemble.ts";
import { testRepeat } from "../../../lib/experiment/evaluation/test_repeat.ts";
import { runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import { resolveModel } from "../../../lib/nn/net/resolve_model.ts";
import { resolveSolver } from "../../../lib/nn/training/resolve_solver.ts";

const data = blobs({ numClasses: 3, inputDim: 4, spread: 1.5, train: 90, validation: 30, test: 70 });
const dataset = await loadDataset(data);

/** The nets of three repeats. */
const NETS = [0, 1, 2].map((repeat) => {
  const trial: Trial = {
    ...{ id: `repeat-${repeat}`, point: {}, repeat, seed: 7, data, dataDigest: "blobs" },
    model: resolveModel({ hiddenDims: [5], weightScale: "he" }, { action: "test" }),
    solver: {
      ...resolveSolver({ optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 16, epochs: 2 }, {
        action: "test",
      }),
      metrics: ["validationLoss"],
    },
  };
  const { weights } = [...runTrial(trial, { dataset })].at(-1)!;
  return { trial, weights: weights!, bestEpoch: 1, bestValidationAccuracy: 0.5 };
});

Deno.test("testEnsemble() measures nets as testRepeat() does those of folds, and has what they predict", () => {
  const found = testEnsemble(NETS, { dataset });
  assert(!("type" in found));
  const { predictions, ...measured } = found;
  assertEquals(measured, testRepeat(NETS, { dataset }));
  assertEquals(predictions, inspectRepeat(NETS, { dataset }).predictions);
  const right = predictions!.predicted.filter((label, row) => label === predictions!.labels[row]);
  assertEquals(right.length / 70, found.testAccuracy);
});

Deno.test("testEnsemble() gives a label that all nets think impossible a finite loss", () => {
  const sure = NETS.map((one) => {
    const weights = new Float32Array(one.weights.slice().buffer);
    return { ...one, weights: new Uint8Array(weights.map((weight) => weight * 1000).buffer) };
  });
  const found = testEnsemble(sure, { dataset });
  assert(!("type" in found) && found.testAccuracy! < 1);
  assert(Number.isFinite(found.metrics!.testLoss) && found.metrics!.testLoss! > 100);
});

Deno.test("testEnsemble() is a divergence of the first net with a row that has no finite score", () => {
  const broken = NETS.map((one, repeat) =>
    repeat === 0
      ? one
      : { ...one, weights: new Uint8Array(new Float32Array(one.weights.length / 4).fill(NaN).buffer) }
  );
  const event = testEnsemble(broken, { dataset });
  assert("type" in event);
  assertEquals([event.type, event.trial, event.epoch, event.split], ["diverged", "repeat-1", 1, "test"]);
});
