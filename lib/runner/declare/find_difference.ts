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

/** A field that only one of them has may be called like one that every object has. */
function ownField(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
