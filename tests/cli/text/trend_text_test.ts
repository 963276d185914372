import { assertEquals } from "@std/assert";
import { textWidth } from "../../../lib/cli/terminal/text_width.ts";
import { trendText } from "../../../lib/cli/text/trend_text.ts";
import { FIRST, HISTORY, trendOf } from "../../report/trend/fakes.ts";

const FOLLOWED = [{ id: "0.1-0", point: { rate: 0.1 }, repeat: 0 }];

Deno.test("trendText() has bars, a row a commit that changed results, and what it changed and why", () => {
  assertEquals(
    trendText(trendOf(HISTORY), { columns: null }),
    `winner  ▅▅▅ ▅ ▅  75.00 % → 75.00 %
mean    ▁██ █ █  62.50 % → 68.75 %
date        commit  validation  test     mean     change       point     what
2026-01-31  c0      75.00 %     50.00 %  62.50 %  first        rate=0.2  the first
2026-01-31  c2      75.00 %     50.00 %  68.75 %  accuracy     rate=0.2  faster
2026-01-31  c3      75.00 %     50.00 %  68.75 %  bits         rate=0.2  <b>other</b> bits
2026-01-31  c4                                    damaged                a mistake
2026-01-31  c5      75.00 %     50.00 %  68.75 %  declaration  rate=0.2  another seed
2026-01-31  c6                                    absent                 removed
            —       75.00 %     50.00 %  68.75 %  none         rate=0.2  again
1 commit changed other files only, such as the report, and is left out.
c2: 1 of 2 trials with other bits, 1 with another accuracy; in percentage points: mean of the points +6.25; reason: a faster \`kernel\` <1>
c3: 1 of 2 trials with other bits, all accuracies as before
c4: Cannot read c4: it must be JSON, found an empty file
c5: declared otherwise: seed
c6: there is no summary.json
`,
  );
});

Deno.test("trendText() fits a terminal of 80 columns, and one of 120, however long the names are", () => {
  const point = { rate: "a".repeat(100) };
  const winner = { ...FIRST.winner!, point };
  const long = {
    summary: { ...FIRST, winner },
    subject: "word ".repeat(40),
    changes: `## ${"why ".repeat(40)}`,
  };
  const trend = trendOf([...HISTORY, long, ...Array(200).fill({ summary: FIRST })], FOLLOWED);
  for (const columns of [80, 120]) {
    const wide = trendText(trend, { columns }).split("\n").filter((line) => textWidth(line) > columns);
    assertEquals(wide, []);
  }
});

Deno.test("trendText() has no bars when there is no accuracy", () => {
  assertEquals(
    trendText(trendOf([{ problem: "Cannot read it" }]), { columns: 80 }),
    "date        commit  validation  test  mean  change   point  what\n" +
      "2026-01-31  c0                              damaged         a change\nc0: Cannot read it\n",
  );
});
