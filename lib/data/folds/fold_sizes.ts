import type { DataSpec, TableSpec } from "../base/data_spec.ts";

/**
 * Returns the most rows that every training split of a declaration has; null if they are known only once the data are
 * loaded. Of grouped folds it is only a bound: these differ in their sizes.
 */
export function leastTrainingRows(spec: DataSpec): number | null {
  if (spec.kind === "table") return null;
  const { train, validation, folds } = spec;
  const pool = train + validation;
  return folds === undefined ? train : pool - Math.ceil(pool / folds);
}

/** Returns the bytes of the data that a thread copies for a fold; 0 without folds. */
export function foldBytes(spec: DataSpec, { inputDim }: { readonly inputDim: number }): number {
  // The features of a table are known once it is loaded; until then nothing is.
  if (spec.folds === undefined || spec.kind === "table") return 0;
  const hasLines = spec.kind === "csv";
  return (spec.train + spec.validation) * (inputDim * featureBytes(spec) + 4 + (hasLines ? 4 : 0));
}

function featureBytes(spec: Exclude<DataSpec, TableSpec>): number {
  if (spec.kind === "csv") return spec.dtype === "float64" ? 8 : 4;
  return spec.kind === "blobs" ? 4 : 1;
}
