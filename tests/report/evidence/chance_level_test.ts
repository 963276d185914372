import { assertEquals } from "@std/assert";
import { isAtChance } from "../../../lib/report/evidence/chance_level.ts";
import { gridSummary } from "./grid_summary.ts";

/** 100 validation rows: an accuracy of 0.2 has the Wilson interval 0.133 to 0.289. */
const SPLITS = { train: 9, validation: 100, test: 4 };
const DATA = {
  blobs: { kind: "blobs", numClasses: 5, inputDim: 2, spread: 1, seed: 0, ...SPLITS },
  csv: { kind: "csv", file: "x.csv", label: "y", classes: ["a", "b", "c", "d"], seed: 0, ...SPLITS },
  mnist: { kind: "mnist", ...SPLITS },
} as const;

Deno.test("isAtChance() flags an accuracy whose interval has the chance of the data's classes", () => {
  for (
    const [kind, flagged] of [["blobs", [0.1, 0.2]], ["csv", [0.1, 0.2, 0.28, 0.33]], ["mnist", [
      0.1,
    ]]] as const
  ) {
    const summary = gridSummary([[{ rate: 1 }, [0.1]]], { data: DATA[kind] });
    const found = [0.1, 0.2, 0.28, 0.33, 0.5]
      .filter((bestValidationAccuracy) =>
        isAtChance({ ...summary.trials[0], bestValidationAccuracy }, summary)
      );
    assertEquals(found, [...flagged], kind);
  }
});

Deno.test("isAtChance() is false without an accuracy, or where classes or rows are not known", () => {
  const summary = gridSummary([[{ rate: 1 }, [null]]], { data: DATA.mnist });
  assertEquals(isAtChance(summary.trials[0], summary), false);
  const data = [{ kind: "other", ...SPLITS }, { kind: "mnist" }, { kind: "mnist", validation: "many" }];
  for (const one of data) {
    const odd = gridSummary([[{ rate: 1 }, [0.1]]], { data: one as unknown as typeof DATA.mnist });
    assertEquals(isAtChance(odd.trials[0], odd), false);
  }
});
