import { assertEquals } from "@std/assert";
import {
  runsText,
  trialsPerPoint,
  valueNames,
  valuesText,
} from "../../../lib/report/summary/trials_per_point.ts";
import { fakeExperiment } from "../fakes.ts";

const runs = (repeats: number, folds?: number) => {
  const { data } = fakeExperiment();
  return { repeats, data: folds === undefined ? data : { ...data, folds } };
};

const CASES:
  readonly (readonly [repeats: number, folds: number | undefined, trials: number, text: string])[] = [
    [1, undefined, 1, "one repeat"],
    [3, undefined, 3, "3 repeats"],
    [1, 5, 5, "5 folds"],
    [2, 5, 10, "2 repeats of 5 folds"],
  ];

for (const [repeats, folds, trials, text] of CASES) {
  Deno.test(`trialsPerPoint() and runsText() are ${trials} and "${text}" for ${repeats} and ${folds}`, () => {
    assertEquals(trialsPerPoint(runs(repeats, folds)), trials);
    assertEquals([runsText(runs(repeats, folds)), valuesText(trials, { folds })], [text, text]);
  });
}

Deno.test("valuesText() speaks of trials when a repeat lacks folds", () => {
  assertEquals(valuesText(4, { folds: 5 }), "4 trials of 5 folds");
});

Deno.test("valueNames() are repeats, folds, or both", () => {
  assertEquals(valueNames({ values: [1, 2] }), ["repeat 0", "repeat 1"]);
  assertEquals(valueNames({ values: [1, 2], folds: 2 }), ["fold 0", "fold 1"]);
  assertEquals(valueNames({ values: [1, 2, 3, 4], folds: 2 }).slice(2), [
    "repeat 1, fold 0",
    "repeat 1, fold 1",
  ]);
});
