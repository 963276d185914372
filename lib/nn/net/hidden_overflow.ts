import type { Matrix } from "../../core/numbers/matrix.ts";
import type { NotFinite } from "./not_finite_error.ts";

/** The sums of a hidden layer, `x W + b`, that ReLU follows at once. */
export interface HiddenSums {
  /** `[n, fanIn]` */
  readonly x: Matrix;
  /** `[fanIn, fanOut]` */
  readonly weights: Matrix;
  /** `[1, fanOut]` */
  readonly bias: Matrix;
}

/**
 * Looks for sums that overflow on the way and that the scores do not show: once a sum is -Infinity it stays so,
 * whatever is added, and ReLU makes 0 of it.
 */
export interface HiddenOverflow {
  /** Returns whether rows of numbers up to `largest` may make a sum overflow with the weights as they are. */
  isPossible(largest: number): boolean;
  /** Returns the first of the last forward pass's first `count` rows that did, or null. */
  find(count: number): NotFinite | null;
}

/** Binds the search to the sums of each hidden layer, the first first. */
export function hiddenOverflow(layers: readonly HiddenSums[]): HiddenOverflow {
  return {
    isPossible(largest) {
      let bound = largest;
      return layers.some((layer) => {
        bound = largestSum(layer, bound);
        return overflows(bound, layer);
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

/** No sum is larger, nor is any on the way to it: it has as many products as there are weights of a unit. */
function largestSum({ weights, bias }: HiddenSums, largestInput: number): number {
  return weights.rows * largestInput * largestOf(weights) + largestOf(bias);
}

/** Returns the largest size of a number among some. */
export function largestOf({ data }: { readonly data: ArrayLike<number> }): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Rounded as the net does, but for the last digit. */
function overflows(value: number, { weights }: HiddenSums): boolean {
  return !Number.isFinite(weights.data instanceof Float32Array ? Math.fround(value) : value);
}

function findIn({ x, weights, bias }: HiddenSums, count: number): Omit<NotFinite, "what"> | null {
  const { rows: fanIn, cols: fanOut } = weights;
  const round = weights.data instanceof Float32Array ? Math.fround : (value: number) => value;
  for (let place = 0; place < count; place++) {
    for (let unit = 0; unit < fanOut; unit++) {
      let sum = 0;
      for (let i = 0; i < fanIn; i++) {
        sum = round(sum + x.data[place * fanIn + i] * weights.data[i * fanOut + unit]);
      }
      sum = round(sum + bias.data[unit]);
      if (!Number.isFinite(sum)) return { place, value: sum };
    }
  }
  return null;
}
