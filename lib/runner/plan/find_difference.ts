/** Where two values of plain data differ first. */
export interface ValueDifference {
  /** Such as `solver.optimizer.learningRate` or `grid.rate.0`. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** Returns the first place where two values of plain data differ, or null if they are the same. */
export function findDifference(left: unknown, right: unknown, path = ""): ValueDifference | null {
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    return Object.is(left, right) ? null : { path, left, right };
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const difference = findDifference(left[key], right[key], path === "" ? key : `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
