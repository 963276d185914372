import { mcnemarTest } from "../../lib/statistics/mcnemar_test.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("mcnemarTest() gives the exact p-values of statsmodels", () => {
  for (const { onlyLeft, onlyRight, p } of FIXTURES.mcnemar) {
    assertClose([mcnemarTest({ onlyLeft, onlyRight })], [p], `${onlyLeft} against ${onlyRight}`);
  }
});
