import { assert, assertEquals } from "@std/assert";
import { exp, log } from "../../../lib/core/numbers/exp_log.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";

/** Returns 2^scale * value as a fraction of whole numbers, exactly. */
function toBig(value: number, scale: bigint): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0];
  const exponent = (bits >> 52n & 0x7ffn) - 1075n;
  const mantissa = (bits & 0xfffffffffffffn | 0x10000000000000n) * (value < 0 ? -1n : 1n);
  const shift = exponent + scale;
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

const SCALE = 300n;

/** e^x times 2^300, by its series after halving x eight times. */
function bigExp(x: number): bigint {
  const r = toBig(x, SCALE) >> 8n;
  let [sum, term] = [1n << SCALE, 1n << SCALE];
  for (let k = 1n; term !== 0n && k < 200n; k++) {
    term = term * r / k >> SCALE;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = sum * sum >> SCALE;
  return sum;
}

Deno.test("exp() is within two units in the last place of the exact value, and rounds right to float32", () => {
  const stream = openStream("exp");
  for (let i = 0; i < 3000; i++) {
    const x = Math.fround(stream.normal() * 15);
    const exact = bigExp(x);
    const error = toBig(exp(x), SCALE) - exact;
    assert((error < 0n ? -error : error) <= exact >> 51n, `exp(${x}) = ${exp(x)}`);
    const rounded = Math.fround(exp(x));
    // Exact lies within half a unit of float32: between the midpoints to both neighbours.
    const unit = Math.fround(rounded * 1.1920929e-7);
    assert((toBig(rounded + unit, SCALE) + toBig(rounded, SCALE)) / 2n >= exact, `fround(exp(${x}))`);
    assert((toBig(rounded - unit, SCALE) + toBig(rounded, SCALE)) / 2n <= exact, `fround(exp(${x}))`);
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
  ["log(1)", log(1), 0],
  ["log(2)", log(2), Math.LN2],
  ["log(10)", log(10), Math.LN10],
  ["log(NaN)", log(NaN), NaN],
];

for (const [name, actual, expected] of EXACT) {
  Deno.test(`${name} is ${expected}`, () => assertEquals(actual, expected));
}
