import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { outcomeText } from "../../../lib/cli/text/outcome_text.ts";
import { fakeStory } from "../../report/fakes.ts";
import { recordingTerminal } from "../recording_terminal.ts";

function told(question: string): string {
  const { summary } = fakeStory({ rates: 1, epochs: 1, question });
  return outcomeText({ summary, folder: "results/fake_story", status: "complete", ended: 3 }, {
    terminal: recordingTerminal(),
  });
}

Deno.test("outcomeText() shows a question on one line, and the beginning of a long one", () => {
  assertStringIncludes(told("Which rate,\n  and why?"), "fake_story  Which rate, and why?\n");
  const line = told("x".repeat(1_000_000)).split("\n")[1];
  assertEquals(line, `fake_story  ${"x".repeat(300)}…`);
});

Deno.test("outcomeText() begins with the warnings of a summary", () => {
  const { summary } = fakeStory({ rates: 1, epochs: 1 });
  const warnings = [{
    code: "missing_class",
    where: "training split",
    message: "it holds no row of class 2",
  }];
  const text = outcomeText({ summary: { ...summary, warnings }, folder: "f", status: "complete", ended: 3 }, {
    terminal: recordingTerminal(),
  });
  assertStringIncludes(text, "Which rate?\n\nwarning training split: it holds no row of class 2\n\nrank");
});

Deno.test("outcomeText() has axes last, links the report, and shows more facts below it", () => {
  const { summary } = fakeStory({ rates: 1, epochs: 1 });
  const link = (text: string, path: string) => `<${path}>${text}</>`;
  const text = outcomeText({ summary, folder: "results/f", status: "complete", ended: 3 }, {
    terminal: { ...recordingTerminal(), link },
    more: [["next", "open the report"]],
  });
  assertMatch(text, /^rank {2}validation {2}trial +epoch {2}rate +normalization$/m);
  assertStringIncludes(
    text,
    "report      <results/f/report.html>results/f/report.html</>\nnext        open the report\n",
  );
});
