import { assert, assertEquals } from "@std/assert";
import { exp, expm1, log } from "../../../lib/core/numbers/exp_log.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { assertNear, bigExp, SCALE, toBig } from "./exact.ts";

Deno.test("exp() is within two units in the last place of the exact value, and rounds right to float32", () => {
  const stream = openStream("exp");
  for (let i = 0; i < 3000; i++) {
    const x = Math.fround(stream.normal() * 15);
    const exact = bigExp(x);
    const error = toBig(exp(x)) - exact;
    assert((error < 0n ? -error : error) <= exact >> 51n, `exp(${x}) = ${exp(x)}`);
    const rounded = Math.fround(exp(x));
    // Exact lies within half a unit of float32: between the midpoints to both neighbours.
    const unit = Math.fround(rounded * 1.1920929e-7);
    assert((toBig(rounded + unit) + toBig(rounded)) / 2n >= exact, `fround(exp(${x}))`);
    assert((toBig(rounded - unit) + toBig(rounded)) / 2n <= exact, `fround(exp(${x}))`);
  }
});

Deno.test("expm1() has a relative error below 2^-51, also near 0", () => {
  const stream = openStream("expm1");
  for (let i = 0; i < 100_000; i++) {
    const x = Math.fround(stream.normal() * (i % 2 === 0 ? 15 : 1 / (1 + stream.below(1e6))));
    assertNear(expm1(x), bigExp(x) - (1n << SCALE), { bits: 51n, what: `expm1(${x})` });
  }
});

Deno.test("log() undoes exp() to within its rounding", () => {
  const stream = openStream("log");
  for (let i = 0; i < 10000; i++) {
    const x = stream.normal() * 20;
    assert(Math.abs(log(exp(x)) - x) <= 4e-16 * Math.max(1, Math.abs(x)), `log(exp(${x})) = ${log(exp(x))}`);
  }
});

const EXACT: readonly (readonly [name: string, actual: number, expected: number])[] = [
  ["exp(0)", exp(0), 1],
  ["exp(-0)", exp(-0), 1],
  ["exp(NaN)", exp(NaN), NaN],
  ["exp(-1000), clamped", exp(-1000), exp(-708)],
  ["exp(1000), clamped", exp(1000), exp(709)],
  ["exp(-Infinity), clamped", exp(-Infinity), exp(-708)],
  ["expm1(0)", expm1(0), 0],
  ["expm1(-Infinity)", expm1(-Infinity), -1],
  ["expm1(NaN)", expm1(NaN), NaN],
  ["log(1)", log(1), 0],
  ["log(2)", log(2), Math.LN2],
  ["log(10)", log(10), Math.LN10],
  ["log(NaN)", log(NaN), NaN],
];

for (const [name, actual, expected] of EXACT) {
  Deno.test(`${name} is ${expected}`, () => assertEquals(actual, expected));
}
