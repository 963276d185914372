import { InputError } from "../../core/check/errors.ts";
import { counted } from "../../core/text/counted.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Dataset } from "../base/dataset.ts";
import { countClasses } from "./count_classes.ts";
import { poolOf } from "./fold_rows.ts";

/**
 * Checks that data can be divided into folds: each fold validates rows of every class that has any, or a group at least,
 * and the other folds have rows of more than one class to train on.
 *
 * @throws {InputError} If they cannot.
 */
export function checkFolds(dataset: Dataset, { folds }: { readonly folds: number }): void {
  const { classNames } = dataset;
  const counts = countClasses(dataset, folds);
  const { groups } = poolOf(dataset);
  const held = [...counts.pool.keys()].filter((label) => counts.pool[label] > 0);
  if (groups !== undefined) checkGroups(groups, folds);
  else if (dataset.targets !== undefined) checkPool(counts.pool[0], folds);
  else checkRarest(counts.pool, { classNames, held, folds });
  if (dataset.targets !== undefined) return;
  for (const [fold, own] of counts.folds.entries()) {
    const trained = held.filter((label) => counts.pool[label] > own[label]);
    if (trained.length >= 2) continue;
    throw new InputError(
      `Cannot use data: the training rows of each fold must be of at least 2 classes, found those of fold ${fold} of class ${
        quoted(classNames[trained[0]])
      } alone`,
    );
  }
}

function checkPool(rows: number, folds: number): void {
  if (rows >= folds) return;
  throw new InputError(
    `Cannot use data: data.folds must be at most the training and validation rows, ${rows}, found ${folds}`,
  );
}

/** Returns the fewest rows that a net of a fold trains on. */
export function leastTrained(dataset: Dataset, { folds }: { readonly folds: number }): number {
  const sizes = countClasses(dataset, folds).folds.map((own) => own.reduce((sum, count) => sum + count, 0));
  const largest = sizes.reduce((most, size) => Math.max(most, size));
  return dataset.train.n + dataset.validation.n - largest;
}

interface Classes {
  readonly classNames: readonly string[];
  /** The labels that have rows; those without have a warning, as without folds. */
  readonly held: readonly number[];
  readonly folds: number;
}

function checkRarest(pool: Float64Array, { classNames, held, folds }: Classes): void {
  const rarest = held.reduce((least, label) => pool[label] < pool[least] ? label : least);
  if (pool[rarest] >= folds) return;
  throw new InputError(
    `Cannot use data: data.folds must be at most the training and validation rows of the rarest class, ${
      quoted(classNames[rarest])
    } with ${counted(pool[rarest], "row")}, found ${folds}`,
  );
}

function checkGroups(groups: ArrayLike<number>, folds: number): void {
  const count = new Set(Array.from(groups)).size;
  if (count >= folds) return;
  throw new InputError(
    `Cannot use data: data.folds must be at most the groups of the training and validation rows, ${count}, found ${folds}`,
  );
}
