import type { TopLevelSpec } from "./vega.ts";

/** A chart: what is drawn, what it says in words, and its numbers as a table. */
export interface Chart {
  /** Tells charts of one report apart; lower-case letters, digits and underscores. */
  readonly id: string;
  /** What is shown, over what. */
  readonly title: string;
  /** How to read it, a sentence or two. */
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly table: ChartTable;
}

/** The numbers behind a chart, as they are read. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
