import { assert, assertEquals } from "@std/assert";
import { cosPi } from "../../../lib/core/numbers/cos_pi.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";

const SCALE = 300n;
/** pi times 2^300, by Machin's formula: pi / 4 = 4 arctan(1/5) - arctan(1/239). */
const PI = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));

function arctanOfInverse(n: bigint): bigint {
  let [sum, power] = [0n, (1n << SCALE) / n];
  for (let k = 0n; power !== 0n; k++) {
    sum += (k % 2n === 0n ? power : -power) / (2n * k + 1n);
    power /= n * n;
  }
  return sum;
}

/** Returns 2^300 * value, which is exact for the numbers here. */
function toBig(value: number): bigint {
  if (value === 0) return 0n;
  const bits = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer)[0];
  const shift = (bits >> 52n) - 1075n + SCALE;
  const mantissa = bits & 0xfffffffffffffn | 0x10000000000000n;
  return (shift >= 0n ? mantissa << shift : mantissa >> -shift) * (value < 0 ? -1n : 1n);
}

/** cos(pi x) times 2^300, by its series. */
function bigCosPi(x: number): bigint {
  const angle = PI * toBig(x) >> SCALE;
  let [sum, term] = [0n, 1n << SCALE];
  for (let k = 0n; term !== 0n; k += 2n) {
    sum += term;
    term = -(term * angle >> SCALE) * angle / ((k + 1n) * (k + 2n)) >> SCALE;
    if (term === -1n) break;
  }
  return sum;
}

/** Returns the distance from the exact value in units in the last place of the result. */
function unitsOff(x: number): number {
  const found = cosPi(x);
  const [size] = new BigUint64Array(Float64Array.of(Math.abs(found)).buffer);
  const unit = 2 ** (Number(size >> 52n) - 1075);
  const error = toBig(found) - bigCosPi(x);
  return Number((error < 0n ? -error : error) * 1000n / toBig(unit)) / 1000;
}

Deno.test("cosPi() is within two units in the last place of the exact value", () => {
  const stream = openStream("cosPi");
  const near = [0.25, 0.5, 0.75, 1].flatMap((x) => [x - 2 ** -30, x - 2 ** -54, x - 1e-9]);
  const fractions = Array.from({ length: 200 }, (_, i) => i / 200).filter((x) => x !== 0.5);
  const drawn = Array.from({ length: 5000 }, () => stream.uniform());
  let most = 0;
  for (const x of [...near, ...fractions, ...drawn]) {
    const off = unitsOff(x);
    most = Math.max(most, off);
    assert(off <= 2, `cosPi(${x}) = ${cosPi(x)} is ${off} units off, seed cosPi`);
  }
  assert(most > 0.5, "the comparison can see an error");
});

Deno.test("cosPi() is exact at multiples of one half, and symmetric", () => {
  assertEquals([0, 0.5, 1].map(cosPi), [1, 0, -1]);
  for (const x of [0.1, 0.25, 0.3, 0.375]) assertEquals(cosPi(1 - x) + cosPi(1 - (1 - x)), 0);
});
