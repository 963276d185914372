import { checkFields, type Rule } from "../core/check/fields.ts";
import type { DataSpec } from "./base/data_spec.ts";
import { isKind, sourceOf } from "./data_sources.ts";

/**
 * Returns a data spec as its maker would: the same checks apply to a spec that was written by hand or whose fields
 * were overridden.
 *
 * @throws {InputError} If it is not a data spec, or a field is wrong.
 */
export function declaredData(spec: unknown, { action }: { readonly action: string }): DataSpec {
  checkFields(spec, { action, path: "data", required: { kind: aKind }, others: true });
  const { kind, ...fields } = spec as DataSpec;
  return sourceOf({ kind }).declare(fields as never);
}

const aKind: Rule = {
  expected: "the kind of a data spec that mnist, cifar10, table, csvDataset or blobs returns",
  accepts: (value) => typeof value === "string" && isKind(value),
};
