import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { formatFloat64 } from "../../../lib/core/text/number_text.ts";

const FLOAT64: readonly (readonly [number, string])[] = [
  [0, "0"],
  [-0, "-0"],
  [1, "1"],
  [-1.5, "-1.5"],
  [0.1, "0.1"],
  [0.1 + 0.2, "0.30000000000000004"],
  [1e-7, "1e-7"],
  [0.0005, "0.0005"],
  [1e21, "1e+21"],
  [123456789012, "123456789012"],
  [5e-324, "4.94065645841247e-324"],
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
];

for (const [value, text] of FLOAT64) {
  Deno.test(`formatFloat64(${Object.is(value, -0) ? "-0" : value}) is ${text}`, () =>
    assertEquals(formatFloat64(value), text));
}

Deno.test("formatFloat64() reads back as the same bits", () => {
  const stream = openStream("number_text");
  const words = new Uint32Array(2);
  const float64 = new Float64Array(words.buffer);
  for (let i = 0; i < 20_000; i++) {
    words.set([stream.uint32(), stream.uint32()]);
    assertEquals(Number(formatFloat64(float64[0])), float64[0]);
  }
});
