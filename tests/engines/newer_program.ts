import type { KernelKind } from "../../lib/core/facts/kernel_kind.ts";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { openStream } from "../../lib/core/numbers/random.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { columnFeatures } from "../../lib/data/base/preparation.ts";
import type { RawColumn } from "../../lib/data/base/raw_column.ts";
import type { ColumnPlan } from "../../lib/data/preparation/column_plan.ts";
import { learnColumn } from "../../lib/data/preparation/learn_column.ts";
import { prepareColumn } from "../../lib/data/preparation/prepare_column.ts";
import { divideRows } from "../../lib/data/splits/divide_rows.ts";
import { dateReader } from "../../lib/data/text/date_reader.ts";
import { testEnsemble } from "../../lib/experiment/evaluation/test_ensemble.ts";
import { runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import { createKernels } from "../../lib/kernels/create_kernels.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import { resolveSolver } from "../../lib/nn/training/resolve_solver.ts";
import type { SolverSpec } from "../../lib/nn/training/solver_spec.ts";
import { createInputs, NEWER_KERNEL_CASES, pathOf } from "../contract/kernel_cases.ts";
import { NEWER_NETS } from "../contract/small_nets.ts";
import { smallImages } from "../contract/small_images.ts";
import { SMALL_AUGMENTED_TRAININGS, SMALL_TRAININGS } from "../contract/small_trainings.ts";
import { SMALL_TARGET_TRAININGS, smallTargets, type TargetTraining } from "../contract/small_targets.ts";
import { textOf } from "./text_of.ts";

/** Options of {@link newerDigest}. */
export interface NewerOptions {
  readonly kind: KernelKind;
  /** What the nets train on, those of images apart. */
  readonly dataset: Dataset;
}

/**
 * Returns the digest of what version 0.1 lacked: a table's splits and preparation, training on them with weights, nets with
 * every activation and initializer, training with every schedule, clipping, averaging, loss and augmentation, numbers and
 * labels that are predicted alone and together, and the kernels for that.
 */
export function newerDigest({ kind, dataset }: NewerOptions): string {
  const events = TRIALS.flatMap((trial) =>
    [...runTrial(trial, {
      dataset: trial.solver.augmentation === undefined ? dataset : IMAGES,
      kernels: kind,
    })]
      .map(({ event }) => event)
  );
  const found = [
    tableOf(kind),
    events,
    SMALL_TARGET_TRAININGS.map((one) => targetsOf(one, kind)),
    kernelOutputs(kind),
  ];
  return sha256Hex(new TextEncoder().encode(textOf(found)));
}

/** Returns what two nets learn of targets, and what they predict together. */
function targetsOf({ kind, model, solver }: TargetTraining, kernels: KernelKind): unknown {
  const dataset = smallTargets(kind);
  const runs = [0, 1].map((repeat) => {
    const trial: Trial = {
      ...{ id: `${repeat}`, point: {}, repeat, seed: 7, dataDigest: "targets", data: TABLE_TRIAL.data },
      model: resolveModel({ weightScale: "he", ...model }, { action: "run" }),
      solver: resolveSolver({ optimizer: OPTIMIZER, batchSize: 24, epochs: 4, ...solver }, {
        action: "run",
        kind,
      }),
    };
    const steps = [...runTrial(trial, { dataset, kernels })];
    const { event, weights } = steps.at(-1)!;
    if (event.type !== "done") throw new Error(`Cannot train on targets: it ${event.type}`);
    return { events: steps.map(({ event }) => event), trained: { ...event, trial, weights: weights! } };
  });
  const nets = runs.map(({ trained }) => trained);
  return [runs.map(({ events }) => events), testEnsemble(nets, { dataset, kernels })];
}

const OPTIMIZER = { name: "momentum", learningRate: 0.01 } as const;
const LOSSES = [
  { labelSmoothing: 0.1 },
  { classWeights: "balanced" },
  { labelSmoothing: 0.2, classWeights: [1, 2, 3, 4, 5] },
] as const;

const IMAGES = smallImages({ image: { width: 8, height: 8, channels: 2 } });

const TRAININGS: readonly (readonly [ModelSpec, Partial<SolverSpec>])[] = [
  ...NEWER_NETS.map(([model, optimizer]) => [model, { optimizer }] as const),
  ...SMALL_TRAININGS,
  ...SMALL_AUGMENTED_TRAININGS,
  ...LOSSES.map((loss) => [{ hiddenDims: [7] }, { loss }] as const),
];

const TRIALS: readonly Trial[] = TRAININGS.map(([model, solver], index) => ({
  ...{ id: String(index), point: {}, repeat: 0, seed: 7, dataDigest: "blobs" },
  data: {
    kind: "blobs",
    numClasses: 5,
    inputDim: 13,
    spread: 1,
    seed: 0,
    train: 115,
    validation: 60,
    test: 10,
  },
  model: resolveModel({ weightScale: "he", ...model }, { action: "run" }),
  solver: resolveSolver({ optimizer: OPTIMIZER, batchSize: 24, epochs: 4, ...solver }, { action: "run" }),
}));

/** Returns what a table becomes, and what a net learns of it. */
function tableOf(kind: KernelKind): unknown {
  const stream = openStream("tables/program");
  const labels = Int32Array.from({ length: ROWS }, () => stream.below(3));
  const columns = columnsOf(labels);
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const divided = divideRows({ rows, sizes: { train: 72, validation: 24, test: 24 }, seed: 5, labels });
  const plans = PLANS.map((plan, index) =>
    learnColumn(columns[index], { plan, rows: divided.train, placeOf: (row) => `row ${row}` })
  );
  const inputDim = plans.reduce((sum, prepared) => sum + columnFeatures(prepared).length, 0);
  const splitOf = (own: Int32Array) => {
    const x = new Float32Array(own.length * inputDim);
    let at = 0;
    plans.forEach((prepared, index) => {
      prepareColumn(columns[index], { prepared, rows: own, x, inputDim, at, placeOf: (row) => `row ${row}` });
      at += columnFeatures(prepared).length;
    });
    const weights = Float64Array.from(own, (row) => 1 + row % 4);
    return { n: own.length, x, labels: own.map((row) => labels[row]), weights };
  };
  const dataset: Dataset = {
    ...{ inputDim, numClasses: 3, classNames: ["a", "b", "c"], image: null },
    mean: new Float32Array(inputDim),
    train: splitOf(divided.train),
    validation: splitOf(divided.validation),
    test: splitOf(divided.test),
  };
  const events = [...runTrial(TABLE_TRIAL, { dataset, kernels: kind })].map(({ event }) => event);
  const features = [dataset.train, dataset.validation, dataset.test].map(({ x }) => [...x]);
  return [plans, features, events];
}

const ROWS = 120;

function columnsOf(labels: Int32Array): readonly RawColumn[] {
  const stream = openStream("tables/columns");
  const values = (valueOf: (row: number) => number) =>
    Float64Array.from({ length: ROWS }, (_, row) => valueOf(row));
  const read = dateReader();
  const pad = (value: number) => String(value).padStart(2, "0");
  return [
    {
      ...{ name: "size", type: "number", texts: null },
      values: values((row) => stream.below(9) === 0 ? NaN : 1e6 + 0.1 * labels[row] + stream.normal()),
    },
    { ...{ name: "income", type: "number", texts: null }, values: values(() => stream.uniform() * 1e4) },
    {
      ...{ name: "colour", type: "text", texts: ["red", "blue", "green"] },
      values: values((row) => row % 11 === 0 ? NaN : (labels[row] + stream.below(2)) % 3),
    },
    {
      ...{ name: "day", type: "date", texts: null },
      values: values((row) =>
        read(`20${pad(row % 30)}-${pad(1 + row % 12)}-${pad(1 + row % 28)}T${pad(row % 24)}:30`)!
      ),
    },
  ];
}

const PLANS: readonly ColumnPlan[] = [
  { name: "size", kind: "numeric", missing: "indicator", scaling: "standardize" },
  { name: "income", kind: "numeric", missing: "mean", scaling: "log1p" },
  { name: "colour", kind: "categorical", missing: "indicator", unseen: "zero" },
  {
    name: "day",
    kind: "date",
    missing: "median",
    parts: ["days", "month", "weekday", "hour"],
    scaling: "robust",
  },
];

const TABLE_TRIAL = {
  ...{ id: "tables", point: {}, repeat: 0, seed: 7, dataDigest: "table" },
  data: { kind: "table", file: "t.csv", label: "y", seed: 0 },
  model: resolveModel({ hiddenDims: [9], weightScale: "he" }, { action: "run" }),
  solver: resolveSolver({ optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 9, epochs: 3 }, {
    action: "run",
  }),
} as const;

function kernelOutputs(kind: KernelKind): number[][][] {
  return (["float32", "float64"] as const).flatMap((dtype) =>
    NEWER_KERNEL_CASES.map((kernelCase) => {
      const kernels = createKernels({ dtype, kind });
      const inputs = createInputs(kernels, { path: pathOf(kernelCase.name), values: "special" });
      return kernelCase.run(inputs).map((output) => Array.from(output));
    })
  );
}
