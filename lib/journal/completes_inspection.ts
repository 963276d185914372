import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import type { InspectionRecord } from "./journal_record.ts";

/**
 * Returns whether an inspection adds the predictions that another one lacks, and is the same in all else. Version 0.1
 * journaled none, so that a later version may add them.
 */
export function completesInspection(whole: InspectionRecord, part: InspectionRecord): boolean {
  if (part.predictions !== undefined || whole.predictions === undefined) return false;
  const { predictions: _, ...rest } = whole;
  return canonicalJson(rest as unknown as Json) === canonicalJson(part as unknown as Json);
}
