import type { NamedTensor } from "../net/named_tensor.ts";
import { NotFiniteError } from "../net/not_finite_error.ts";
import type { Pass } from "../net/pass.ts";
import { divergedAt, DivergedError } from "./diverged_error.ts";

/** A step of an epoch, both counted from 1, and its loss. */
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
 * Checks that the loss and the scores of a step are finite.
 *
 * @throws {DivergedError} If they are not; a score of -Infinity alone has a finite loss.
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
 * Checks that the norm of all gradients is finite: a step clipped by an infinite one would move nothing.
 *
 * @throws {DivergedError} If it is not.
 */
export function checkNorm(norm: number, { epoch, step }: Pick<Step, "epoch" | "step">): void {
  if (Number.isFinite(norm)) return;
  throw new DivergedError(`the norm of the gradients is ${norm} at step ${step} of epoch ${epoch}`, {
    epoch,
  });
}

/**
 * Checks that all tensors are finite at the end of an epoch.
 *
 * @throws {DivergedError} If one is not.
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
 * @throws {DivergedError} If a row has no finite score, or no finite loss.
 */
export function measure<T>(measurement: () => T, epoch: number): T {
  try {
    return measurement();
  } catch (error) {
    throw error instanceof NotFiniteError ? divergedAt(error, epoch) : error;
  }
}
