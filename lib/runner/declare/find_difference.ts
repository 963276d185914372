/** The first difference between two values of plain data. */
export interface ValueDifference {
  /** Such as `solver.optimizer.learningRate` or `grid.rate.0`. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** Returns the first difference between two values of plain data, or null if they are equal. */
export function findDifference(left: unknown, right: unknown, path = ""): ValueDifference | null {
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    return Object.is(left, right) ? null : { path, left, right };
  }
  for (const key of Object.keys(left)) {
    const difference = findDifference(left[key], ownField(right, key), joined(path, key));
    if (difference !== null) return difference;
  }
  for (const key of Object.keys(right)) {
    if (Object.hasOwn(left, key)) continue;
    const difference = findDifference(undefined, right[key], joined(path, key));
    if (difference !== null) return difference;
  }
  return null;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** Reads own fields only: a field that one value lacks may have the name of an inherited one. */
function ownField(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
