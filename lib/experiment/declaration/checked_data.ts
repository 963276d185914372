import type { DataSpec } from "../../data/base/data_spec.ts";
import { declaredData } from "../../data/declared_data.ts";
import { checkTexts } from "./check_text.ts";

/**
 * Returns the data of an experiment as their maker would, with texts that pass through files and terminals.
 *
 * @throws {InputError} If they are no data spec, or a field is wrong.
 */
export function checkedData(spec: unknown, { action }: { readonly action: string }): DataSpec {
  const data = declaredData(spec, { action });
  checkTexts(data, { action, path: "data" });
  return data;
}
