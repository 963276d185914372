import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import type { DataSpec } from "./base/data_spec.ts";

/** Returns the fields in which several specs differ, such as `train=1000 seed=3`, a text for each spec. */
export function differenceTexts(specs: readonly DataSpec[]): readonly string[] {
  const fields = specs.map((spec) =>
    new Map(Object.entries(spec).map(([name, value]) => [name, textOf(value as Json)]))
  );
  const values = new Map<string, Set<string | undefined>>();
  for (const name of new Set(fields.flatMap((own) => [...own.keys()]))) {
    values.set(name, new Set(fields.map((own) => own.get(name))));
  }
  return fields.map((own) =>
    [...own].filter(([name]) => values.get(name)!.size > 1).map(([name, text]) => `${name}=${text}`).join(" ")
  );
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : canonicalJson(value);
}
