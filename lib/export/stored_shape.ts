import type { NamedTensor } from "../nn/named_tensor.ts";

/** Returns the shape of a net's tensor as other tools have it: `[fanIn, fanOut]` for weights, `[features]` for all else. */
export function storedShape({ name, value }: NamedTensor): readonly number[] {
  return name.startsWith("W") ? [value.rows, value.cols] : [value.cols];
}
