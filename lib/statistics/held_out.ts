import type { MeanIntervalOptions } from "./mean_interval.ts";

/**
 * Returns what intervals of values over folds need: the rows held out over those trained on. Folds share training rows,
 * so that an interval that takes their values as independent is too narrow (Nadeau and Bengio 2003).
 *
 * @param options.folds The number of folds. Default: the values are independent.
 */
export function heldOut({ folds }: { readonly folds?: number }): MeanIntervalOptions {
  return folds === undefined ? {} : { heldOutRatio: 1 / (folds - 1) };
}
