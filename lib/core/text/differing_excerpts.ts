/** Returns an excerpt of each text around the first character that differs; short texts are returned whole. */
export function differingExcerpts(
  [left, right]: readonly [string, string],
  { letters }: { readonly letters: number },
): readonly [string, string] {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const start = Math.max(0, at - Math.floor(letters / 4));
  return [excerpt(left, { start, letters }), excerpt(right, { start, letters })];
}

function excerpt(
  text: string,
  { start, letters }: { readonly start: number; readonly letters: number },
): string {
  if (text.length <= letters) return text;
  const end = start + letters;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
