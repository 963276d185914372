import { assertEquals } from "@std/assert";
import { escapeLatex, latexTable } from "../../../lib/report/paper/latex.ts";

Deno.test("escapeLatex() leaves nothing that LaTeX reads as a command", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a_b & 50 % of #1", "a\\_b \\& 50 \\% of \\#1"],
    ["\\input{x}", "\\textbackslash{}input\\{x\\}"],
    ["$x^2$ ~ <y>", "\\$x\\textasciicircum{}2\\$ \\textasciitilde{} \\textless{}y\\textgreater{}"],
    ["−2.00 ± 3.70", "$-$2.00 $\\pm$ 3.70"],
    ["two\nlines\ttab", "two lines tab"],
    ["plain text, 0.5", "plain text, 0.5"],
  ];
  for (const [text, escaped] of cases) assertEquals(escapeLatex(text), escaped);
});

Deno.test("latexTable() has the rules of booktabs, with texts left and numbers right", () => {
  const rows = [["a & b", "1.5", "< 0.001"], ["c", "−2", ""]];
  assertEquals(
    latexTable({ head: ["name", "x_1", "p"], rows }),
    [
      "\\begin{tabular}{lrr}",
      "  \\toprule",
      "  name & x\\_1 & p \\\\",
      "  \\midrule",
      "  a \\& b & 1.5 & \\textless{} 0.001 \\\\",
      "  c & $-$2 &  \\\\",
      "  \\bottomrule",
      "\\end{tabular}",
      "",
    ].join("\n"),
  );
});
