import type { Warning } from "../../core/check/warning.ts";
import { counted } from "../../core/text/counted.ts";

/**
 * Returns one warning for any number of columns: the first, and the count of the others; none if there are none.
 *
 * @param columns The name of each in messages, such as `column "x"`.
 */
export function columnWarning(
  code: string,
  columns: readonly string[],
  message: () => string,
): readonly Warning[] {
  if (columns.length === 0) return [];
  const more = columns.length - 1;
  const where = `${columns[0]}${more === 0 ? "" : ` and ${counted(more, "more column")}`}`;
  return [{ code, where, message: message() }];
}
