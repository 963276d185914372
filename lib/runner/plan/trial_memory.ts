import type { DataShape } from "../../data/base/data_shape.ts";
import { foldBytes } from "../../data/folds/fold_sizes.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { trialBytes } from "../../experiment/trial/trial_bytes.ts";

/** The memory of trials that run at the same time. */
export interface TrialMemory {
  /** How many run at the same time. */
  readonly running: number;
  /** Bytes of the largest trial and its thread. */
  readonly eachBytes: number;
}

/** Options of {@link trialMemory}. */
export interface TrialMemoryOptions {
  readonly workers: number;
  /** Returns the shape of a trial's data. */
  readonly shapeOf: (trial: Trial) => Pick<DataShape, "inputDim" | "numClasses">;
}

// A thread's own heap and code, which take 9 MB before any trial, with a margin.
const WORKER_BYTES = 30e6;

/** Returns the memory that trials take on workers, besides the data that they share: as much for each as the largest takes. */
export function trialMemory(
  trials: readonly Trial[],
  { workers, shapeOf }: TrialMemoryOptions,
): TrialMemory {
  const largest = trials.reduce((most, trial) => {
    const shape = shapeOf(trial);
    return Math.max(most, trialBytes(trial, shape) + foldBytes(trial.data, shape));
  }, 0);
  return { running: Math.min(workers, trials.length), eachBytes: largest + WORKER_BYTES };
}

/** Returns what to do where trials take more memory than there is. */
export function fittingAdvice(
  availableBytes: number,
  { eachBytes }: Pick<TrialMemory, "eachBytes">,
): string {
  const fitting = Math.floor(availableBytes / eachBytes);
  return fitting < 1 ? "use a smaller net or batch" : `--workers ${fitting} fits`;
}

/** Returns the system's available memory in bytes, or null if this process may not read it. */
export function availableMemory(): number | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  return state === "granted" ? Deno.systemMemoryInfo().available : null;
}
