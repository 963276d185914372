import { assertEquals } from "@std/assert";
import { formatFloat32, formatFloat64 } from "../../lib/core/number_text.ts";
import { openStream } from "../../lib/core/random.ts";

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

const FLOAT32: readonly (readonly [number, string])[] = [
  [0.1, "0.1"],
  [1 / 3, "0.33333334"],
  [16777216, "16777216"],
  [3.4028234663852886e38, "3.4028235e+38"],
  [1e-45, "1e-45"],
];

for (const [value, text] of FLOAT32) {
  Deno.test(`formatFloat32(${value}) is ${text}`, () =>
    assertEquals(formatFloat32(Math.fround(value)), text));
}

Deno.test("formatFloat64() and formatFloat32() read back as the same bits", () => {
  const stream = openStream("number_text");
  const words = new Uint32Array(2);
  const [float64] = [new Float64Array(words.buffer)];
  const float32 = new Float32Array(words.buffer);
  for (let i = 0; i < 20_000; i++) {
    words.set([stream.uint32(), stream.uint32()]);
    assertEquals(Number(formatFloat64(float64[0])), float64[0]);
    assertEquals(Math.fround(Number(formatFloat32(float32[0]))), float32[0]);
  }
});
