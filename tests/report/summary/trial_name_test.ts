import { assertEquals } from "@std/assert";
import { pointName, trialName } from "../../../lib/report/summary/trial_name.ts";

Deno.test("pointName() has words for a point without axes, and takes the text of values that it is given", () => {
  assertEquals(pointName({ rate: 0.1, kind: null }), "rate=0.1, kind=null");
  assertEquals(pointName({ rate: 0.1 }, { valueText: () => "?" }), "rate=?");
  assertEquals(pointName({}), "the only point");
});

Deno.test("trialName() names repeats behind the first", () => {
  assertEquals(trialName({ point: { rate: 0.1 }, repeat: 0 }), "rate=0.1");
  assertEquals(trialName({ point: { rate: 0.1 }, repeat: 2 }), "rate=0.1 (repeat 2)");
  assertEquals(trialName({ point: {}, repeat: 1 }), "the only point (repeat 1)");
});

Deno.test("trialName() names the fold behind the repeat", () => {
  assertEquals(trialName({ point: { rate: 0.1 }, repeat: 0, fold: 0 }), "rate=0.1 (fold 0)");
  assertEquals(trialName({ point: { rate: 0.1 }, repeat: 1, fold: 3 }), "rate=0.1 (repeat 1, fold 3)");
});
