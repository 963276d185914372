import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { exp, log } from "../../core/numbers/exp_log.ts";
import type { DeclaredValue, ValueOf } from "./axis_label.ts";

/** How the values of an axis are drawn, made by {@link uniform}, {@link logUniform}, {@link integers} or {@link choice}. */
export interface Distribution<V = unknown> {
  /**
   * Returns the value at a share of the distribution, a number in (0, 1).
   *
   * @internal
   */
  readonly at: (share: number) => DeclaredValue;
  /** @internal */
  readonly type?: V;
}

/** Digits of a value that are kept: more could not be read, and none of them would matter. */
const DIGITS = 3;

/**
 * Draws numbers between two bounds, each equally likely; they are rounded to a thousandth of the distance of the bounds, or
 * finer.
 *
 * @throws {InputError} If a bound is no finite number, or the lower one is not below the higher one.
 */
export function uniform(low: number, high: number): Distribution<number> {
  checkBounds(low, { high, name: "uniform" });
  const decimals = Math.min(20, Math.max(0, DIGITS - exponentOf(high - low)));
  return { at: (share) => clamp(Number((low + share * (high - low)).toFixed(decimals)), { low, high }) };
}

/**
 * Draws numbers between two bounds whose logarithms are equally likely, as for rates; they are rounded to three digits.
 *
 * @throws {InputError} If a bound is not above 0, or the lower one is not below the higher one.
 */
export function logUniform(low: number, high: number): Distribution<number> {
  checkBounds(low, { high, name: "logUniform" });
  if (low <= 0) {
    throw new InputError(`Cannot use logUniform: its bounds must be above 0, found ${show(low)}`);
  }
  const [from, to] = [log(low), log(high)];
  return { at: (share) => clamp(Number(exp(from + share * (to - from)).toPrecision(DIGITS)), { low, high }) };
}

/**
 * Draws whole numbers from a first to a last, both included, each equally likely.
 *
 * @throws {InputError} If one of them is no whole number, or the first is above the last.
 */
export function integers(first: number, last: number): Distribution<number> {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first > last) {
    throw new InputError(
      `Cannot use integers: it must go from a whole number to one that is not below, found ${
        show(first)
      } and ` +
        show(last),
    );
  }
  return { at: (share) => Math.min(last, first + Math.floor(share * (last - first + 1))) };
}

/**
 * Draws one of a few values, each equally likely.
 *
 * @throws {InputError} If there is none.
 */
export function choice<const V extends DeclaredValue>(values: readonly V[]): Distribution<ValueOf<V>> {
  if (!Array.isArray(values) || values.length === 0) {
    throw new InputError(
      `Cannot use choice: it must be given a list of at least one value, found ${show(values)}`,
    );
  }
  return { at: (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))] };
}

function checkBounds(low: number, { high, name }: { readonly high: number; readonly name: string }): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high && Number.isFinite(high - low)) return;
  throw new InputError(
    `Cannot use ${name}: its bounds must be finite numbers, the lower one first, found ${show(low)} and ${
      show(high)
    }`,
  );
}

/** Returns the exponent of a number in decimal, exactly: 2 for 100 up to 999. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** Rounding may step over a bound. */
function clamp(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.min(high, Math.max(low, value));
}
