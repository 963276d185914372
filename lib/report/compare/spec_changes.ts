import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";
import type { FieldChange } from "./comparison.ts";

/** Returns the fields of a declaration that changed; of models and solvers, those of an unchanged winner. */
export function specChanges(before: Summary, after: Summary): readonly FieldChange[] {
  const isSameWinner = before.winner !== null && after.winner !== null &&
    pointKey(before.winner.point) === pointKey(after.winner.point);
  return fieldChanges(facts(before, isSameWinner), facts(after, isSameWinner));
}

/** Returns the fields, named by their paths, whose values differ. */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  const old = flatten(before);
  const now = flatten(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** A field whose value is not the same in all of several results. */
export interface DifferingField {
  readonly field: string;
  /** One a result, as text; null if it has none. */
  readonly values: readonly (string | null)[];
}

/** Returns the fields in which several results differ: what they declare, their data and arithmetic, the winner's settings. */
export function differingFields(summaries: readonly Summary[]): readonly DifferingField[] {
  const sides = summaries.map((summary) =>
    flatten({ name: summary.experiment.name, ...facts(summary, true) })
  );
  return [...new Set(sides.flatMap((side) => [...side.keys()]))]
    .map((field) => ({ field, values: sides.map((side) => side.get(field) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function facts(
  { experiment, dataDigest, numericsVersion, overrides, winner }: Summary,
  isSameWinner: boolean,
) {
  const { seed, repeats, ensemble, data, datasets, search, grid, metrics, select } = experiment;
  const settings = isSameWinner ? { model: winner?.model, solver: winner?.solver } : {};
  const declared = { seed, repeats, ensemble, data, datasets, search, grid, metrics, select };
  return { ...declared, dataDigest, numericsVersion, overrides, ...settings };
}

function flatten(value: object, path = ""): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    if (typeof field !== "object" || field === null || Array.isArray(field)) {
      fields.set(path + name, canonicalJson(field as Json));
    } else for (const [inner, text] of flatten(field, `${path}${name}.`)) fields.set(inner, text);
  }
  return fields;
}
