import type { Matrix } from "../../core/numbers/matrix.ts";
import type { ActivationName } from "./activation_names.ts";
import type { NotFinite } from "./not_finite_error.ts";

/** The sums of a hidden layer, `x W + b`, or `x W + b + x` with a residual connection, that are followed directly by an activation. */
export interface HiddenSums {
  /** `[n, fanIn]` */
  readonly x: Matrix;
  /** `[fanIn, fanOut]` */
  readonly weights: Matrix;
  /** `[1, fanOut]` */
  readonly bias: Matrix;
  readonly activation: ActivationName;
  readonly isResidual: boolean;
}

/**
 * Searches for overflows that the scores do not show: a partial sum of -Infinity stays -Infinity, and ReLU turns it
 * into 0; tanh and sigmoid turn both infinities into numbers. The other activations show them: leakyRelu keeps them, and
 * gelu, geluTanh and silu make NaN of -Infinity. Their sums are searched too, so that the first overflow is found.
 */
export interface HiddenOverflow {
  /** Returns whether rows of numbers up to `largest` may make a sum overflow with the current weights. */
  isPossible(largest: number): boolean;
  /** Returns the first overflow among the first `count` rows of the last forward pass, or null. */
  find(count: number): NotFinite | null;
}

/** Binds the search to the sums of the hidden layers, in their order. */
export function hiddenOverflow(layers: readonly HiddenSums[]): HiddenOverflow {
  return {
    isPossible(largest) {
      let bound = largest;
      return layers.some((layer) => {
        const sum = largestSum(layer, bound);
        bound = largestOutput(layer, sum);
        return overflows(sum, layer);
      });
    },
    find(count) {
      for (const [index, layer] of layers.entries()) {
        if (!overflows(largestSum(layer, largestOf(layer.x)), layer)) continue;
        const found = findIn(layer, count);
        if (found !== null) return { ...found, what: `a sum of hidden layer ${index + 1}` };
      }
      return null;
    },
  };
}

/** Returns a bound on every sum and partial sum; a sum has one product for each weight of a unit. */
function largestSum({ weights, bias, isResidual }: HiddenSums, largestInput: number): number {
  const skipped = isResidual ? largestInput : 0;
  return weights.rows * largestInput * largestOf(weights) + largestOf(bias) + skipped;
}

/** Returns a bound on what the activation makes of sums: tanh and sigmoid are at most 1, the others at most their input. */
function largestOutput({ activation }: HiddenSums, largestSum: number): number {
  return activation === "tanh" || activation === "sigmoid" ? 1 : largestSum;
}

/** Returns the largest absolute value. */
export function largestOf({ data }: { readonly data: ArrayLike<number> }): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Returns whether a value overflows the net's dtype; its last digit may be rounded differently. */
function overflows(value: number, { weights }: HiddenSums): boolean {
  return !Number.isFinite(weights.data instanceof Float32Array ? Math.fround(value) : value);
}

function findIn({ x, weights, bias, isResidual }: HiddenSums, count: number): Omit<NotFinite, "what"> | null {
  const { rows: fanIn, cols: fanOut } = weights;
  const round = weights.data instanceof Float32Array ? Math.fround : (value: number) => value;
  for (let place = 0; place < count; place++) {
    for (let unit = 0; unit < fanOut; unit++) {
      let sum = 0;
      for (let i = 0; i < fanIn; i++) {
        sum = round(sum + x.data[place * fanIn + i] * weights.data[i * fanOut + unit]);
      }
      sum = round(sum + bias.data[unit]);
      if (isResidual) sum = round(sum + x.data[place * fanIn + unit]);
      if (!Number.isFinite(sum)) return { place, value: sum };
    }
  }
  return null;
}
