import { assertEquals } from "@std/assert";
import { trialCommands } from "../../../lib/report/story/trial_commands.ts";
import { threeTrials } from "../three_trials.ts";

const texts = (overrides: readonly string[]) =>
  trialCommands({ ...threeTrials(), overrides }).map(({ text }) => text);

Deno.test("trialCommands() has the commands that trace and export a trial", () => {
  assertEquals(texts([]), [
    "deno task trace experiments/fake_question.ts --trial {trial} --epoch {epoch}",
    "deno task export experiments/fake_question.ts --trial {trial} --format onnx --out model.onnx",
  ]);
});

Deno.test("trialCommands() has no trace when fields were overridden, and the export has their flags", () => {
  assertEquals(texts(["solver.epochs=2"]), [
    "deno task export experiments/fake_question.ts --trial {trial} --format onnx --out model.onnx " +
    "--set 'solver.epochs=2' --results another_folder",
  ]);
});
