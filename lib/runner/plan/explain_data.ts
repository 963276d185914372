import { dirname, join } from "node:path";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { type FileChange, fileChange } from "../../data/file_change.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import type { Summary } from "../../report/summary/summary.ts";
import type { Plan } from "./plan_run.ts";

/** Earlier data. */
export interface OldData {
  /** Their declaration. Default: the current one. */
  readonly spec?: DataSpec;
  readonly dataDigest: string;
}

/**
 * Returns how the file of a plan's data changed since earlier data, or null if that is not known, as of several data
 * sets.
 *
 * @throws {InputError} If the file cannot be read.
 */
export async function explainData(
  { loaded: { experiment, file, baseDir } }: Plan,
  { spec = experiment.data, dataDigest }: OldData,
): Promise<FileChange | null> {
  const { data, datasets } = experiment;
  if (datasets !== undefined) return null;
  const own = ownFile(data);
  if (own === null || spec.kind !== data.kind) return null;
  // The file may have been moved.
  const old = { ...spec, file: own } as DataSpec;
  return await fileChange(old, { baseDir, before: dataDigest, name: join(dirname(file), own) });
}

/** Returns the path of the one file of a user's data; null if they have none, or several. */
function ownFile(data: DataSpec): string | null {
  if (data.kind !== "csv" && data.kind !== "table") return null;
  return typeof data.file === "string" ? data.file : null;
}

/** Returns a comparison with the reason why the data changed, if they did. */
export async function withDataReason(
  comparison: Comparison,
  { plan, baseline }: { readonly plan: Plan; readonly baseline: Summary },
): Promise<Comparison> {
  if (!comparison.changes.some(({ field }) => field === "dataDigest")) return comparison;
  const { dataDigest, experiment: { data: spec, datasets } } = baseline;
  const explained = datasets === undefined ? await explainData(plan, { spec, dataDigest }) : null;
  if (explained === null) return comparison;
  const changes = comparison.changes.map((change) =>
    change.field === "dataDigest" ? { ...change, reason: explained.text } : change
  );
  return { ...comparison, changes };
}
