// Several sources together: a solver that augments what it trains on, and measures what it does not.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { type EpochRecord, Solver, type SolverOptions } from "../../../lib/nn/training/solver.ts";
import { smallImages } from "../../contract/small_images.ts";

const found = smallImages({ image: { width: 8, height: 8, channels: 2 } });
/** Without black pixels, which no mean is subtracted from: what is 0 was dropped or blanked out. */
const dataset = {
  ...found,
  mean: new Float32Array(found.inputDim),
  train: { ...found.train, x: found.train.x.map((value) => value | 1) },
};
const { inputDim, numClasses } = dataset;

const still: SolverOptions = {
  ...{ dataset, batchSize: 23, epochs: 2 },
  optimizer: { name: "sgd", learningRate: 1e-30 },
};

/** Trains without moving the weights; returns the records, and what each batch was, dropout included. */
function observe(options: Partial<SolverOptions>) {
  const net = new FullyConnectedNet({
    ...{ hiddenDims: [6], inputDim, numClasses, seed: "5/0", weightScale: 1e-3, inputDropoutKeepRatio: 0.6 },
  });
  const batches: { readonly x: readonly number[]; readonly labels: readonly number[] }[] = [];
  const onStep = (rows: number) => {
    const { x, labels } = net.pass(rows);
    batches.push({ x: Array.from(x.data), labels: Array.from(labels.data) });
  };
  const records: EpochRecord[] = [...new Solver(net, { ...still, ...options, onStep }).epochs()];
  return { records, batches };
}

Deno.test("Solver leaves the order of rows and dropout as they are when images are flipped", () => {
  const plain = observe({});
  const flipped = observe({ augmentation: { flip: true } });
  assertEquals(flipped.batches.map(({ labels }) => labels), plain.batches.map(({ labels }) => labels));
  const dropped = ({ x }: { readonly x: readonly number[] }) => x.map((value) => value === 0);
  assertEquals(flipped.batches.map(dropped), plain.batches.map(dropped));
  assert(flipped.batches.some(({ x }, i) => x.some((value, j) => value !== plain.batches[i].x[j])));
});

Deno.test("Solver measures images as they are when it trains on others", () => {
  const measured = ({ records }: ReturnType<typeof observe>) =>
    records.map(({ trainAccuracy, validationAccuracy, metrics }) => ({
      ...{ trainAccuracy, validationAccuracy, metrics },
    }));
  const metrics = ["validationLoss"] as const;
  const plain = observe({ metrics });
  const augmented = observe({
    metrics,
    augmentation: { crop: { padding: 4 }, flip: { probability: 1 }, cutout: { size: 8 } },
  });
  assertEquals(measured(augmented), measured(plain));
  assert(augmented.records[1].loss !== plain.records[1].loss);
  assert(augmented.records[1].loss !== augmented.records[2].loss);
});

Deno.test("Solver throws before training when rows are no images, or not those that the data set says", () => {
  const message = (image: typeof dataset.image) =>
    assertThrows(() => observe({ dataset: { ...dataset, image }, augmentation: { flip: true } }), InputError)
      .message;
  assertEquals(
    message(null),
    "Cannot train: solver.augmentation must be left out for these data, whose rows are no images",
  );
  assertEquals(
    message({ width: 8, height: 8, channels: 1 }),
    "Cannot train: solver.augmentation needs images that are the 128 features of a row, found 8 x 8 pixels of 1 channels",
  );
});
