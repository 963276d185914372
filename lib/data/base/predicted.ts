import type { TargetKind } from "../../core/facts/metric.ts";
import type { DataSpec, TableSpec } from "./data_spec.ts";

/** Returns what is predicted of the rows that a declaration has. */
export function declaredKind(spec: DataSpec): TargetKind {
  if (spec.kind !== "table") return "class";
  return spec.target !== undefined ? "numbers" : spec.labels !== undefined ? "labels" : "class";
}

/** Returns the names of the columns that are predicted. */
export function predictedColumns(
  { label, target, labels }: Pick<TableSpec, "label" | "target" | "labels">,
): readonly string[] {
  return target ?? labels ?? (label === undefined ? [] : [label]);
}
