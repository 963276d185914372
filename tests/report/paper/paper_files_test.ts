import { parse } from "@std/csv";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { paperFiles } from "../../../lib/report/paper/paper_files.ts";
import { assertClose } from "../../golden/fixtures.ts";
import { gridSummary, IRIS } from "../evidence/grid_summary.ts";
import { fakeInspection } from "../fakes.ts";
import { threeTrials } from "../three_trials.ts";

const FILES = paperFiles({ summary: gridSummary(IRIS), curves: new Map(), inspection: fakeInspection() });

Deno.test("paperFiles() has methods, and each table as Markdown, LaTeX and CSV", () => {
  const tables = ["points", "winner", "settings", "classes"];
  const names = tables.flatMap((name) => [`${name}.md`, `${name}.tex`, `${name}.csv`]);
  assertEquals([...FILES.keys()], ["methods.md", "methods.tex", ...names]);
  assertStringIncludes(
    FILES.get("methods.md")!,
    "at 4 points of a grid: `hidden` in {2, 4, 8, 16}. Each point is trained 5 times",
  );
  assertStringIncludes(
    FILES.get("methods.tex")!,
    "at 4 points of a grid: \\texttt{hidden} in \\{2, 4, 8, 16\\}.",
  );
  assertStringIncludes(
    FILES.get("points.md")!,
    "| 2 | 4 | 92.67 % ± 5.40 % | 5 of 5 | −0.67 ± 4.53 | 0.704 | 1.000 |\n",
  );
  assertStringIncludes(
    FILES.get("points.tex")!,
    "  2 & 4 & 92.67 \\% $\\pm$ 5.40 \\% & 5 of 5 & $-$0.67 $\\pm$ 4.53 & 0.704 & 1.000 \\\\\n",
  );
});

Deno.test("paperFiles() has the points with all digits as CSV", () => {
  const [first, second] = parse(FILES.get("points.csv")!, { skipFirstRow: true });
  assertEquals([first.rank, first.hidden, first.repeats, first.difference], ["1", "8", "5", ""]);
  assertClose([Number(second.difference), Number(second.p_holm)], [-2 / 300, 0.704], "numbers");
  assertEquals([second.p_sign_flips, second.repeats_needed], ["1", "238"]);
});

Deno.test("paperFiles() says what was not done: a test, a comparison, trials that were lost", () => {
  const { winner, ...summary } = threeTrials();
  const texts = paperFiles({ summary: { ...summary, winner: null }, curves: new Map(), inspection: null });
  assertEquals([...texts.keys()].filter((name) => name.endsWith(".md")), ["methods.md", "points.md"]);
  const text = texts.get("methods.md")!;
  for (
    const part of [
      "The test split has not been used.",
      "no test between points is made",
      "Of the trials, 1 diverged.",
    ]
  ) {
    assertStringIncludes(text, part);
  }
  assertEquals(winner === null, false);
});
