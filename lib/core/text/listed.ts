/** Options of {@link listed}. */
export interface ListedOptions<T> {
  /** How many are shown. */
  readonly most: number;
  /** Returns the text of one; it is called for those that are shown. Default: `String`. */
  readonly show?: (value: T) => string;
}

/** Returns values for a message: the first ones, and the number of the others. */
export function listed<T>(values: readonly T[], { most, show = String }: ListedOptions<T>): string {
  const shown = values.slice(0, most).map((value) => show(value)).join(", ");
  return values.length <= most ? shown : `${shown} and ${values.length - most} more`;
}
