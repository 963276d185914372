import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { DivergedError } from "../../../lib/nn/training/diverged_error.ts";
import { type EpochRecord, Solver } from "../../../lib/nn/training/solver.ts";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
import { assertClose, assertMatrix, type FixtureMatrix, readFixtures } from "../../golden/fixtures.ts";

interface RunFixture {
  readonly model: ModelSpec;
  readonly solver: SolverSpec;
  readonly seed: string;
  readonly data: Readonly<
    Record<"train" | "validation", { readonly x: readonly number[]; readonly labels: readonly number[] }>
  >;
  readonly mean: readonly number[];
  readonly history: readonly Omit<EpochRecord, "weightsSha256">[];
  readonly parameters: Readonly<Record<string, FixtureMatrix>>;
}

const runs = await readFixtures<Record<string, RunFixture>>("runs");

function datasetOf({ data, mean }: RunFixture): Dataset {
  const split = ({ x, labels }: RunFixture["data"]["train"]): Split => ({
    n: labels.length,
    x: Float32Array.from(x),
    labels: Int32Array.from(labels),
  });
  return {
    inputDim: 4,
    numClasses: 3,
    classNames: ["a", "b", "c"],
    image: null,
    mean: Float32Array.from(mean),
    train: split(data.train),
    validation: split(data.validation),
    test: split(data.validation),
  };
}

for (const [name, fixture] of Object.entries(runs)) {
  Deno.test(`Solver, ${name}, agrees with PyTorch to 1e-10 over a whole run`, () => {
    const net = new FullyConnectedNet({ ...fixture.model, inputDim: 4, numClasses: 3, seed: fixture.seed });
    const epochs = new Solver(net, { ...fixture.solver, dataset: datasetOf(fixture) }).epochs();
    for (const expected of fixture.history) {
      const { value } = epochs.next();
      const { loss, ...actual } = value as EpochRecord;
      assertClose([loss ?? 0], [expected.loss ?? 0], `loss of epoch ${expected.epoch}`);
      const { loss: _, ...rest } = expected;
      assertEquals({ ...rest, weightsSha256: actual.weightsSha256 }, actual);
    }
    for (const { name, value } of net.parameters) assertMatrix(value, fixture.parameters[name], name);
  });
}

const plain = runs["plain, adam"];
const makeNet = (settings: Partial<ModelSpec> = {}) =>
  new FullyConnectedNet({ hiddenDims: [10], inputDim: 4, numClasses: 3, seed: "1/0", ...settings });
const solver: SolverSpec = { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 16, epochs: 8 };

Deno.test("train() leaves the net with the weights of its best epoch, the first of equal ones", () => {
  const dataset = datasetOf(plain);
  const net = makeNet();
  const long = { ...solver, dataset, epochs: 20 };
  const history = [...new Solver(makeNet(), long).epochs()];
  const result = new Solver(net, long).train();
  const best = Math.max(...history.map(({ validationAccuracy }) => validationAccuracy));
  const first = history.find(({ validationAccuracy }) => validationAccuracy === best)!;
  assertEquals(result.bestEpoch, first.epoch);
  assertEquals(result.bestValidationAccuracy, best);
  assertEquals(result.weightsSha256, first.weightsSha256);
  assertEquals(net.snapshot(), result.weights);
  assert(history.some(({ validationAccuracy }, i) => validationAccuracy === best && i !== first.epoch));
});

Deno.test("epochs() gives the same bits when run again, and others for another repeat", () => {
  const dataset = datasetOf(plain);
  const hashes = (seed: string) => {
    const net = new FullyConnectedNet({
      hiddenDims: [10],
      dropoutKeepRatio: 0.8,
      inputDim: 4,
      numClasses: 3,
      seed,
    });
    return [...new Solver(net, { ...solver, dataset }).epochs()].map(({ weightsSha256 }) => weightsSha256);
  };
  assertEquals(hashes("1/0"), hashes("1/0"));
  assert(hashes("1/0").every((hash, i) => hash !== hashes("1/1")[i]));
});

Deno.test("epochs() does not move the order of batches when dropout is added", () => {
  const dataset = datasetOf(plain);
  const untouched = {
    ...solver,
    dataset,
    optimizer: { name: "sgd", learningRate: 1e-30 },
    epochs: 1,
  } as const;
  const loss = (net: FullyConnectedNet) => [...new Solver(net, untouched).epochs()][1].trainAccuracy;
  assertEquals(loss(makeNet({ dropoutKeepRatio: 0.5 })), loss(makeNet()));
});

Deno.test("epochs() throws DivergedError when the loss is no longer finite", () => {
  const optimizer = { name: "sgd", learningRate: 1e30 } as const;
  const epochs = new Solver(makeNet(), { ...solver, optimizer, dataset: datasetOf(plain) }).epochs();
  epochs.next();
  const error = assertThrows(() => epochs.next(), DivergedError);
  assertEquals([error.epoch, error.message], [1, "loss is NaN at step 2 of epoch 1"]);
});

function withValue(dataset: Dataset, { split, value }: {
  readonly split: "train" | "validation";
  readonly value: number;
}): Dataset {
  const x = Float32Array.from(dataset[split].x);
  x[5] = value;
  return { ...dataset, [split]: { ...dataset[split], x } };
}

const NOT_FINITE: readonly {
  readonly name: string;
  readonly model?: Partial<ModelSpec>;
  readonly solver?: Partial<SolverSpec>;
  readonly data?: Parameters<typeof withValue>[1];
  readonly found: readonly [number, string];
}[] = [
  {
    name: "the last step leaves weights whose scores overflow",
    model: { hiddenDims: [10, 10], weightScale: "he" },
    solver: { optimizer: { name: "sgd", learningRate: 1e20 }, batchSize: 67, epochs: 1 },
    found: [1, "the score of class 0 is Infinity for row 11 of the training split after epoch 1"],
  },
  {
    name: "a training row overflows at once",
    model: { weightScale: 3 },
    data: { split: "train", value: 3e38 },
    found: [0, "the score of class 0 is Infinity for row 1 of the training split before training"],
  },
  {
    name: "a validation row overflows",
    model: { weightScale: 3 },
    data: { split: "validation", value: 3e38 },
    found: [0, "the score of class 0 is Infinity for row 1 of the validation split before training"],
  },
  {
    name: "the variance of a layer-normalized row overflows, which shows in no score",
    model: { normalization: "layernorm" },
    data: { split: "validation", value: 1e25 },
    found: [
      0,
      "the variance of hidden layer 1 is Infinity for row 1 of the validation split before training",
    ],
  },
  {
    name: "an average of squared gradients overflows, which holds the weight still",
    solver: { optimizer: { name: "rmsprop", learningRate: 1e-30 } },
    data: { split: "train", value: 1e30 },
    model: { weightScale: 1e-8 },
    found: [1, "squared average of W1 holds Infinity at the end of epoch 1"],
  },
];

for (const { name, model, solver: settings, data, found } of NOT_FINITE) {
  Deno.test(`epochs() throws DivergedError when ${name}`, () => {
    const dataset = data === undefined ? datasetOf(plain) : withValue(datasetOf(plain), data);
    for (const kernels of ["wasm", "twin"] as const) {
      const net = new FullyConnectedNet({
        ...{ hiddenDims: [10], inputDim: 4, numClasses: 3, seed: "1/0", kernels },
        ...model,
      });
      const error = assertThrows(
        () => new Solver(net, { ...solver, ...settings, dataset }).train(),
        DivergedError,
      );
      assertEquals([error.epoch, error.message], found);
    }
  });
}

const WRONG: readonly (readonly [Record<string, unknown>, string])[] = [
  [
    { batchSize: 100 },
    "Cannot train: solver.batchSize must be at most the 67 rows of the training split, found 100",
  ],
  [{ epochs: 0 }, "Cannot train: solver.epochs must be a whole number from 1 on, found 0"],
  [{ patience: 3 }, "Cannot train: solver.patience must be an object, found 3"],
  [{ patience: {} }, "Cannot train: solver.patience.epochs must be a whole number from 1 on"],
  [
    { patience: { epochs: 0 } },
    "Cannot train: solver.patience.epochs must be a whole number from 1 on, found 0",
  ],
  [
    { patience: { epochs: 1, minDelta: 1 } },
    "Cannot train: solver.patience.minDelta must be a number from 0 to below 1, found 1",
  ],
  [
    { patience: { epochs: 1, minDelta: -1, metric: "validationLoss" }, metrics: ["validationLoss"] },
    "Cannot train: solver.patience.minDelta must be a number from 0 on, found -1",
  ],
  [
    { patience: { epochs: 1, metric: "validationLoss" }, metrics: ["validationMacroF1"] },
    'Cannot train: solver.patience.metric must be measured, found "validationLoss"; add it to metrics',
  ],
  [
    { patience: { epochs: 1, metric: "loss" } },
    'Cannot train: solver.patience.metric must be "validationAccuracy", "validationLoss", "validationMacroF1", ' +
    '"validationBalancedAccuracy", "validationTop2Accuracy" (or another k from 2 on) or "validationAuc", found "loss"',
  ],
  [
    { metrics: ["validationTop3Accuracy"] },
    'Cannot train: solver.metrics has "validationTop3Accuracy", which needs data of at least 4 classes, found 3',
  ],
  [{ lrDecay: 1.1 }, "Cannot train: solver.lrDecay must be a number above 0 and at most 1, found 1.1"],
  [
    { optimizer: { name: "adam", learningRate: -1 } },
    "Cannot train: solver.optimizer.learningRate must be a number above 0, found -1",
  ],
  [
    { optimizer: { name: "adam", learningRate: 1, momentum: 0.9 } },
    "Cannot train: solver.optimizer.momentum is not a field, the fields are name, learningRate, beta1, beta2, epsilon",
  ],
  [
    { optimizer: { name: "lion", learningRate: 1 } },
    'Cannot train: solver.optimizer.name must be "sgd", "momentum", "rmsprop", "adam" or "adamw", found "lion"',
  ],
  [{ optimizer: "adam" }, 'Cannot train: solver.optimizer must be an object, found "adam"'],
  [{ optimizer: undefined }, "Cannot train: solver.optimizer must be given"],
  [
    { verbose: true },
    "Cannot train: solver.verbose is not a field, the fields are optimizer, batchSize, epochs, lrDecay, schedule, clip, " +
    "averaging, lastBatch, patience, loss, metrics, select",
  ],
];

for (const [wrong, message] of WRONG) {
  Deno.test(`Solver refuses ${JSON.stringify(wrong)}`, () => {
    const options = { ...solver, dataset: datasetOf(plain), ...wrong } as SolverSpec & { dataset: Dataset };
    assertEquals(assertThrows(() => new Solver(makeNet(), options), InputError).message, message);
  });
}

Deno.test("Solver refuses a label that is no class", () => {
  const { train, ...dataset } = datasetOf(plain);
  const labels = train.labels.with(5, 3);
  const options = { ...solver, dataset: { ...dataset, train: { ...train, labels } } };
  assertEquals(
    assertThrows(() => new Solver(makeNet(), options), InputError).message,
    "Cannot train: train.labels[5] must be a class from 0 to 2, found 3",
  );
});
