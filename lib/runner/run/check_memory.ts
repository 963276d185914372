import { InputError } from "../../core/check/errors.ts";
import { datasetOf, type Datasets } from "../../engine/engine_setting.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { trialBytes } from "../../experiment/trial/trial_bytes.ts";

/** The memory that a run needs. */
export interface MemoryNeed {
  readonly workers: number;
  readonly datasets: Datasets;
  /** Memory that is free for trials, or null if it is not known. */
  readonly availableBytes: number | null;
}

// A thread's own heap and code, which take 9 MB before any trial, with a margin.
const WORKER_BYTES = 30e6;

/**
 * Checks that the largest trials fit in memory on all workers.
 *
 * @throws {InputError} If they do not, with the required and the available memory and the number of workers that fit.
 */
export function checkMemory(
  trials: readonly Trial[],
  { workers, datasets, availableBytes }: MemoryNeed,
): void {
  if (availableBytes === null) return;
  const largest = trials.reduce(
    (most, trial) => Math.max(most, trialBytes(trial, datasetOf(trial, datasets))),
    0,
  );
  const each = largest + WORKER_BYTES;
  const running = Math.min(workers, trials.length);
  if (running * each <= availableBytes) return;
  const fitting = Math.floor(availableBytes / each);
  throw new InputError(
    `Cannot run trials: ${running} ${running === 1 ? "worker takes" : "workers take"} about ` +
      `${megabytes(running * each)} of memory, found ${megabytes(availableBytes)}; ` +
      (fitting === 0 ? "use a smaller net or batch" : `--workers ${fitting} fits`),
  );
}

/** Returns the system's available memory, or null if this process may not read it. */
export function availableMemory(): number | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  return state === "granted" ? Deno.systemMemoryInfo().available : null;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
