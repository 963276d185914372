import { InputError } from "../core/check/errors.ts";
import type { Matrix } from "../core/numbers/matrix.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";

/**
 * Checks that every number of a model is finite: a single NaN would make every score NaN.
 *
 * @throws {InputError} With the tensor and the index in it.
 */
export function checkFinite(
  { net, mean }: Pick<TrainedModel, "net" | "mean">,
  { action }: { readonly action: string },
): void {
  for (const { name, value } of net.tensors) checkTensor(name, { value, action });
  checkTensor("mean", { value: { rows: 1, cols: mean.length, data: mean }, action });
}

interface Checking {
  readonly value: Matrix;
  readonly action: string;
}

function checkTensor(name: string, { value, action }: Checking): void {
  const { rows, cols, data } = value;
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    const isMatrix = storedShape({ name, rows, cols }).length === 2;
    const place = isMatrix ? `${Math.floor(i / cols)}, ${i % cols}` : i;
    throw new InputError(`Cannot ${action}: ${name}[${place}] must be a finite number, found ${data[i]}`);
  }
}
