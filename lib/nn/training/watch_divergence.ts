import type { Measurement } from "../../kernels/contract/operation.ts";
import type { NamedTensor } from "../net/named_tensor.ts";
import { NotFiniteError } from "../net/not_finite_error.ts";
import type { Pass } from "../net/pass.ts";
import { divergedAt, DivergedError } from "./diverged_error.ts";

/** A step of an epoch, both from 1, and what it came to. */
export interface Step {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  /** Rows of the training split that ran, `[n]`. */
  readonly rows: Int32Array;
  /** See `Split`. */
  readonly lines?: Int32Array;
}

/**
 * Checks that a step left a finite loss and finite scores.
 *
 * @throws {DivergedError} If it did not: a score of -Infinity alone leaves a finite loss.
 */
export function checkStep(pass: Pass, { epoch, step, loss, rows, lines }: Step): void {
  if (!Number.isFinite(loss)) {
    throw new DivergedError(`loss is ${loss} at step ${step} of epoch ${epoch}`, { epoch });
  }
  const notFinite = pass.findNotFinite(rows.length);
  if (notFinite === null) return;
  const { message } = new NotFiniteError(notFinite, {
    row: rows[notFinite.place],
    rows: "the training split",
    lines,
  });
  throw new DivergedError(`${message} at step ${step} of epoch ${epoch}`, { epoch });
}

/**
 * Checks that an epoch left finite tensors.
 *
 * @throws {DivergedError} If it did not.
 */
export function checkTensors(tensors: readonly NamedTensor[], epoch: number): void {
  for (const { name, value: { data } } of tensors) {
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i])) {
        throw new DivergedError(`${name} holds ${data[i]} at the end of epoch ${epoch}`, { epoch });
      }
    }
  }
}

/**
 * Returns a measurement of an epoch.
 *
 * @throws {DivergedError} If a row has no finite score.
 */
export function measure(accuracy: Measurement, epoch: number): number {
  try {
    return accuracy();
  } catch (error) {
    throw error instanceof NotFiniteError ? divergedAt(error, epoch) : error;
  }
}
