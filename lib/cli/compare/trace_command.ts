import { InputError } from "../../core/check/errors.ts";
import { traceTrial } from "../../runner/check/trace_trial.ts";
import { loadExperiment } from "../../runner/plan/load_experiment.ts";
import type { RunCommand } from "../args/command.ts";
import { readCount } from "../args/experiment_flags.ts";
import { TRUST_FLAG } from "../args/flags.ts";

/** `trace FILE`: writes what stands in a trial's tensors after every step of an epoch; `diff --locate` reads it. */
export const traceCommand: RunCommand = async (line, terminal) => {
  const [file] = line.operands;
  const trial = line.value("trial");
  const epoch = readCount(line, "epoch");
  if (file === undefined || trial === undefined || epoch === undefined) {
    throw new InputError("Cannot trace: it must be given FILE, --trial ID and --epoch N, found less");
  }
  const steps = await traceTrial(await loadExperiment(file, { isTrusted: line.has(TRUST_FLAG.name) }), {
    trial,
    epoch,
    faultEpoch: readCount(line, "inject-fault"),
    dataDir: line.value("data"),
  });
  for (const step of steps) terminal.write(`${JSON.stringify(step)}\n`);
  return 0;
};
