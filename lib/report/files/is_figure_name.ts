/** Returns whether a file of a results folder is a picture of a report. */
export function isFigureName(name: string): boolean {
  return /^figure_[a-z0-9_]+\.(svg|png)$/.test(name);
}
