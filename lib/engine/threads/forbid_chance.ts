/** Code that must not depend on a clock or on chance. */
export type ChancelessCode = "a trial" | "an experiment";

/** Objects, the path that leads to each, and names of functions in it. */
type Functions = readonly (readonly [object | undefined, string, readonly string[]])[];

const { process, Temporal } = globalThis as { process?: object; Temporal?: { readonly Now: object } };

const CHANCE: Functions = [
  [Math, "Math.", ["random"]],
  [performance, "performance.", ["now", "mark", "measure", "toJSON"]],
  [crypto, "crypto.", ["getRandomValues", "randomUUID"]],
  [crypto.subtle, "crypto.subtle.", ["generateKey"]],
  [Temporal?.Now, "Temporal.Now.", [
    ...["instant", "plainDateISO", "plainDateTimeISO", "plainTimeISO", "timeZoneId", "zonedDateTimeISO"],
  ]],
  [process, "process.", ["hrtime", "uptime"]],
];

const INEXACT: Functions = [
  [Math, "Math.", [
    ...["acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "expm1"],
    ...["hypot", "log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh"],
  ]],
];

const REASONS: Readonly<Record<ChancelessCode, string>> = {
  "a trial": "its result may differ on another machine",
  "an experiment": "its declaration must be the same each time",
};

/** Exceptions. */
export interface ForbidOptions {
  /** Called before each forbidden call; true allows it. Default: none is allowed. */
  readonly isExempt?: () => boolean;
}

/**
 * Makes every clock and every source of chance throw for the rest of this thread's life; in a trial also every
 * function whose rounding differs between JavaScript engines.
 *
 * Code that calls one fails on every machine, instead of giving other bits on some. A date that does not depend on
 * the clock, such as `new Date(0)`, is still allowed.
 */
export function forbidChance(code: ChancelessCode, { isExempt = () => false }: ForbidOptions = {}): void {
  const guard = (path: string) => {
    if (!isExempt()) throw new Error(`Cannot call ${path} in ${code}: ${REASONS[code]}`);
  };
  for (const [owner, path, names] of code === "a trial" ? [...CHANCE, ...INEXACT] : CHANCE) {
    for (const name of names) {
      if (owner !== undefined) {
        guardFunction(owner, name, () => guard(`${path}${name}`));
      }
    }
  }
  const { timeOrigin } = performance;
  const get = () => {
    guard("performance.timeOrigin");
    return timeOrigin;
  };
  Object.defineProperty(performance, "timeOrigin", { get });
  guardClock(guard);
}

function guardFunction(owner: object, name: string, guard: () => void): void {
  const original: (...args: readonly unknown[]) => unknown = Reflect.get(owner, name);
  const value = function (this: unknown, ...args: readonly unknown[]) {
    guard();
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(owner, name, { value });
}

/** Replaces `Date` by a class that guards calls for the current time. */
function guardClock(guard: (path: string) => void): void {
  const SystemDate = Date;
  guardFunction(SystemDate, "now", () => guard("Date.now"));
  const date = new Proxy(SystemDate, {
    apply(target) {
      guard("Date");
      return Reflect.apply(target, undefined, []);
    },
    construct(target, args, newTarget) {
      if (args.length === 0) guard("Date");
      return Reflect.construct(target, args, newTarget);
    },
  });
  Object.defineProperty(SystemDate.prototype, "constructor", { value: date });
  Object.defineProperty(globalThis, "Date", { value: date });
}
