import { assertEquals } from "@std/assert";
import { selectionOptimism } from "../../../lib/report/evidence/selection_optimism.ts";
import { optimismText } from "../../../lib/report/evidence/test_text.ts";
import { assertClose } from "../../golden/fixtures.ts";
import { gridSummary } from "./grid_summary.ts";

Deno.test("selectionOptimism() takes out what a repeat does to all points alike", () => {
  const noise = [[0.01, -0.01, 0], [-0.01, 0.01, 0]];
  const repeats = [0, 0.1, 0.2];
  const summary = gridSummary(
    noise.map((row, rate) => [{ rate }, row.map((e, repeat) => 0.5 + e + repeats[repeat])]),
  );
  const { points, gain, from } = selectionOptimism(summary)!;
  assertEquals([points, from], [2, "repeats"]);
  // Four squares of 0.01 over 1 x 2 degrees of freedom and three repeats; the larger of two normal values is 1 / sqrt(pi).
  assertClose([gain], [Math.sqrt(4e-4 / 2 / 3) / Math.sqrt(Math.PI)], "gain");
});

Deno.test("selectionOptimism() takes the error of the validation rows with one repeat", () => {
  const summary = gridSummary([[{ rate: 1 }, [0.5]], [{ rate: 2 }, [0.25]]]);
  const optimism = selectionOptimism(summary)!;
  assertClose([optimism.gain], [0.25 / Math.sqrt(Math.PI)], "gain");
  assertEquals(
    optimismText(optimism, summary),
    "The winner was chosen as the best of 2 points: if all were equally good, the choice alone would raise its " +
      "validation accuracy by at most about 14.10 points. Its test accuracy was not chosen and has no such gain.",
  );
});

Deno.test("selectionOptimism() is null for one point", () => {
  const summary = gridSummary([[{ rate: 1 }, [0.5, 0.6]]]);
  assertEquals(selectionOptimism(summary), null);
  assertEquals(optimismText(null, summary), null);
});
