import { types } from "node:util";

/**
 * Returns whether two values are deeply equal: numbers by value (NaN equals NaN, 0 equals -0), objects by prototype
 * and own properties, sets and maps without regard to order.
 *
 * `node:util` has `isDeepStrictEqual`, but it tells 0 from -0 and a null prototype from `Object.prototype`.
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

type Seen = Map<object, object>;

function compare(a: unknown, b: unknown, seen: Seen): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (prototypeOf(a) !== prototypeOf(b)) return false;
  if (types.isTypedArray(a) && types.isTypedArray(b)) return compareElements(a, b);
  if (types.isAnyArrayBuffer(a) && types.isAnyArrayBuffer(b)) {
    return compareElements(new Uint8Array(a), new Uint8Array(b));
  }
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a instanceof WeakMap ? "WeakMap" : "WeakSet"} instances`);
  }
  if (a instanceof WeakRef && b instanceof WeakRef) return compare(a.deref(), b.deref(), seen);
  if (a instanceof RegExp || a instanceof URL || a instanceof URLSearchParams) return String(a) === String(b);
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Set && b instanceof Set) return compareEntries([...a].map(once), [...b].map(once), seen);
  if (a instanceof Map && b instanceof Map) return compareEntries([...a], [...b], seen);
  return compareProperties(a, b, seen);
}

function prototypeOf(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function compareElements(a: NodeJS.TypedArray, b: NodeJS.TypedArray): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  }
  return true;
}

function once(value: unknown): [unknown, unknown] {
  return [value, undefined];
}

function compareEntries(a: [unknown, unknown][], b: [unknown, unknown][], seen: Seen): boolean {
  if (a.length !== b.length) return false;
  const rest = new Map(b.map((entry, index) => [index, entry]));
  return a.every(([key, value]) => {
    for (const [index, [otherKey, otherValue]] of rest) {
      if (compare(key, otherKey, seen) && compare(value, otherValue, seen)) return rest.delete(index);
    }
    return false;
  });
}

/** A class may show its state through getters on its prototype only, as an Error does its name: those count too. */
function compareProperties(a: object, b: object, seen: Seen): boolean {
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  const keys = new Set([...keysOf(a), ...keysOf(b)]);
  for (const key of keys) {
    if (key in a !== key in b) return false;
    if (!compare(Reflect.get(a, key), Reflect.get(b, key), seen)) return false;
  }
  return true;
}

function keysOf(value: object): Set<string | symbol> {
  const keys = new Set<string | symbol>();
  let owner: object | null = value;
  while (owner !== null && owner !== Object.prototype && owner !== Array.prototype) {
    for (const key of Reflect.ownKeys(owner)) keys.add(key);
    owner = Object.getPrototypeOf(owner);
  }
  return keys;
}
