import { assert, assertEquals } from "@std/assert";
import { NumberScanner } from "../../../lib/data/text/number_scanner.ts";
import { fc } from "../../properties/fast_check.ts";
import { settings } from "../../properties/settings.ts";

const [COMMA, SEMICOLON, POINT] = [",", ";", "."].map((char) => char.charCodeAt(0));

/** Returns the number that is read and the place after it; null if it is left to a slower way. */
function scan(text: string, { separator = COMMA, point = POINT } = {}): readonly [number, number] | null {
  const scanner = new NumberScanner({ separator, point });
  const next = scanner.scan(new TextEncoder().encode(`${text}\n`), 0);
  return next === -1 ? null : [scanner.value, next];
}

Deno.test("NumberScanner reads a number to its separator or line end", () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ["1,2", 1, 1],
    ["-1.5", -1.5, 4],
    ["+.25e2,", 25, 6],
    ["5.\r", 5, 3],
    ["-0", -0, 2],
    ["0.1", 0.1, 3],
    ["1e22", 1e22, 4],
    ["9007199254740994", 9007199254740994, 16],
    ["0.30000000000000004", 0.30000000000000004, 19],
  ];
  for (const [text, value, next] of cases) assertEquals(scan(text), [value, next], text);
  assertEquals(scan("1,5;", { separator: SEMICOLON, point: COMMA }), [1.5, 3]);
  assertEquals(scan("1,5", { separator: COMMA, point: COMMA }), [1, 1]);
});

Deno.test("NumberScanner leaves what needs more care", () => {
  for (
    const text of [
      "",
      ",",
      ".",
      "-",
      "e5",
      "1e",
      "1e+",
      " 1",
      "1 ",
      '"1"',
      "1x",
      "1e23",
      "1e-400",
      "0x1",
      "nan",
      "1\r2",
    ]
  ) {
    assertEquals(scan(text), null, text);
  }
});

Deno.test("NumberScanner reads each number as Number does", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 24 });
  const texts = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ min: -1, max: 1, noNaN: true }).map(String),
    fc.tuple(digits, digits).map(([whole, fraction]) => `${whole}.${fraction}`),
    fc.tuple(digits, fc.integer({ min: -30, max: 30 })).map(([whole, exponent]) => `-${whole}e${exponent}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const found = scan(text);
      if (found !== null) assert(Object.is(found[0], Number(text)), `${text} was read as ${found[0]}`);
    }),
    settings(20_000),
  );
});
