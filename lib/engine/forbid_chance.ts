/** What a trial may not call: the object that has it, the path that leads there, and the names. */
const FORBIDDEN: readonly (readonly [object, string, readonly string[]])[] = [
  [Math, "Math.", [
    ...[
      "acos",
      "acosh",
      "asin",
      "asinh",
      "atan",
      "atan2",
      "atanh",
      "cbrt",
      "cos",
      "cosh",
      "exp",
      "expm1",
      "hypot",
    ],
    ...["log", "log10", "log1p", "log2", "pow", "random", "sin", "sinh", "tan", "tanh"],
  ]],
  [globalThis, "", ["Date"]],
  [Date, "Date.", ["now"]],
  [performance, "performance.", ["now"]],
  [crypto, "crypto.", ["getRandomValues", "randomUUID"]],
];

/**
 * Makes every clock, every source of chance and every function that a JavaScript engine may round as it likes throw,
 * for the rest of this thread's life.
 *
 * A trial that calls one fails and says so, on the machine of whoever added the call, rather than giving other bits on
 * somebody else's.
 */
export function forbidChance(): void {
  for (const [owner, ownerName, names] of FORBIDDEN) {
    for (const name of names) {
      Object.defineProperty(owner, name, { value: forbidden(`${ownerName}${name}`) });
    }
  }
}

function forbidden(path: string): () => never {
  const call = () => {
    throw new Error(`Cannot call ${path} in a trial: its result may differ on another machine`);
  };
  // What stands for the class Date can be made with "new" and has its other name for a clock too.
  return path === "Date"
    ? Object.assign(function () {
      return call();
    }, { now: forbidden("Date.now") })
    : call;
}
