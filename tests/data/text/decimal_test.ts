import { assertEquals } from "@std/assert";
import { isDecimal, isWhole, wholeDigits } from "../../../lib/data/text/decimal.ts";

Deno.test("isDecimal() takes decimal numbers and nothing that Number() takes besides", () => {
  const decimals = ["0", "-1.5e3", "+.5", "5.", " 1 ", "1E-7", "00012"];
  const others = [
    "",
    " ",
    "0x10",
    "1_000",
    "1,5",
    "Infinity",
    "NaN",
    "e5",
    ".",
    "1e",
    "--1",
    "1 2",
    "0b1",
    "1n",
  ];
  assertEquals(decimals.filter((text) => !isDecimal(text)), []);
  assertEquals(others.filter(isDecimal), []);
});

Deno.test("isWhole() takes whole numbers that are written out", () => {
  assertEquals(["12", "-12", "+12", "12.0", "12.", " 12 "].filter((text) => !isWhole(text)), []);
  assertEquals(["1e3", "12.5", ".0", "", "1 2"].filter(isWhole), []);
});

Deno.test("wholeDigits() is one text for all texts of a number, beyond what float64 can represent", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["007", "7"],
    ["+7.00", "7"],
    [" 7 ", "7"],
    ["-07", "-7"],
    ["0", "0"],
    ["-0.0", "0"],
    ["12345678901234567890", "12345678901234567890"],
  ];
  for (const [text, digits] of cases) assertEquals(wholeDigits(text), digits);
});
