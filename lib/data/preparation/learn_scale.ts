import { InputError } from "../../core/check/errors.ts";
import { quantileOf } from "../../core/numbers/quantile.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Scaling } from "../base/column_spec.ts";
import { log1p } from "./log1p.ts";
import type { Scale } from "../base/preparation.ts";

/** Options of {@link learnScale}. */
export interface ScaleOptions {
  /** Name of the column, for messages. */
  readonly name: string;
  readonly scaling: Scaling;
}

const IDENTITY: Scale = { isLogarithmic: false, offset: 0, divisor: 1 };

/**
 * Learns how numbers are scaled, from those of the training rows in their order, without missing ones.
 *
 * - `standardize`: less the mean, by the standard deviation with divisor n, as scikit-learn's StandardScaler. Both sums
 *   are float64, from the first row to the last.
 * - `minMax`: to 0 for the least and 1 for the greatest, as MinMaxScaler.
 * - `robust`: less the median, by the distance of the quartiles (linear interpolation), as RobustScaler.
 * - `log1p`: ln(1 + v), with no offset.
 *
 * A divisor of 0 becomes 1, so that a constant column is 0.
 *
 * @throws {InputError} If the numbers are too large to add, or one has no logarithm.
 */
export function learnScale(values: Float64Array, { name, scaling }: ScaleOptions): Scale {
  if (scaling === "none") return IDENTITY;
  if (scaling === "log1p") {
    checkLogarithms(values, name);
    return { ...IDENTITY, isLogarithmic: true };
  }
  const { offset, divisor } = RULES[scaling](values);
  if (!Number.isFinite(offset) || !Number.isFinite(divisor)) {
    throw new InputError(
      `Cannot use data: column ${quoted(name)} has numbers that are too large to scale; ` +
        "if one of them marks missing values, declare it in missing.markers",
    );
  }
  return { isLogarithmic: false, offset, divisor: divisor === 0 ? 1 : divisor };
}

type Learned = Pick<Scale, "offset" | "divisor">;

const RULES: Readonly<
  Record<"standardize" | "minMax" | "robust", (values: Float64Array) => Learned>
> = {
  standardize(values) {
    const { least, greatest, sum } = extentOf(values);
    // The mean of equal numbers may differ from them in the last bit.
    if (least === greatest) return { offset: least, divisor: 0 };
    const mean = sum / values.length;
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const distance = values[i] - mean;
      squares += distance * distance;
    }
    return { offset: mean, divisor: Math.sqrt(squares / values.length) };
  },
  minMax(values) {
    const { least, greatest } = extentOf(values);
    return { offset: least, divisor: greatest - least };
  },
  robust(values) {
    const own = values.slice();
    return { offset: quantileOf(own, 0.5), divisor: quantileOf(own, 0.75) - quantileOf(own, 0.25) };
  },
};

interface Extent {
  readonly least: number;
  readonly greatest: number;
  /** From the first number to the last. */
  readonly sum: number;
}

function extentOf(values: Float64Array): Extent {
  let [least, greatest, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    sum += value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest, sum };
}

function checkLogarithms(values: Float64Array, name: string): void {
  const wrong = values.find((value) => value <= -1);
  if (wrong === undefined) return;
  throw new InputError(
    `Cannot use data: column ${quoted(name)} must have numbers above -1 for log1p, found ${wrong}`,
  );
}

/** Returns a number as it is scaled. */
export function scaled(value: number, { isLogarithmic, offset, divisor }: Scale): number {
  return isLogarithmic ? log1p(value) : (value - offset) / divisor;
}
