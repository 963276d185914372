import { InputError } from "../../core/check/errors.ts";
import type { SolverSettings } from "./solver_spec.ts";

/** The settings that divide an epoch's rows into batches. */
export type BatchSettings = Pick<SolverSettings, "batchSize" | "lastBatch">;

/** The batches of an epoch. */
export interface EpochBatches {
  readonly stepsPerEpoch: number;
  /** Rows of a last, shorter batch; 0 for none. */
  readonly lastBatchSize: number;
}

/** Returns how so many training rows are divided into batches. */
export function batchesOf(rows: number, { batchSize, lastBatch }: BatchSettings): EpochBatches {
  const lastBatchSize = lastBatch === "keep" ? rows % batchSize : 0;
  return { stepsPerEpoch: Math.floor(rows / batchSize) + (lastBatchSize === 0 ? 0 : 1), lastBatchSize };
}

/** What {@link checkLastBatch} compares. */
export interface CheckLastBatchOptions {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** Of the training split. */
  readonly rows: number;
  readonly hasBatchNormalization: boolean;
}

/**
 * Checks that no last batch of one row meets batch normalization, which would make the row the same whatever it is.
 *
 * @throws {InputError} If one does.
 */
export function checkLastBatch(
  settings: BatchSettings,
  { action, rows, hasBatchNormalization }: CheckLastBatchOptions,
): void {
  if (!hasBatchNormalization || batchesOf(rows, settings).lastBatchSize !== 1) return;
  throw new InputError(
    `Cannot ${action}: solver.lastBatch "keep" leaves 1 of ${rows} rows for the last batch, and batch normalization needs ` +
      `2 or more; choose another solver.batchSize than ${settings.batchSize}`,
  );
}
