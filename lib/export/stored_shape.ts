import type { NamedShape } from "../nn/net/tensor_shapes.ts";

/**
 * Returns the shape of a net's tensor in other tools' form: `[fanIn, fanOut]` for weights, `[features]` for others.
 */
export function storedShape({ name, rows, cols }: NamedShape): readonly number[] {
  return name.startsWith("W") ? [rows, cols] : [cols];
}
