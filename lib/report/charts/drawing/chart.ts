import type { TopLevelSpec } from "./vega.ts";

/** A chart: its spec, its texts, and its numbers as a table. */
export interface Chart {
  /** Unique in a report; lower-case letters, digits and underscores. */
  readonly id: string;
  /** The measure and the axis that it is shown over. */
  readonly title: string;
  /** How to read it, a sentence or two. */
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly table: ChartTable;
}

/** The numbers of a chart, as a table. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
