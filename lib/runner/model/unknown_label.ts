/** Texts in tables for an unknown label. */
const NO_LABEL = ["", "?", "-", "NA", "N/A", "nan", "NaN", "null", "NULL", "None"];

/** Returns whether a text in a table says that the label of a row is not known; the name of a class never does. */
export function isUnknownLabel(
  label: string,
  { classNames }: { readonly classNames: readonly string[] },
): boolean {
  return NO_LABEL.includes(label.trim()) && !classNames.includes(label);
}
