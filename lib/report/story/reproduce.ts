import type { Summary } from "../summary/summary.ts";

/** Returns the command that reproduces every byte of a report. */
export function reproduceCommand({ experiment, overrides }: Summary): string {
  const flags = overrides.map((override) => ` --set '${override.replaceAll("'", "'\\''")}'`).join("");
  const elsewhere = overrides.length === 0 ? "" : " --results another_folder";
  return `deno task run experiments/${experiment.name}.ts${flags}${elsewhere}`;
}

/** Returns what a report depends on, one row each: name and value. */
export function reproduceRows(
  { experiment, experimentDigest, dataDigest, numericsVersion }: Summary,
): readonly (readonly [string, string])[] {
  return [
    ["seed", String(experiment.seed)],
    ["experiment, SHA-256", experimentDigest],
    ["data, SHA-256", dataDigest],
    ["numerics version", String(numericsVersion)],
  ];
}
