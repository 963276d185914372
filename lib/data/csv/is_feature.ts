import type { CsvSpec } from "../base/data_spec.ts";

/** Returns whether a column is a feature: neither the label nor the groups, and not dropped. */
export function isFeature(
  column: string,
  { label, groups, drop = [] }: Pick<CsvSpec, "label" | "groups" | "drop">,
): boolean {
  return column !== label && column !== groups && !drop.includes(column);
}
