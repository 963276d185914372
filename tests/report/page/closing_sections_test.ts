import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  duplicatesSection,
  lossesSection,
  reproduceSection,
  warningsSection,
} from "../../../lib/report/page/closing_sections.ts";
import { threeTrials } from "../three_trials.ts";

const SUMMARY = threeTrials();
const row = (first: string, ...cells: readonly string[]) =>
  `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join("\n")}</tr>`;

Deno.test("warningsSection() names each warning and each lost trial with its reason, and is null without one", () => {
  const warnings = [{ code: "c", where: "column <x>", message: "it counts" }];
  assertStringIncludes(
    warningsSection({ ...SUMMARY, warnings })!.markup,
    "<li><strong>column &lt;x&gt;</strong>: it counts.</li>",
  );
  assertStringIncludes(
    warningsSection(SUMMARY)!.markup,
    "<li>1 trial diverged: loss is NaN, at once (rate=0.2).</li>",
  );
  const plain = { ...SUMMARY, trials: [], duplicates: [] };
  assertEquals(warningsSection({ ...plain, warnings: [] }), null);
  assertEquals(warningsSection(plain), null);
});

Deno.test("lossesSection() names the trials that failed or diverged, 200 at most", () => {
  const lost = SUMMARY.trials.find(({ status }) => status === "diverged")!;
  const { markup } = lossesSection(SUMMARY)!;
  assertStringIncludes(markup, row("0.2-0", "rate=0.2", "0", "diverged", "loss is NaN, at once"));
  assertEquals(markup.match(/<th scope="row">/g)?.length, 1);
  const many = lossesSection({ ...SUMMARY, trials: Array(201).fill({ ...lost, status: "failed" }) })!.markup;
  assertEquals(many.match(/<th scope="row">/g)?.length, 200);
  assertStringIncludes(many, "The first 200 of 201; trials.csv has all.");
  assertEquals(lossesSection({ ...SUMMARY, trials: [] }), null);
});

Deno.test("duplicatesSection() says which point is which, and is null without one", () => {
  assertStringIncludes(duplicatesSection(SUMMARY)!.markup, row("rate=0.4", "rate=0.1"));
  assertEquals(duplicatesSection({ ...SUMMARY, duplicates: [] }), null);
});

Deno.test("reproduceSection() has the command, what it depends on, and the winner's settings", () => {
  const { markup } = reproduceSection(SUMMARY);
  assertStringIncludes(markup, "<pre><code>deno task run experiments/fake_question.ts</code></pre>");
  assertStringIncludes(markup, row("seed", "1"));
  assertStringIncludes(markup, row("data, SHA-256", "d"));
  assertStringIncludes(markup, "&quot;learningRate&quot;: 1");
  assertEquals(reproduceSection({ ...SUMMARY, winner: null }).markup.includes("<details>"), false);
});
