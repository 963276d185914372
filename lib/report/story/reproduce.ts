import type { Summary } from "../summary/summary.ts";

/** Returns the command that reproduces every byte of a report. */
export function reproduceCommand(summary: Summary): string {
  return `deno task run experiments/${summary.experiment.name}.ts${overrideFlags(summary)}`;
}

/** Returns the flags of the fields that a command line overrode, with a space before each; empty if there are none. */
export function overrideFlags({ overrides }: Pick<Summary, "overrides">): string {
  const flags = overrides.map((override) => ` --set '${override.replaceAll("'", "'\\''")}'`).join("");
  return overrides.length === 0 ? "" : `${flags} --results another_folder`;
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
