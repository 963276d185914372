import { assertEquals } from "@std/assert";
import { reproduceCommand } from "../../../lib/report/story/reproduce.ts";
import { threeTrials } from "../three_trials.ts";

Deno.test("reproduceCommand() leaves a quote to the shell as it is", () => {
  const quoted = { ...threeTrials(), overrides: ["data.label=it's"] };
  assertEquals(
    reproduceCommand(quoted),
    "deno task run experiments/fake_question.ts --set 'data.label=it'\\''s' --results another_folder",
  );
});
