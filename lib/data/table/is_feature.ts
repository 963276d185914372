import type { CsvSpec } from "../base/data_spec.ts";

/** Returns whether a column is a feature: neither the label nor the groups. */
export function isFeature(column: string, { label, groups }: Pick<CsvSpec, "label" | "groups">): boolean {
  return column !== label && column !== groups;
}
