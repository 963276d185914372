import type { Constant, DatePart, Scaling, UnseenRule } from "../base/column_spec.ts";

/** What becomes of missing values; each kind of column takes some of them. */
export type Fill = "mean" | "median" | "mostFrequent" | "indicator" | "dropRow" | Constant;

/** How a column is to be prepared, all of it decided: what remains is learned on training rows. */
export type ColumnPlan = { readonly name: string; readonly missing: Fill } & KindPlan;

type KindPlan =
  | { readonly kind: "numeric"; readonly scaling: Scaling }
  | { readonly kind: "ordinal"; readonly order: readonly string[]; readonly scaling: Scaling }
  | { readonly kind: "boolean" }
  | {
    readonly kind: "date";
    readonly format?: string;
    readonly parts: readonly DatePart[];
    readonly scaling: Scaling;
  }
  | { readonly kind: "categorical"; readonly categories?: readonly string[]; readonly unseen: UnseenRule };
