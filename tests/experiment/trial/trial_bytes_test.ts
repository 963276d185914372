import { assertEquals } from "@std/assert";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import { trialBytes } from "../../../lib/experiment/trial/trial_bytes.ts";
import { trialWith } from "./trial_with.ts";

const TRIAL = trialWith(0.1);
const OF = { inputDim: 5, numClasses: 3 };

/** Returns the bytes of a trial with other settings of its solver. */
function bytesWith(settings: Partial<Trial["solver"]>): number {
  return trialBytes({ ...TRIAL, solver: { ...TRIAL.solver, ...settings } }, OF);
}

/** Returns the bytes of a net of one hidden layer of 8, whose batches have 20 rows. */
function bytesOf(model: Partial<Trial["model"]>, name: Trial["solver"]["optimizer"]["name"] = "sgd"): number {
  const solver = { ...TRIAL.solver, optimizer: { ...TRIAL.solver.optimizer, name } as never };
  return trialBytes({ ...TRIAL, model: { ...TRIAL.model, ...model }, solver }, OF);
}

Deno.test("trialBytes() counts parameters and what a batch leaves in every layer", () => {
  const parameters = 6 * 8 + 9 * 3;
  const batch = (copies: number) => 20 * (5 + copies * 8 + 2 * 3);
  assertEquals(bytesOf({}), 4 * (6 * parameters + batch(2)));
  assertEquals(bytesOf({}, "momentum"), 4 * (8 * parameters + batch(2)));
  assertEquals(bytesOf({}, "adamw"), 4 * (10 * parameters + batch(2)));
  assertEquals(bytesOf({ normalization: "layernorm" }), 4 * (6 * parameters + batch(6)));
  assertEquals(bytesOf({ dropoutKeepRatio: 0.5 }), 4 * (6 * parameters + batch(4)));
  assertEquals(bytesOf({ dtype: "float64" }), 2 * bytesOf({}));
  assertEquals(bytesOf({ activation: "tanh" }), bytesOf({}));
  assertEquals(bytesOf({ activation: "tanh", dropoutKeepRatio: 0.5 }), 4 * (6 * parameters + batch(5)));
  assertEquals(bytesOf({ activation: "gelu" }), 4 * (6 * parameters + batch(3)));
  assertEquals(bytesOf({ hiddenDims: [] }), 4 * (6 * 6 * 3 + 20 * (5 + 2 * 3)));
});

Deno.test("trialBytes() counts an average of the weights, and a second batch", () => {
  const [parameters, batch] = [6 * 8 + 9 * 3, 20 * (5 + 2 * 8 + 2 * 3)];
  assertEquals(bytesWith({ averaging: { decay: 0.9 } }) - bytesWith({}), 4 * 3 * parameters);
  assertEquals(bytesWith({ lastBatch: "keep" }) - bytesWith({}), 4 * batch);
});

Deno.test("trialBytes() counts the moved images of an augmentation, a byte for each feature", () => {
  const added = (augmentation: Trial["solver"]["augmentation"]) =>
    bytesWith({ augmentation }) - bytesWith({});
  assertEquals(added({ flip: true }), 20 * 5);
  assertEquals(added({ crop: { padding: 2 }, flip: true, cutout: { size: 2 } }), 20 * 5);
  assertEquals(added({ cutout: { size: 2 } }), 0);
});

Deno.test("trialBytes() counts the outputs of targets, and of two classes with the sigmoid loss, and the targets of a batch", () => {
  const targets = (names: readonly string[]) => ({ kind: "numbers", names, scales: [] }) as const;
  const bytes = (outputs: number) => 4 * (6 * (6 * 8 + 9 * outputs) + 20 * (5 + 2 * 8 + 3 * outputs));
  const sgd = { ...TRIAL, solver: { ...TRIAL.solver, optimizer: { name: "sgd", learningRate: 1 } } } as Trial;
  for (const names of [["a"], ["a", "b"], ["a", "b", "c", "d"]]) {
    assertEquals(
      trialBytes(sgd, { inputDim: 5, numClasses: 1, targets: targets(names) }),
      bytes(names.length),
    );
  }
  const sigmoid = { ...sgd, solver: { ...sgd.solver, loss: { name: "sigmoid" } } } as Trial;
  assertEquals(trialBytes(sigmoid, { inputDim: 5, numClasses: 2 }), bytes(1));
});
