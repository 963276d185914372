import { InputError } from "../../core/check/errors.ts";
import { type SampleOptions, sampleRecords } from "./sample_records.ts";

/** Where two give equally many lines the same fields, the one that texts and numbers rarely contain. */
const CANDIDATES = ["\t", ";", "|", ","] as const;

const MOST_RECORDS = 100;

/**
 * Returns the separator that gives the most of the first hundred records the same number of fields, of two or more; a comma if
 * none gives any.
 */
export function sniffSeparator(
  bytes: Uint8Array,
  options: Omit<SampleOptions, "separator">,
): "," | ";" | "\t" | "|" {
  let found: (typeof CANDIDATES)[number] = ",";
  let most = 0;
  for (const separator of CANDIDATES) {
    const count = equalRecords(bytes, { ...options, separator: separator.charCodeAt(0), most: MOST_RECORDS });
    if (count > most) [found, most] = [separator, count];
  }
  return found;
}

/** Returns how many records have the number of fields that most have, without those of one field. */
function equalRecords(bytes: Uint8Array, options: SampleOptions): number {
  const counts = new Map<number, number>();
  try {
    for (const { fields } of sampleRecords(bytes, options)) {
      if (fields.length > 1) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
    }
  } catch (error) {
    // Quotes that stand wrongly with this separator; with the right one, they are an error of the file.
    if (error instanceof InputError) return 0;
    throw error;
  }
  return Math.max(0, ...counts.values());
}
