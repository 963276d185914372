import type { Axes, ValueOf } from "./axis_label.ts";

/** Holds the type of a set's points; nothing has it as a field. */
declare const POINT: unique symbol;

/** How points are made, as a tree of plain data. */
export type PointShape =
  /** Every combination of the values, the last axis fastest. */
  | { readonly kind: "axes"; readonly axes: Axes }
  /** Every combination of the parts' points, one after the other's position, or all of them in turn. */
  | { readonly kind: "product" | "zip" | "union"; readonly parts: readonly PointShape[] };

/** A set of points, made by {@link product}, {@link zip} or {@link union}. */
export interface PointSet<P = unknown> {
  /** @internal */
  readonly shape: PointShape;
  /** @internal */
  readonly [POINT]?: P;
}

/** What sets are made of: axes, or other sets. */
export type PointPart = Axes | PointSet;

/** The point of a part: a value of each of its axes. */
export type PointOfPart<T> = T extends PointSet<infer P> ? P
  : T extends Axes ? { readonly [K in keyof T]: ValueOf<T[K][number]> }
  : never;

/** The point that has the axes of all parts. */
export type JoinedPoint<T extends readonly unknown[]> = T extends
  readonly [infer First, ...infer Rest extends readonly unknown[]] ? PointOfPart<First> & JoinedPoint<Rest>
  : unknown;

/** The point of one of several parts: an axis that is missing in some is optional. */
export type EitherPoint<U> =
  & { readonly [K in keyof U]: U[K] }
  & {
    readonly [K in Exclude<U extends unknown ? keyof U : never, keyof U>]?: U extends
      { readonly [P in K]: infer V } ? V : never;
  };

/** Returns whether a part is a set of points, not axes: a set's only field is no list. */
export function isPointSet(part: unknown): part is PointSet {
  if (typeof part !== "object" || part === null || !("shape" in part)) return false;
  const { shape } = part;
  return typeof shape === "object" && shape !== null && !Array.isArray(shape) && "kind" in shape;
}
