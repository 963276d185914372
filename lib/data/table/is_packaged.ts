import type { TableSpec } from "../base/data_spec.ts";

/** Returns whether a file is one of an npm package. */
export function isPackaged(file: TableSpec["file"]): file is string {
  return typeof file === "string" && file.startsWith("npm:");
}
