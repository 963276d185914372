import { assertEquals } from "@std/assert";
import type { Dataset, Split } from "../../../../lib/data/base/dataset.ts";
import type { BoundLoss, LossForm, Pass } from "../../../../lib/nn/net/pass.ts";
import { batchLosses } from "../../../../lib/nn/training/loss/batch_losses.ts";
import type { LossSpec } from "../../../../lib/nn/training/loss/loss_spec.ts";

type Rows = Pick<Dataset, "numClasses" | "targets"> & { readonly train: Partial<Split> };

/** Returns what a pass of two rows gets for the rows 2 and 0. */
function picked({ train, ...dataset }: Rows, loss?: LossSpec) {
  const forms: LossForm[] = [];
  const labels = { length: 2, data: new Int32Array(2) };
  const width = dataset.targets?.names.length ?? 1;
  const bindLoss = (form: LossForm): BoundLoss => {
    forms.push(form);
    const hasTargets = form.name !== "softmax";
    return {
      targets: hasTargets ? { rows: 2, cols: width, data: new Float64Array(2 * width) } : null,
      weights: form.isWeighted ? { rows: 1, cols: 2, data: new Float64Array(2) } : null,
      backward: () => 7,
    };
  };
  let bound: BoundLoss | null = null;
  const pass = { labels, bindLoss: (form: LossForm) => bound = bindLoss(form) } as unknown as Pass;
  const split = { n: 3, labels: Int32Array.of(0, 1, 1), ...train } as Split;
  const { pick, backward } = batchLosses({ ...dataset, train: split }, loss)(pass);
  pick(Int32Array.of(2, 0));
  assertEquals(backward(), 7);
  const { targets, weights } = bound as unknown as BoundLoss;
  return {
    form: forms[0],
    labels: [...labels.data],
    targets: targets && [...targets.data],
    weights: weights && [...weights.data],
  };
}

const NUMBERS = {
  numClasses: 1,
  targets: {
    kind: "numbers",
    names: ["a", "b"],
    scales: [{ offset: 10, divisor: 2 }, { offset: 0, divisor: 4 }],
  },
  train: { labels: new Int32Array(3), targets: Float64Array.of(10, 4, 12, 8, 16, -4) },
} as const;

Deno.test("batchLosses() picks labels for softmax, and targets as they are scaled for numbers", () => {
  assertEquals(picked({ numClasses: 2, train: {} }), {
    form: { name: "softmax", isWeighted: false, smoothing: 0 },
    labels: [1, 0],
    targets: null,
    weights: null,
  });
  const numbers = picked(NUMBERS);
  assertEquals([numbers.form, numbers.targets], [{ name: "squared", isWeighted: false, delta: 1 }, [
    3,
    -1,
    0,
    1,
  ]]);
  assertEquals(picked(NUMBERS, { name: "huber", delta: 0.5 }).form, {
    name: "huber",
    isWeighted: false,
    delta: 0.5,
  });
});

Deno.test("batchLosses() smooths labels towards a half, and takes the label of two classes as the target", () => {
  const scales = [{ offset: 0, divisor: 1 }];
  const labels = { kind: "labels", names: ["a"], scales } as const;
  const train = { labels: new Int32Array(3), targets: Float64Array.of(0, 1, 1) };
  assertEquals(picked({ numClasses: 1, targets: labels, train }, { labelSmoothing: 0.2 }).targets, [
    0.9,
    0.1,
  ]);
  assertEquals(picked({ numClasses: 2, train: {} }, { name: "sigmoid" }).targets, [1, 0]);
});

Deno.test("batchLosses() weighs rows of classes and of numbers, with a mean of 1", () => {
  const weights = Float64Array.of(1, 2, 3);
  assertEquals(picked({ ...NUMBERS, train: { ...NUMBERS.train, weights } }).weights, [1.5, 0.5]);
  const ofClasses = picked({ numClasses: 2, train: {} }, { name: "sigmoid", classWeights: [1, 4] });
  assertEquals(ofClasses.weights, [4 / 3, 1 / 3]);
});
