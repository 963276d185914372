/** An object whose values may be objects again: `a.b` is the value `b` of the object `a`. */
export interface Nested {
  [key: string]: unknown;
}

/** Sets the value of a dotted name; with `collect` it is added to a list. */
export function setNested(
  object: Nested,
  name: string,
  { value, collect = false }: { readonly value: unknown; readonly collect?: boolean },
): void {
  const keys = name.split(".");
  const last = keys.pop()!;
  for (const key of keys) object = (object[key] ??= {}) as Nested;
  const before = object[last];
  if (!collect) object[last] = value;
  else if (Array.isArray(before)) before.push(value);
  else object[last] = before ? [before, value] : [value];
}

/** Returns whether a dotted name has a value, even if that is undefined. */
export function hasNested(object: Nested, name: string): boolean {
  let at: unknown = object;
  for (const key of name.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = Reflect.get(at, key);
  }
  return true;
}

/** Returns one or many names as a list. */
export function readNames(names: string | readonly string[]): readonly string[] {
  return (typeof names === "string" ? [names] : names).filter((name) => name !== "");
}

/** Returns whether a text reads as a finite number. */
export function isNumeric(text: string): boolean {
  return /\S/.test(text) && Number.isFinite(Number(text));
}
