import type { Metric } from "../../summary/metric.ts";
import type { TextTable } from "../../summary/text_table.ts";
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
  readonly table: TextTable;
  /** The metric of a chart of curves, of which a page shows one at a time. */
  readonly metric?: Metric;
  /**
   * What each line stands for, by which a page finds it. The description of a line then begins with a word that the
   * picture holds as an attribute: `trial=ID`, `point=INDEX` with the index in the summary, or `axis=INDEX-INDEX` for
   * all trials with a value of an axis.
   */
  readonly lines?: "trial" | "point";
}
