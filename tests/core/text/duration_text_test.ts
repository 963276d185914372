import { assertEquals } from "@std/assert";
import { durationText } from "../../../lib/core/text/duration_text.ts";

const DURATIONS: readonly (readonly [timeMs: number, text: string])[] = [
  [-5, "0 s"],
  [0, "0 s"],
  [499, "0 s"],
  [500, "1 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [125_000, "2 min 5 s"],
  [3_600_000, "1 h"],
  [3_725_000, "1 h 2 min"],
  [90_061_000, "1 d 1 h"],
  [86_405_000, "1 d 5 s"],
];

Deno.test("durationText() returns the two largest units of a time", () => {
  assertEquals(DURATIONS.map(([timeMs]) => durationText(timeMs)), DURATIONS.map(([, text]) => text));
});
