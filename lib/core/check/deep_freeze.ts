/** Freezes a value and all that it holds, which must have no cycle, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    // What is frozen already may hold what is not.
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
