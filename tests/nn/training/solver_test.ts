import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { Dataset } from "../../../lib/data/base/dataset.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { DivergedError } from "../../../lib/nn/training/diverged_error.ts";
import { type EpochRecord, Solver } from "../../../lib/nn/training/solver.ts";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
import { assertClose, assertMatrix, readFixtures } from "../../golden/fixtures.ts";
import { datasetOf, type RunFixture } from "../run_fixture.ts";

const runs = await readFixtures<Record<string, RunFixture>>("runs");

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
  const best = Math.max(...history.map(({ validationAccuracy }) => validationAccuracy!));
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
    '"validationBalancedAccuracy", "validationTop2Accuracy" (or another k from 2 on), "validationAuc", ' +
    '"validationLabelAccuracy", "validationRmse", "validationMae" or "validationR2", found "loss"',
  ],
  [
    { metrics: ["validationTop3Accuracy"] },
    'Cannot train: solver.metrics has "validationTop3Accuracy", which needs data of at least 4 classes, found 3',
  ],
  [
    { schedule: { name: "cosine" }, lrDecay: 0.9 },
    "Cannot train: solver.lrDecay must not be given beside solver.schedule, found 0.9",
  ],
  [{ clip: 1 }, "Cannot train: solver.clip must be an object, found 1"],
  [{ clip: {} }, "Cannot train: solver.clip must have value or norm, found neither"],
  [{ clip: { value: 1, norm: 1 } }, "Cannot train: solver.clip must have value or norm, found both"],
  [{ clip: { norm: 0 } }, "Cannot train: solver.clip.norm must be a number above 0, found 0"],
  [{ averaging: {} }, "Cannot train: solver.averaging.decay must be a number from 0 to below 1"],
  [
    { averaging: { decay: 1 } },
    "Cannot train: solver.averaging.decay must be a number from 0 to below 1, found 1",
  ],
  [{ lastBatch: true }, 'Cannot train: solver.lastBatch must be "drop" or "keep", found true'],
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
    "averaging, lastBatch, patience, loss, augmentation, metrics, select",
  ],
];

for (const [wrong, message] of WRONG) {
  Deno.test(`Solver refuses ${JSON.stringify(wrong)}`, () => {
    const options = { ...solver, dataset: datasetOf(plain), ...wrong } as SolverSpec & { dataset: Dataset };
    assertEquals(assertThrows(() => new Solver(makeNet(), options), InputError).message, message);
  });
}

Deno.test("Solver refuses a last batch of one row when there is batch normalization", () => {
  const make = (settings: Partial<SolverSpec>, model: Partial<ModelSpec> = { normalization: "batchnorm" }) =>
    new Solver(makeNet(model), { ...solver, batchSize: 22, ...settings, dataset: datasetOf(plain) });
  assertEquals(
    assertThrows(() => make({ lastBatch: "keep" }), InputError).message,
    'Cannot train: solver.lastBatch "keep" leaves 1 of 67 rows for the last batch, and batch normalization needs 2 or ' +
      "more; choose another solver.batchSize than 22",
  );
  make({ lastBatch: "drop" });
  make({ lastBatch: "keep" }, { normalization: "layernorm" });
  make({ lastBatch: "keep" }, { normalization: "batchnorm", hiddenDims: [] });
  make({ lastBatch: "keep", batchSize: 21 });
});

Deno.test("epochs() gives the same bits when a setting changes nothing", () => {
  const dataset = datasetOf(plain);
  const records = (settings: Partial<SolverSpec>) => [
    ...new Solver(makeNet({ dropoutKeepRatio: 0.8 }), { ...solver, dataset, ...settings }).epochs(),
  ];
  const usual = records({});
  for (
    const settings of [
      { clip: { norm: 1e6 } },
      { clip: { value: 1e6 } },
      { lastBatch: "drop" },
      { schedule: { name: "constant" } },
      { schedule: { name: "step", every: 8, factor: 0.1 } },
    ] as const
  ) assertEquals(records(settings), usual, JSON.stringify(settings));
  assertEquals(
    records({ schedule: { name: "exponential", decay: 0.9 } }),
    records({ lrDecay: 0.9 }),
  );
  // 67 rows are all in one batch.
  assertEquals(records({ batchSize: 67, lastBatch: "keep" }), records({ batchSize: 67 }));
});

Deno.test("epochs() trains the same weights under averaging, and measures and keeps their average", () => {
  const dataset = datasetOf(plain);
  const settings = { ...solver, dataset, epochs: 20 };
  const model = { normalization: "batchnorm" } as const;
  const raw = [...new Solver(makeNet(model), settings).epochs()];
  const net = makeNet(model);
  const averaging = { decay: 0.9 };
  const averaged = [...new Solver(net, { ...settings, averaging }).epochs()];
  assertEquals(averaged.map(({ loss }) => loss), raw.map(({ loss }) => loss));
  assertEquals(averaged[0], raw[0]);
  assert(averaged.slice(1).every(({ weightsSha256 }, i) => weightsSha256 !== raw[i + 1].weightsSha256));
  const result = new Solver(makeNet(model), { ...settings, averaging }).train();
  assertEquals(net.snapshot(), result.weights);
  assertEquals(result.weightsSha256, averaged[result.bestEpoch].weightsSha256);
});

Deno.test("epochs() gives a short last batch dropout masks of its own", () => {
  const dataset = datasetOf(plain);
  // With a learning rate near 0, an epoch's loss is decided by its masks alone.
  const still = { ...solver, dataset, optimizer: { name: "sgd", learningRate: 1e-30 }, epochs: 1 } as const;
  const losses = [16, 33, 34].map((batchSize) => {
    const net = makeNet({ dropoutKeepRatio: 0.5, weightScale: 0.5, dtype: "float64" });
    return [...new Solver(net, { ...still, batchSize, lastBatch: "keep" }).epochs()][1].loss;
  });
  assertEquals(new Set(losses).size, 3);
});

Deno.test("epochs() weighs a loss by the rows of its batch when the last is short", () => {
  const dataset = datasetOf(plain);
  const still = { ...solver, dataset, optimizer: { name: "sgd", learningRate: 1e-30 }, epochs: 1 } as const;
  const loss = (batchSize: number) =>
    [...new Solver(makeNet({ weightScale: 0.5, dtype: "float64" }), {
      ...still,
      batchSize,
      lastBatch: "keep",
    })
      .epochs()][1].loss!;
  // Without dropout it is the mean over all rows, whatever the batches.
  for (const batchSize of [10, 16, 66]) {
    assert(Math.abs(loss(batchSize) - loss(67)) < 1e-14, String(batchSize));
  }
});

Deno.test("epochs() throws DivergedError when the norm of the gradients overflows", () => {
  const dataset = withValue(datasetOf(plain), { split: "train", value: 1e30 });
  const net = makeNet({ hiddenDims: [], weightScale: 1e-40, dtype: "float64" });
  const x = Float64Array.from(dataset.train.x, (value) => value * 1e150);
  const large = { ...dataset, train: { ...dataset.train, x } };
  const epochs = new Solver(net, { ...solver, dataset: large, clip: { norm: 1 } }).epochs();
  const error = assertThrows(() => [...epochs], DivergedError);
  assertEquals(
    error.message.replace(/step \d/, "step N"),
    "the norm of the gradients is Infinity at step N of epoch 1",
  );
});

Deno.test("Solver decays no bias and no normalization, neither by AdamW nor by L2", () => {
  const dataset = datasetOf(plain);
  const model = { normalization: "layernorm", dtype: "float64" } as const;
  const isWeight = (name: string) => name.startsWith("W");
  for (
    const [reg, optimizer] of [
      [0, { name: "adamw", learningRate: 1e-12, weightDecay: 1e9 }],
      [1e9, { name: "sgd", learningRate: 1e-12 }],
    ] as const
  ) {
    const net = makeNet({ ...model, reg });
    // The data's gradients move nothing at such a rate; the decay takes a thousandth at each step.
    for (const { name, value: { data } } of net.parameters) if (!isWeight(name)) data.fill(3);
    const before = net.parameters.map(({ value }) => value.data.slice());
    const epochs = new Solver(net, { ...solver, optimizer, dataset }).epochs();
    // The end of training would restore the best epoch.
    epochs.next();
    epochs.next();
    net.parameters.forEach(({ name, value }, i) => {
      value.data.forEach((weight, k) => {
        const moved = Math.abs(weight - before[i][k]) > 1e-9 * Math.abs(before[i][k]) + 1e-11;
        assertEquals(moved, isWeight(name), `${name}[${k}]`);
      });
    });
  }
});

Deno.test("Solver refuses a label that is no class", () => {
  const { train, ...dataset } = datasetOf(plain);
  const labels = train.labels.with(5, 3);
  const options = { ...solver, dataset: { ...dataset, train: { ...train, labels } } };
  assertEquals(
    assertThrows(() => new Solver(makeNet(), options), InputError).message,
    "Cannot train: train.labels[5] must be a class from 0 to 2, found 3",
  );
});
