import type { KernelKind } from "../../lib/core/facts/kernel_kind.ts";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { openStream } from "../../lib/core/numbers/random.ts";
import type { Dataset, Split } from "../../lib/data/base/dataset.ts";
import { runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import { createKernels, fusedHere } from "../../lib/kernels/create_kernels.ts";
import type { VectorSet } from "../../lib/kernels/native/emit/vector_encodings.ts";
import { limitNative } from "../../lib/kernels/native/memory/native.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import type { OptimizerSpec } from "../../lib/nn/training/optimizer_spec.ts";
import { resolveSolver } from "../../lib/nn/training/resolve_solver.ts";
import { createInputs, FIRST_KERNEL_CASES, pathOf } from "../contract/kernel_cases.ts";
import { FIRST_NETS } from "../contract/small_nets.ts";
import { newerDigest } from "./newer_program.ts";
import { statisticsDigest } from "./statistics_program.ts";
import { textOf } from "./text_of.ts";

/** Which kernels an engine is asked for: of machine code, those of one instruction set. */
export type EngineKernels = Exclude<KernelKind, "native"> | VectorSet;

/** What an engine found. */
export interface EngineResult {
  /** What computed in float32. */
  readonly kernels: VectorSet | "fused" | "emulated" | "twin";
  /** SHA-256 of every event of every trial, and of every output of every kernel. */
  readonly sha256: string;
  /** SHA-256 of statistics and of what is made of them; see {@link statisticsDigest}. */
  readonly statistics: string;
  /** SHA-256 of tables, and of nets, trainings and kernels that version 0.1 lacked; see {@link newerDigest}. */
  readonly newer: string;
}

/** Runs small experiments with every layer, optimizer, normalization and dropout, and every kernel by itself. */
export function runProgram(asked: EngineKernels): EngineResult {
  const isNative = asked === "avx512" || asked === "avx2";
  if (isNative) limitNative(asked);
  const kind = isNative ? "native" : asked;
  const events = TRIALS.flatMap((trial) =>
    [...runTrial(trial, { dataset: DATASET, kernels: kind })].map(({ event }) => event)
  );
  const kernels = asked !== "wasm" ? asked : fusedHere() ? "fused" : "emulated";
  return {
    kernels,
    sha256: sha256Hex(new TextEncoder().encode(textOf([events, kernelOutputs(kind)]))),
    statistics: statisticsDigest(),
    newer: newerDigest({ kind, dataset: DATASET }),
  };
}

function kernelOutputs(kind: KernelKind): number[][][] {
  return (["float32", "float64"] as const).flatMap((dtype) =>
    FIRST_KERNEL_CASES.map((kernelCase) => {
      const kernels = createKernels({ dtype, kind });
      const outputs = kernelCase.run(
        createInputs(kernels, { path: pathOf(kernelCase.name), values: "special" }),
      );
      return outputs.map((output) => Array.from(output));
    })
  );
}

const NETS: readonly (readonly [ModelSpec, OptimizerSpec])[] = [
  ...FIRST_NETS,
  [{ hiddenDims: [8, 8], normalization: "layernorm", dtype: "float64" }, {
    name: "adam",
    learningRate: 1e-2,
  }],
  [{ hiddenDims: [8] }, { name: "sgd", learningRate: 1e38 }],
];

const DATASET = makeDataset();

const TRIALS: readonly Trial[] = NETS.map(([model, optimizer], i) => ({
  id: String(i),
  point: {},
  repeat: 0,
  seed: 7,
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
  dataDigest: "blobs",
  model: resolveModel({ weightScale: "he", ...model }, { action: "run" }),
  solver: resolveSolver({ optimizer, batchSize: 23, epochs: 3, lrDecay: 0.9 }, { action: "run" }),
}));

/** Not on a SharedArrayBuffer, which a page has only under conditions of its own. */
function makeDataset(): Dataset {
  const split = (n: number, path: string): Split => {
    const stream = openStream(path);
    const labels = Int32Array.from({ length: n }, () => stream.below(5));
    const x = new Uint8Array(n * 13);
    for (let i = 0; i < x.length; i++) {
      x[i] = 100 + 20 * stream.normal() + (i % 5 === labels[Math.floor(i / 13)] ? 40 : 0);
    }
    return { n, labels, x };
  };
  return {
    inputDim: 13,
    numClasses: 5,
    classNames: ["a", "b", "c", "d", "e"],
    image: null,
    mean: new Float32Array(13).fill(107.3),
    train: split(115, "train"),
    validation: split(60, "validation"),
    test: split(10, "test"),
  };
}
