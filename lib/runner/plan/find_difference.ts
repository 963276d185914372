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
    const difference = findDifference(
      ownField(left, key),
      ownField(right, key),
      path === "" ? key : `${path}.${key}`,
    );
    if (difference !== null) return difference;
  }
  return null;
}

/** A field that only one of them has may be called like one that every object has. */
function ownField(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
