import type { TextTable } from "../summary/text_table.ts";

const ESCAPED: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  "_": "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "±": "$\\pm$",
  "−": "$-$",
  "–": "--",
  "…": "\\dots{}",
};

/** Returns a text that LaTeX sets as it is; line ends become spaces. */
export function escapeLatex(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\{}$&#%_^~<>|"±−–…]/g, (letter) => ESCAPED[letter]);
}

/** Returns a table in LaTeX, with the rules of the package booktabs; text columns left, numbers right. */
export function latexTable({ head, rows }: TextTable): string {
  const isNumeric = head.map((_, column) => rows.every((row) => /^[−+<]?\s?\d|^$/.test(row[column] ?? "")));
  const line = (cells: readonly string[]) =>
    `  ${head.map((_, column) => escapeLatex(cells[column] ?? "")).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{${isNumeric.map((numeric) => numeric ? "r" : "l").join("")}}`,
    "  \\toprule",
    line(head),
    "  \\midrule",
    ...rows.map(line),
    "  \\bottomrule",
    "\\end{tabular}",
    "",
  ].join("\n");
}
