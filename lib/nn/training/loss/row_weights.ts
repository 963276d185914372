import { InputError } from "../../../core/check/errors.ts";
import type { Split } from "../../../data/base/dataset.ts";
import type { LossSpec } from "./loss_spec.ts";

/** What decides the weights of rows besides the rows themselves. */
export interface RowWeightsOptions {
  readonly classWeights: LossSpec["classWeights"];
  readonly numClasses: number;
}

/**
 * Returns how much each training row counts, `[n]`: its own weight times that of its class, divided by the mean of all of
 * them; null if all count the same.
 */
export function rowWeights(
  { n, labels, weights }: Pick<Split, "n" | "labels" | "weights">,
  { classWeights, numClasses }: RowWeightsOptions,
): Float64Array | null {
  if (weights === undefined && classWeights === undefined) return null;
  const ofClasses = classWeights === "balanced" ? balanced(labels, { n, numClasses }) : classWeights;
  const all = new Float64Array(n);
  let sum = 0;
  for (let row = 0; row < n; row++) {
    all[row] = (weights?.[row] ?? 1) * (ofClasses?.[labels[row]] ?? 1);
    sum += all[row];
  }
  const mean = sum / n;
  for (let row = 0; row < n; row++) all[row] /= mean;
  return all;
}

function balanced(
  labels: Int32Array,
  { n, numClasses }: { readonly n: number; readonly numClasses: number },
): Float64Array {
  const counts = new Float64Array(numClasses);
  for (let row = 0; row < n; row++) counts[labels[row]] += 1;
  // A class without rows has no row to weigh.
  return counts.map((count) => n / (numClasses * count));
}

/** Options of {@link checkLossClasses}. */
export interface LossClassesPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  readonly numClasses: number;
}

/**
 * Checks that a loss fits a number of classes: a list of class weights has one for each, and sigmoid has two classes. Data
 * without classes have one.
 *
 * @throws {InputError} If it does not.
 */
export function checkLossClasses(
  loss: LossSpec | undefined,
  { action, numClasses }: LossClassesPlace,
): void {
  if (loss?.name === "sigmoid" && numClasses > 2) {
    throw new InputError(
      `Cannot ${action}: solver.loss.name "sigmoid" needs data of 2 classes, found ${numClasses}`,
    );
  }
  const weights = loss?.classWeights;
  if (weights === undefined || weights === "balanced" || weights.length === numClasses) return;
  throw new InputError(
    `Cannot ${action}: solver.loss.classWeights must have one for each of the ${numClasses} classes, found ${weights.length}`,
  );
}
