import { assertEquals } from "@std/assert";
import { githubAnnotations } from "../../../lib/report/gate/github_output.ts";
import { FINDING } from "../compare/fakes.ts";

Deno.test("githubAnnotations() escapes what a command may not hold, and keeps to ten of a kind", () => {
  const text = githubAnnotations(Array.from({ length: 12 }, () => ({ ...FINDING })));
  const lines = text.trimEnd().split("\n");
  assertEquals(
    lines[0],
    "::error file=experiments/a%2Cb.ts,line=1,title=Accuracy regression::" +
      'fake: rate="<1>": 50.00 %25%0Aworse & \u0000worse',
  );
  assertEquals([lines.length, lines[9]], [10, "::error title=Seedbed::and 3 more, see the summary"]);
});
