import type { NamedShape } from "../nn/net/tensor_shapes.ts";

/** Returns the shape of a net's tensor as other tools have it: `[fanIn, fanOut]` for weights, `[features]` for all else. */
export function storedShape({ name, rows, cols }: NamedShape): readonly number[] {
  return name.startsWith("W") ? [rows, cols] : [cols];
}
