/** Indents the lines of a text, but for empty ones, so that it can stand in YAML. */
export function indentLines(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(spaces));
}
