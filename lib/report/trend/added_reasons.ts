import { unescapeMarkdown } from "../files/escape_markdown.ts";

/**
 * Returns the reasons that a text of `CHANGES.md` has and an earlier one does not, in their order; null stands for no file.
 */
export function addedReasons(before: string | null, after: string | null): readonly string[] {
  if (before === after) return [];
  const left = new Map<string, number>();
  for (const heading of headings(before)) left.set(heading, (left.get(heading) ?? 0) + 1);
  return headings(after).filter((heading) => {
    const count = left.get(heading) ?? 0;
    left.set(heading, count - 1);
    return count <= 0;
  }).map(unescapeMarkdown);
}

/** An entry begins with its reason as a heading of the second level. */
function headings(text: string | null): readonly string[] {
  return [...(text ?? "").matchAll(/^## (.*?)\r?$/gm)].map(([, heading]) => heading);
}
