import { COMMITTED } from "./result_files.ts";

const OPTIONAL: readonly string[] = [COMMITTED.predictions.name, COMMITTED.ensemble.name];

/** Returns whether a file of a results folder belongs to some reports only: a picture, or predictions of the test split. */
export function isOptionalFile(name: string): boolean {
  return OPTIONAL.includes(name) || /^figure_[a-z0-9_]+\.(svg|png)$/.test(name);
}
