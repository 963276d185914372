import type { Summary } from "../summary/summary.ts";
import { overrideFlags } from "./reproduce.ts";

/** A command about a trial. */
export interface TrialCommand {
  /** What it does. */
  readonly title: string;
  /** The first `{trial}` stands for the trial's id, the first `{epoch}` for one of its epochs. */
  readonly text: string;
}

/** Returns the commands that look into a trial of an experiment. */
export function trialCommands(summary: Pick<Summary, "experiment" | "overrides">): readonly TrialCommand[] {
  const { experiment: { name }, overrides } = summary;
  const file = `experiments/${name}.ts`;
  const trace = {
    title: "Replay an epoch and write a digest of every tensor",
    text: `deno task trace ${file} --trial {trial} --epoch {epoch}`,
  };
  const exported = {
    title: "Write its model to a file",
    text: `deno task export ${file} --trial {trial} --format onnx --out model.onnx${overrideFlags(summary)}`,
  };
  // A trace reads the file as it is, whose grid has none of the overridden trials.
  return overrides.length === 0 ? [trace, exported] : [exported];
}
