import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { checkText } from "../../report/gate/check_text.ts";
import { type Acceptance, acceptBaseline } from "../../runner/check/accept_baseline.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import { readTraining } from "../args/training_settings.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { isCi } from "../process/is_ci.ts";
import { createProgress } from "../progress/create_progress.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { countsText } from "../text/outcome_text.ts";

/** `baseline FILE… --reason "…"`: accepts new results. */
export const baselineCommand: RunCommand = async (line, terminal) => {
  const reason = readReason(line);
  if (isCi(Deno.env.get("CI"))) {
    throw new InputError(
      "Cannot accept results: it must be done where they can be reviewed, found CI set; run it at home and " +
        "commit results/",
    );
  }
  const loaded = await loadFiles(line.operands, { line });
  using interrupt = listenForInterrupt(terminal);
  const training = readTraining(line);
  let code: number = EXIT_CODES.good;
  for (const experiment of loaded) {
    using progress = await createProgress(terminal, training);
    const acceptance = await acceptBaseline(experiment, {
      ...training,
      reason,
      allowDirty: line.get(FLAGS.allowDirty),
      allowDiverged: line.get(FLAGS.allowDiverged),
      signal: interrupt.signal,
      clock: () => performance.now(),
      observe: progress.observe,
    });
    terminal.write(wrapText(acceptanceText(acceptance), terminal));
    if (interrupt.signal.aborted) return EXIT_CODES.interrupted;
    if (!acceptance.accepted) code = EXIT_CODES.lostTrial;
  }
  return code;
};

function readReason(line: CommandLine): string {
  const reason = line.get(FLAGS.reason)?.trim();
  if (reason) return reason;
  throw new InputError('Cannot accept results: --reason "…" must say why they change');
}

function acceptanceText({ outcome, accepted, comparison }: Acceptance): string {
  const { experiment } = outcome.summary;
  if (!accepted) {
    return `${experiment.name}: not accepted, ${countsText(outcome.summary)}; the results are as they were\n`;
  }
  const before = comparison === null
    ? `${experiment.name}: the first baseline\n`
    : checkText(comparison, { isAccepted: true });
  return `${before}  accepted ${outcome.folder}; git diff shows it, git add and commit keep it\n`;
}
