import { assertEquals } from "@std/assert";
import { changesEntry } from "../../../lib/report/compare/changes_entry.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resultsOf } from "./fakes.ts";

const before = resultsOf({ 0.1: 0.5 });
const after = resultsOf({ 0.1: 0.25 });
const { summary } = after;
const ORIGIN = `- experiment ${
  summary.experimentDigest.slice(0, 16)
}, data d, numerics ${summary.numericsVersion}\n`;

Deno.test("changesEntry() says of a first baseline how many trials and how good the winner is", () => {
  assertEquals(
    changesEntry("A <first> one", { summary, comparison: null, origins: [] }),
    `## A &lt;first&gt; one\n\n- 1 trials\n- validation 25.00 %\n${ORIGIN}`,
  );
});

Deno.test("changesEntry() says of a later baseline what is not as it was", () => {
  const comparison = {
    ...compareResults(before, { current: after }),
    changes: [{ field: "seed", before: "1", after: "2" }],
  };
  assertEquals(
    changesEntry("Another seed", { summary, comparison, origins: [] }),
    "## Another seed\n\n- 1 worse\n- seed 1 -&gt; 2\n" +
      "- winner rate=0.1; validation accuracy 50.00 % -&gt; 25.00 %, worse by 25.00 points\n" + ORIGIN,
  );
});
