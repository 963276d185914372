import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

/** Returns facts as lines of a title and a value; a value that is longer than a line goes on below its beginning. */
export function factLines(
  facts: readonly (readonly [title: string, value: string])[],
  { columns }: { readonly columns: number | null },
): string {
  const indent = facts.reduce((widest, [title]) => Math.max(widest, textWidth(title)), 0) + 2;
  return facts.map(([title, value]) => {
    const line = `${title.padEnd(indent)}${escapeUnprintable(value)}\n`;
    return wrapText(line, { columns, indent });
  }).join("");
}
