import { assertEquals } from "@std/assert";
import { compareWithWinner } from "../../../lib/report/evidence/compare_points.ts";
import { leadText } from "../../../lib/report/evidence/lead_text.ts";
import { gridSummary, IRIS, type PointValues } from "./grid_summary.ts";

const FAR = [[{ rate: 1 }, [0.9, 0.91, 0.92]], [{ rate: 2 }, [0.5, 0.52, 0.51]]] as const;
const wide = (count: number): readonly PointValues[] =>
  Array.from(
    { length: count },
    (_, index) => [{ rate: index, depth: 1 + index % 2 }, [0.9, 0.8, 0.7 - index / 1e4]],
  );

const CASES: Readonly<Record<string, readonly [rows: readonly PointValues[], text: string]>> = {
  "names those that cannot be told apart": [
    IRIS,
    "hidden=8 leads; 4, 16 and 2 cannot be told from it with 5 repeats; about 20 would be needed for 16.",
  ],
  "names the only other point, which is worse": [FAR, "rate=1 leads; it is better than 2."],
  "names both kinds": [
    [...FAR, [{ rate: 3 }, [0.91, 0.9, 0.91]]],
    "rate=1 leads; it is better than 2; 3 cannot be told from it with 3 repeats; about 97 would be needed.",
  ],
  "says when all others are worse": [
    [...FAR, [{ rate: 3 }, [0.4, 0.42, 0.41]]],
    "rate=1 leads; it is better than each of the other 2 points.",
  ],
  "counts points whose names are long": [
    wide(8),
    "rate=0, depth=1 leads; none of the other 7 points can be told from it with 3 repeats; about 26 would be needed for " +
    "rate=1, depth=2.",
  ],
  "has too few repeats": [
    [[{ rate: 1 }, [0.9, 0.8]], [{ rate: 2 }, [0.5, 0.5]]],
    "rate=1 leads, and 2 repeats are too few to tell another point from it; 3 are the fewest.",
  ],
  "says nothing beyond the seed with one repeat": [
    [[{ rate: 1 }, [0.75]], [{ rate: 2 }, [0.5]]],
    "rate=1 leads. With one repeat, nothing can be said beyond this seed: on 4 rows, its accuracy of 75.00 % has the " +
    "95 % interval 30.06 % to 95.44 % (Wilson).",
  ],
  "has one point": [[[{ rate: 1 }, [0.75]]], "There is one point, rate=1, and nothing to compare it with."],
  "counts those without a result apart": [
    [...FAR, [{ rate: 3 }, [null, null, null]]],
    "rate=1 leads; it is better than 2; 1 other has no result to compare.",
  ],
  "has no winner": [
    [[{ rate: 1 }, [null]], [{ rate: 2 }, [null]]],
    "No point has all of its repeats done.",
  ],
  "claims nothing of three equal differences, as accuracies on few rows give them": [
    [[{ rate: 1 }, [0.9, 0.8, 0.7]], [{ rate: 2 }, [0.8, 0.7, 0.6]]],
    "rate=1 leads; 2 cannot be told from it with 3 repeats; about 4 would be needed.",
  ],
  "knows equal points": [
    [[{ rate: 1 }, [0.9, 0.8, 0.7]], [{ rate: 2 }, [0.9, 0.8, 0.7]]],
    "rate=1 leads; 2 cannot be told from it with 3 repeats.",
  ],
};

for (const [what, [rows, text]] of Object.entries(CASES)) {
  Deno.test(`leadText() ${what}`, () => {
    const summary = gridSummary(rows);
    assertEquals(leadText(summary, compareWithWinner(summary)), text);
  });
}
