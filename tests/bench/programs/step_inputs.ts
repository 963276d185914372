import type { Split } from "../../../lib/data/base/dataset.ts";
import { sharedBytes, sharedLabels } from "../../../lib/data/base/shared_arrays.ts";
import { INPUT_DIM, type Workload } from "../workloads.ts";

/** What a program that trains a net starts from; `writeInputs` has written it. */
export interface StepInputs {
  readonly train: Split & { readonly x: Uint8Array };
  /** Mean of each feature over the training split. */
  readonly mean: Float32Array;
  /** W1, b1, gamma1, beta1, W2, ..., one behind the other. */
  readonly parameters: Float32Array;
  /** Fills the rows of the batch of a step, from 0. */
  readonly pickRows: (step: number, rows: Int32Array) => void;
}

/** Reads the inputs of a workload from the folder in the variable `INPUTS_DIR`. */
export function readStepInputs({ name, batchSize }: Workload): StepInputs {
  const read = (file: string) => Deno.readFileSync(`${Deno.env.get("INPUTS_DIR")}/${file}.bin`);
  const labels = sharedLabels(read("train_labels"));
  const x = sharedBytes(labels.length * INPUT_DIM);
  x.set(read("train_x"));
  const order = new Int32Array(read("order").buffer);
  const batches = Math.floor(order.length / batchSize);
  return {
    train: { n: labels.length, x, labels },
    mean: new Float32Array(read("mean").buffer),
    parameters: new Float32Array(read(name).buffer),
    pickRows(step, rows) {
      const start = step % batches * batchSize;
      for (let i = 0; i < batchSize; i++) rows[i] = order[start + i];
    },
  };
}
