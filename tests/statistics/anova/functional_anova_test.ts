import { assertEquals } from "@std/assert";
import { functionalAnova } from "../../../lib/statistics/anova/functional_anova.ts";
import { assertClose } from "../../golden/fixtures.ts";
import { FIXTURES } from "../statistics_fixtures.ts";

Deno.test("functionalAnova() gives the sums of squares of statsmodels over their total", () => {
  for (const { levelCounts, cells, single, pairs } of FIXTURES.factorials) {
    const found = functionalAnova(cells, { levelCounts })!;
    assertClose(found.single, single, `single factors of ${levelCounts}`);
    assertClose(found.pairs.map(({ share }) => share), pairs, `pairs of ${levelCounts}`);
    const sum = [...found.single, ...found.pairs.map(({ share }) => share), found.rest]
      .reduce((total, share) => total + share, 0);
    assertClose([sum], [1], "sum of all shares");
  }
});

Deno.test("functionalAnova() is null if a combination is missing, twice there, or all values are equal", () => {
  const levelCounts = [2, 2];
  const cell = (first: number, second: number, value: number) => ({ levels: [first, second], value });
  const missing = [cell(0, 0, 1), cell(0, 1, 2), cell(1, 0, 3)];
  assertEquals(functionalAnova(missing, { levelCounts }), null);
  assertEquals(functionalAnova([...missing, cell(1, 0, 4)], { levelCounts }), null);
  const constant = [cell(0, 0, 0.7), cell(0, 1, 0.7), cell(1, 0, 0.7), cell(1, 1, 0.7)];
  assertEquals(functionalAnova(constant, { levelCounts }), null);
});
