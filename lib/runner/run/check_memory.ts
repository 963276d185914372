import { InputError } from "../../core/check/errors.ts";
import { megabytes } from "../../core/text/megabytes.ts";
import { datasetOf, type Datasets } from "../../engine/engine_setting.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { fittingAdvice, trialMemory } from "../plan/trial_memory.ts";

/** The memory that a run needs. */
export interface MemoryNeed {
  readonly workers: number;
  readonly datasets: Datasets;
  /** Memory that is free for trials, or null if it is not known. */
  readonly availableBytes: number | null;
}

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
  const { running, eachBytes } = trialMemory(trials, {
    workers,
    shapeOf: (trial) => datasetOf(trial, datasets),
  });
  if (running * eachBytes <= availableBytes) return;
  throw new InputError(
    `Cannot run trials: ${running} ${running === 1 ? "worker takes" : "workers take"} about ` +
      `${megabytes(running * eachBytes)} of memory, found ${megabytes(availableBytes)}; ` +
      fittingAdvice(availableBytes, { eachBytes }),
  );
}
