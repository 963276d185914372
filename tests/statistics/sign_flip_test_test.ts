import { assert, assertEquals } from "@std/assert";
import { signFlipTest } from "../../lib/statistics/sign_flip_test.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("signFlipTest() gives scipy's exact p-values", () => {
  for (const { differences, p } of FIXTURES.signFlips) {
    assertClose([signFlipTest(differences, { seed: "unused" })], [p], differences.join(" "));
  }
});

Deno.test("signFlipTest() counts all 2^16 ways for 16 pairs", () => {
  assertEquals(signFlipTest(Array(16).fill(1), { seed: "unused" }), 2 / 65536);
});

Deno.test("signFlipTest() draws seeded flips beyond 16 pairs, near the exact value", () => {
  // Of 17 signs, 6 or fewer and 11 or more minuses: a binomial tail that is known exactly.
  const differences = [...Array(11).fill(1), ...Array(6).fill(-1)];
  const exact = 0.332305908203125;
  const found = ["a", "b"].map((seed) => signFlipTest(differences, { seed }));
  assertEquals(signFlipTest(differences, { seed: "a" }), found[0]);
  assert(found[0] !== found[1], `both seeds gave ${found[0]}`);
  for (const p of found) assert(Math.abs(p - exact) < 0.02, `found ${p}, exact is ${exact}`);
  assertEquals(signFlipTest(Array(40).fill(1), { seed: "a" }), 1 / 10_000);
});
