import { assert, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { fusedMultiplyAdd } from "../../../lib/kernels/contract/fused_multiply_add.ts";

/** Every finite float32 is a whole number of these. */
const UNITS = 149n;

function toUnits(value: number, power: bigint): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0];
  const exponent = bits >> 52n & 0x7ffn;
  const mantissa = exponent === 0n ? bits & 0xfffffffffffffn : bits & 0xfffffffffffffn | 0x10000000000000n;
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + power;
  const magnitude = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return value < 0 ? -magnitude : magnitude;
}

/** Rounds a whole number of 2^-298 to float32, ties to even, by whole numbers alone. */
function roundToFloat32(units: bigint): number {
  const negative = units < 0n;
  const magnitude = negative ? -units : units;
  const bits = BigInt(magnitude.toString(2).length);
  // A float32 keeps 24 bits, or fewer where the last of them would lie below 2^-149.
  const dropped = bits - 24n > UNITS ? bits - 24n : UNITS;
  let kept = magnitude >> dropped;
  const rest = magnitude - (kept << dropped);
  const half = 1n << dropped - 1n;
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  let value = Number(kept);
  for (let shift = dropped - 298n; shift !== 0n; shift += shift < 0n ? 1n : -1n) {
    value *= shift < 0n ? 0.5 : 2;
  }
  return Math.fround(negative ? -value : value);
}

function exactly(a: number, b: number, c: number): number {
  const sum = toUnits(a, UNITS) * toUnits(b, UNITS) + toUnits(c, 2n * UNITS);
  // The sign of an exact zero is that of plain arithmetic.
  return sum === 0n ? Math.fround(a * b + c) : roundToFloat32(sum);
}

Deno.test("fusedMultiplyAdd() rounds the exact value once, on random bit patterns", () => {
  const stream = openStream("fma/bits");
  const words = new Uint32Array(3);
  const [floats] = [new Float32Array(words.buffer)];
  for (let i = 0; i < 20_000; i++) {
    for (let k = 0; k < 3; k++) words[k] = stream.uint32();
    // Exponents near each other, so that the sum is not simply one of its parts.
    words[2] = words[2] & 0x807fffff |
      Math.min(
          254,
          Math.max(0, (words[0] >>> 23 & 255) + (words[1] >>> 23 & 255) - 127 + stream.below(60) - 30),
        ) << 23;
    const [a, b, c] = floats;
    if (!Number.isFinite(a * b * c)) continue;
    assertEquals(fusedMultiplyAdd(a, b, c), exactly(a, b, c), `${a} * ${b} + ${c}`);
  }
});

Deno.test("fusedMultiplyAdd() rounds once where the float64 sum lies halfway between two float32", () => {
  const stream = openStream("fma/halfway");
  let told = 0;
  for (let i = 0; i < 20_000; i++) {
    const c = Math.fround(1 + stream.below(1000) * 2.384185791015625e-7 + 1.1920928955078125e-7);
    // The product is half a unit of c less a trace, d * d of it, that float64 cannot hold together with c.
    const d = stream.below(3) * 3.0517578125e-5;
    const a = Math.fround(5.960464477539063e-8 * (1 + d));
    const b = Math.fround(stream.below(2) === 0 ? 1 - d : d - 1);
    assertEquals(fusedMultiplyAdd(a, b, c), exactly(a, b, c), `${a} * ${b} + ${c}`);
    if (fusedMultiplyAdd(a, b, c) !== Math.fround(a * b + c)) told++;
  }
  assert(told > 0, "no case told rounding once from rounding twice");
});

const SPECIAL: readonly (readonly [a: number, b: number, c: number, expected: number])[] = [
  [0, 0, -0, 0],
  [-0, 1, -0, -0],
  [1, 1, -1, 0],
  [3.4028234663852886e38, 2, -3.4028234663852886e38, 3.4028234663852886e38],
  [3.4028234663852886e38, 2, 0, Infinity],
  [Infinity, 0, 1, NaN],
  [Infinity, 1, -Infinity, NaN],
  [1e-45, 0.5, 1e-45, 2.802596928649634e-45],
  // Half a unit beyond the largest float32 less a trace: rounding twice would overflow.
  [1.0141204801825835e31, 0.9999999403953552, 3.4028234663852886e38, 3.4028234663852886e38],
];

for (const [a, b, c, expected] of SPECIAL) {
  Deno.test(`fusedMultiplyAdd(${a}, ${b}, ${Object.is(c, -0) ? "-0" : c}) is ${expected}`, () => {
    assertEquals(fusedMultiplyAdd(Math.fround(a), Math.fround(b), Math.fround(c)), expected);
  });
}
