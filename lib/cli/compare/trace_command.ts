import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { traceTrial } from "../../runner/check/trace_trial.ts";
import { loadExperiment } from "../../runner/plan/load_experiment.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";

/** `trace FILE`: writes digests of a trial's tensors after every step of an epoch; `diff --locate` reads them. */
export const traceCommand: RunCommand = async (line, terminal) => {
  const [file] = line.operands;
  const trial = line.get(FLAGS.tracedTrial);
  const epoch = line.get(FLAGS.epoch);
  if (file === undefined || trial === undefined || epoch === undefined) {
    throw new InputError("Cannot trace: it must be given FILE, --trial ID and --epoch N");
  }
  const steps = await traceTrial(await loadExperiment(file, { isTrusted: line.get(FLAGS.trustExperiment) }), {
    trial,
    epoch,
    faultEpoch: line.get(FLAGS.traceFault),
    dataDir: line.get(FLAGS.data),
  });
  for (const step of steps) terminal.write(`${JSON.stringify(step)}\n`);
  return EXIT_CODES.good;
};
