import { type Json, sha256Hex } from "../../core/numbers/digest.ts";
import { shapeOf } from "../base/data_shape.ts";
import type { DataSource, Identity } from "../base/data_source.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { csvDataset } from "./csv_dataset.ts";
import { formatIdentity } from "../text/format_rules.ts";

/** A user's table. */
export const csvData: DataSource<CsvSpec> = {
  declare: csvDataset,
  async identify(spec, place) {
    const { readCsvBytes } = await import("./load_csv.ts");
    return csvIdentity(spec, { bytes: await readCsvBytes(spec, place) });
  },
  async measure(spec, place) {
    const { countColumns } = await import("./count_columns.ts");
    const columns = await countColumns(spec, place);
    if (columns === null) return null;
    // One column is the label, and one the groups if there are any.
    const inputDim = columns - (spec.groups === undefined ? 1 : 2) - (spec.drop ?? []).length;
    return inputDim < 1 ? null : shapeOf(spec, {
      inputDim,
      numClasses: spec.classes.length,
      featureBytes: spec.dtype === "float64" ? 8 : 4,
      hasLines: true,
    });
  },
  async load(spec, { baseDir = "." }) {
    const { loadCsv } = await import("./load_csv.ts");
    return await loadCsv(spec, { baseDir });
  },
  countClasses: ({ classes }) => classes.length,
  image: null,
  origin: "file",
};

/** Returns what identifies a table with these bytes. */
export function csvIdentity(
  spec: CsvSpec,
  { bytes }: { readonly bytes: Uint8Array },
): Identity {
  const { label, classes, seed, header, dtype, groups, drop } = spec;
  // Fields that are not declared, or that declare the default, are no part of the identity.
  const first: Record<string, Json> = header === undefined || header === true ? {} : { header };
  const held: Record<string, Json> = dtype === "float64" ? { dtype } : {};
  const grouped: Record<string, Json> = groups === undefined ? {} : { groups };
  const dropped: Record<string, Json> = drop === undefined ? {} : { drop };
  return {
    sha256: sha256Hex(bytes),
    label,
    classes,
    seed,
    ...first,
    ...held,
    ...grouped,
    ...dropped,
    ...formatIdentity(spec),
  };
}
