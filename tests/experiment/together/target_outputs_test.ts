// Several sources together: what nets of numbers and labels predict of the test split, alone and together.
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Dataset } from "../../../lib/data/base/dataset.ts";
import type { Targets } from "../../../lib/data/base/targets.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { inspectRepeat } from "../../../lib/experiment/evaluation/inspect_repeat.ts";
import { testEnsemble } from "../../../lib/experiment/evaluation/test_ensemble.ts";
import { testRepeat } from "../../../lib/experiment/evaluation/test_repeat.ts";
import type { TrainedTrial } from "../../../lib/experiment/evaluation/trained_trial.ts";
import type { LabelMeasures, NumberMeasures } from "../../../lib/experiment/trial/inspection.ts";
import { createNet, runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import { NotFiniteError } from "../../../lib/nn/net/not_finite_error.ts";
import { bindScores } from "../../../lib/nn/training/metrics/accuracy.ts";
import { resolveSolver } from "../../../lib/nn/training/resolve_solver.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import { FOLDS, NAMES, targetDataset, targetTrial, trained } from "../target_trials.ts";

const METRICS = {
  numbers: ["validationLoss"],
  labels: ["validationLoss", "validationLabelAccuracy", "validationMacroF1"],
} as const;

/** Nets of one repeat, of its folds, and of two repeats of folds. */
function netsOf(kind: Targets["kind"], dataset: Dataset): readonly (readonly TrainedTrial[])[] {
  const metrics = METRICS[kind];
  const folds = [0, 1].map((repeat) =>
    Array.from({ length: FOLDS }, (_, fold) => trained(targetTrial(kind, { repeat, fold, metrics }), dataset))
  );
  return [[trained(targetTrial(kind, { metrics }), dataset)], folds[0], folds.flat()];
}

/** Returns the mean of what nets predict of each target, `[rows][targets]`, with the functions of the engine. */
function naiveMeans(nets: readonly TrainedTrial[], dataset: Dataset): readonly (readonly number[])[] {
  const all = nets.map(({ trial, weights }) => {
    const own = trial.fold === undefined ? dataset : foldDataset(dataset, { folds: FOLDS, fold: trial.fold });
    const net = createNet(trial, { dataset });
    net.restore(weights);
    const mean = net.kernels.tensor(1, own.inputDim);
    mean.data.set(own.mean);
    const { kind, scales } = own.targets!;
    const rows = Int32Array.from({ length: own.test.n }, (_, row) => row);
    const found: number[][] = [];
    bindScores(net, {
      ...{ split: own.test, splitName: "test", mean, rows, batchSize: 9, targets: own.targets! },
    })((row, { data, cols }, i) => {
      found[row] = scales.map(({ offset, divisor }, j) => {
        const score = data[i * cols + j];
        return kind === "numbers" ? offset + divisor * score : 1 / (1 + Math.exp(-score));
      });
    });
    return found;
  });
  return all[0].map((row, at) =>
    row.map((_, j) => all.reduce((sum, found) => sum + found[at][j], 0) / all.length)
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function assertNear(found: number | undefined, wanted: number, what: string): void {
  assert(
    found !== undefined && Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${what}: ${found}, wanted ${wanted}`,
  );
}

const NUMBERS = targetDataset("numbers");
const LABELS = targetDataset("labels");

for (const nets of netsOf("numbers", NUMBERS)) {
  Deno.test(`testRepeat() and inspectRepeat() have the errors of the mean numbers of ${nets.length} nets`, () => {
    const means = naiveMeans(nets, NUMBERS);
    const columns = NAMES.map((_, j) => {
      const truth = means.map((_, row) => NUMBERS.test.targets![row * 2 + j]);
      const errors = means.map((row, at) => row[j] - truth[at]);
      const squares = mean(errors.map((error) => error ** 2));
      return {
        rmse: Math.sqrt(squares),
        mae: mean(errors.map(Math.abs)),
        r2: 1 - squares / mean(truth.map((value) => (value - mean(truth)) ** 2)),
        loss: squares / NUMBERS.targets!.scales[j].divisor ** 2,
      };
    });
    const measured = testRepeat(nets, { dataset: NUMBERS });
    assert(!("type" in measured));
    assertEquals(Object.keys(measured), ["metrics"]);
    const over = (name: keyof typeof columns[0]) => mean(columns.map((column) => column[name]));
    assertNear(measured.metrics!.testRmse, over("rmse"), "RMSE");
    assertNear(measured.metrics!.testMae, over("mae"), "MAE");
    assertNear(measured.metrics!.testR2, over("r2"), "R²");
    // Of one net the loss is that of its own scales.
    if (nets.length === 1 || nets[0].trial.fold !== undefined) {
      assertNear(measured.metrics!.testLoss, over("loss"), "loss");
    }
    const { targets, ...rest } = inspectRepeat(nets, { dataset: NUMBERS });
    assertEquals(rest, { classNames: [], image: null, confusion: [], mistakes: [], filters: [] });
    assertEquals([targets!.kind, targets!.names], ["numbers", NAMES]);
    (targets!.measures as readonly NumberMeasures[]).forEach((found, j) => {
      assertNear(found.rmse, columns[j].rmse, "RMSE");
      assertNear(found.mae, columns[j].mae, "MAE");
      assertNear(found.r2, columns[j].r2, "R²");
    });
    targets!.predictions!.forEach(({ values, predicted }, j) => {
      assertEquals(values, means.map((_, row) => NUMBERS.test.targets![row * 2 + j]));
      predicted.forEach((value, row) => {
        assert(Math.abs(value - means[row][j]) < 1e-8 * Math.abs(value), `${value} ${means[row][j]}`);
        assertEquals(value, Number(value.toPrecision(9)));
      });
    });
    const ensemble = testEnsemble(nets, { dataset: NUMBERS });
    assert(!("type" in ensemble));
    if (nets.length > 1) assertEquals(ensemble, { ...measured, targets: targets! });
  });
}

for (const nets of netsOf("labels", LABELS)) {
  Deno.test(`testRepeat() and inspectRepeat() have the mean probabilities of the labels of ${nets.length} nets`, () => {
    const means = naiveMeans(nets, LABELS);
    const truth = means.map((row, at) => row.map((_, j) => LABELS.test.targets![at * 2 + j]));
    const found = means.map((row) => row.map((probability) => Number(probability > 0.5)));
    const count = (j: number, value: number, predicted: number) =>
      truth.filter((row, at) => row[j] === value && found[at][j] === predicted).length;
    const measured = testRepeat(nets, { dataset: LABELS });
    assert(!("type" in measured));
    const exact = truth.filter((row, at) => row.join() === found[at].join()).length;
    assertEquals(measured.testAccuracy, exact / truth.length);
    const right = NAMES.reduce((sum, _, j) => sum + count(j, 0, 0) + count(j, 1, 1), 0);
    assertEquals(measured.metrics!.testLabelAccuracy, right / (2 * truth.length));
    const f1 = NAMES.map((_, j) =>
      2 * count(j, 1, 1) / (2 * count(j, 1, 1) + count(j, 0, 1) + count(j, 1, 0))
    );
    assertNear(measured.metrics!.testMacroF1, mean(f1), "F1");
    const losses = means.flatMap((row, at) =>
      row.map((probability, j) => -Math.log(truth[at][j] === 1 ? probability : 1 - probability))
    );
    assertNear(measured.metrics!.testLoss, mean(losses), "loss");
    const { targets } = inspectRepeat(nets, { dataset: LABELS });
    assertEquals(
      targets!.measures as readonly LabelMeasures[],
      NAMES.map((_, j) => ({
        trueNegative: count(j, 0, 0),
        falsePositive: count(j, 0, 1),
        falseNegative: count(j, 1, 0),
        truePositive: count(j, 1, 1),
      })),
    );
    targets!.predictions!.forEach(({ values, predicted }, j) => {
      assertEquals(values, truth.map((row) => row[j]));
      predicted.forEach((value, row) => assert(Math.abs(value - means[row][j]) < 1e-6));
    });
    const ensemble = testEnsemble(nets, { dataset: LABELS });
    assert(!("type" in ensemble));
    if (nets.length > 1) assertEquals(ensemble, { ...measured, targets: targets! });
  });
}

Deno.test("inspectRepeat() keeps the measures alone of more rows times targets than are kept", () => {
  const n = 50_001;
  const repeated = (values: ArrayLike<number>, width: number) =>
    Array.from({ length: n * width }, (_, at) => values[at % (40 * width)]);
  const { test } = NUMBERS;
  const dataset = {
    ...NUMBERS,
    test: {
      n,
      x: Float32Array.from(repeated(test.x, 3)),
      labels: new Int32Array(n),
      targets: Float64Array.from(repeated(test.targets!, 2)),
    },
  };
  const [[net]] = netsOf("numbers", NUMBERS);
  const { targets } = inspectRepeat([net], { dataset });
  assertEquals(Object.keys(targets!), ["kind", "names", "measures"]);
});

Deno.test("evaluateTrial() throws, and testRepeat() is a divergence, where an error of a number is not finite", () => {
  const [[net]] = netsOf("numbers", NUMBERS);
  const targets = NUMBERS.test.targets!.map((value, at) => at === 7 ? 1e300 : value);
  const dataset = {
    ...NUMBERS,
    test: { ...NUMBERS.test, targets, lines: Int32Array.from({ length: 40 }, (_, row) => row + 2) },
  };
  const [, folds] = netsOf("numbers", NUMBERS);
  for (
    const event of [
      testRepeat([net], { dataset }),
      testRepeat(folds, { dataset }),
      testEnsemble(folds, { dataset }),
    ]
  ) {
    assert("type" in event);
    assertEquals([event.type, event.split], ["diverged", "test"]);
    const found = "the error of output 1 is Infinity for row 3 of the test split (line 5 of its file)";
    assert(event.reason.includes(found), event.reason);
  }
  assertThrows(
    () => evaluateTrial(net.trial, { dataset, weights: net.weights }),
    NotFiniteError,
    "for row 3 of the test split (line 5 of its file)",
  );
});

for (const kind of ["numbers", "labels"] as const) {
  Deno.test(`runTrial() resumes a trial of ${kind} from a checkpoint with the same bits, in folds too`, () => {
    const dataset = kind === "numbers" ? NUMBERS : LABELS;
    for (const fold of [undefined, 1]) {
      for (
        const loss of kind === "numbers" ? [undefined, { name: "huber", delta: 0.5 } as const] : [undefined]
      ) {
        const trial = targetTrial(kind, {
          ...{ epochs: 5, lastBatch: "keep", patience: { epochs: 4 }, metrics: METRICS[kind] },
          ...fold === undefined ? {} : { fold },
          ...loss === undefined ? {} : { loss },
        });
        const whole = [...runTrial(trial, { dataset, checkpointEvery: () => 2 })];
        const at = whole.find(({ event }) => event.type === "epoch" && event.epoch === 2)!;
        const rest = [...runTrial(trial, { dataset, checkpoint: at.checkpoint!, checkpointEvery: () => 2 })];
        assertEquals(rest.map(({ event }) => event), whole.slice(3).map(({ event }) => event));
        assertEquals(rest.at(-1)!.weights, whole.at(-1)!.weights);
        const { event } = whole[3];
        assert(event.type === "epoch");
        const measured = kind === "numbers"
          ? ["trainRmse", "metrics"]
          : ["trainAccuracy", "validationAccuracy", "metrics"];
        const usual = ["type", "trial", "epoch", "loss", "learningRate", "weightsSha256"];
        assertEquals(Object.keys(event).sort(), [...usual, ...measured].sort());
      }
    }
  });
}

Deno.test("runTrial() takes the epoch with the least RMSE for the best, not the last", () => {
  const trial = targetTrial("numbers", { optimizer: { name: "sgd", learningRate: 0.3 }, epochs: 12 });
  const events = [...runTrial(trial, { dataset: NUMBERS })].map(({ event }) => event);
  const errors = events.flatMap((event) => event.type === "epoch" ? [event.metrics!.validationRmse!] : []);
  const done = events.at(-1)!;
  assert(done.type === "done");
  assertEquals(done.bestEpoch, errors.indexOf(Math.min(...errors)));
  assertEquals(done.bestMetrics!.validationRmse, Math.min(...errors));
  assert(done.bestEpoch < 12, "the last epoch is the best, so that the test says nothing");
});

Deno.test("testRepeat() and inspectRepeat() have two classes from one output as softmax has 0 and the output, in folds too", () => {
  const data = blobs({
    numClasses: 2,
    inputDim: 3,
    spread: 1.5,
    train: 60,
    validation: 21,
    test: 40,
    folds: 3,
  });
  const dataset = generateBlobs(data);
  const metrics = ["validationLoss", "validationAuc"] as const;
  const nets = [0, 1, 2].map((fold) => {
    const trial = { ...targetTrial("labels", { fold }), data };
    const solver = resolveSolver({ ...trial.solver, loss: { name: "sigmoid" }, metrics }, { action: "test" });
    return trained({ ...trial, solver }, dataset);
  });
  for (const repeat of [nets.slice(0, 1), nets]) {
    const second = Array.from({ length: 40 }, () => 0);
    for (const { trial, weights } of repeat) {
      const own = foldDataset(dataset, { folds: 3, fold: trial.fold! });
      const net = createNet(trial, { dataset });
      assertEquals(net.numOutputs, 1);
      net.restore(weights);
      const centre = net.kernels.tensor(1, 3);
      centre.data.set(own.mean);
      const rows = Int32Array.from({ length: 40 }, (_, row) => row);
      bindScores(net, { split: own.test, splitName: "test", mean: centre, rows, batchSize: 9 })(
        (row, scores, i) => {
          second[row] += 1 / (1 + Math.exp(-scores.data[2 * i + 1])) / repeat.length;
        },
      );
    }
    const { labels } = dataset.test;
    const measured = testRepeat(repeat, { dataset });
    assert(!("type" in measured));
    assertEquals(
      measured.testAccuracy,
      mean(second.map((share, row) => Number(Number(share > 0.5) === labels[row]))),
    );
    assertNear(
      measured.metrics!.testLoss,
      mean(second.map((share, row) => -Math.log(labels[row] === 1 ? share : 1 - share))),
      "loss",
    );
    const pairs = second.flatMap((share, row) =>
      labels[row] === 0
        ? []
        : second.filter((_, other) => labels[other] === 0).map((low) =>
          share > low ? 1 : share < low ? 0 : 0.5
        )
    );
    assertNear(measured.metrics!.testAuc, mean(pairs), "AUC");
    const { predictions, confusion } = inspectRepeat(repeat, { dataset });
    assertEquals(predictions!.predicted, second.map((share) => Number(share > 0.5)));
    predictions!.probabilities.forEach((value, row) => {
      assert(Math.abs(value - Math.max(second[row], 1 - second[row])) < 1e-6);
    });
    assertEquals(confusion.flat().reduce((sum, count) => sum + count, 0), 40);
  }
});
