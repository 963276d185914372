import { assert, assertEquals } from "@std/assert";
import { axisStyles, sequenceColour } from "../../../lib/report/charts/axis_colours.ts";

/** The grounds of light and dark pages. */
const GROUNDS = ["#fefefe", "#14181d"];

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const [low, high] = [luminance(left), luminance(right)].toSorted((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

Deno.test("sequenceColour() gets lighter from 0 to 1", () => {
  const places = Array.from({ length: 21 }, (_, index) => luminance(sequenceColour(index / 20)));
  assertEquals(places, places.toSorted((left, right) => left - right));
  assertEquals([sequenceColour(0), sequenceColour(1)], ["#2f5fd0", "#d97a1a"]);
});

Deno.test("axisStyles() has a contrast of 3 on light and dark pages, in every colour", () => {
  const words = ["a", "b", "c", "d", "e", "f"];
  const colours = [
    ...axisStyles("word", { values: words }),
    ...axisStyles("rate", { values: [1, 2, 3, 4, 5, 6, 7] }),
  ]
    .map(({ colour }) => colour);
  for (const colour of colours) {
    for (const ground of GROUNDS) assert(contrast(colour, ground) >= 2.95, `${colour} on ${ground}`);
  }
});

Deno.test("axisStyles() follows the scale of numbers, and gives each category a line of its own", () => {
  const ofNumbers = axisStyles("rate", { values: [0.001, 0.01, 0.1] });
  assertEquals(ofNumbers, [0, 0.5, 1].map((place) => ({ colour: sequenceColour(place), dash: [] })));
  const mixed = axisStyles("normalization", { values: [null, "batchnorm", 3, true] });
  assertEquals(new Set(mixed.map(({ colour }) => colour)).size, 4);
  const many = axisStyles("word", { values: Array.from({ length: 24 }, (_, index) => `w${index}`) });
  assertEquals(new Set(many.map(({ colour, dash }) => `${colour} ${dash}`)).size, 24);
});
