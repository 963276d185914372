import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { checkText } from "../../report/gate/check_text.ts";
import { type Acceptance, acceptBaseline } from "../../runner/baseline/accept_baseline.ts";
import type { Sample } from "../../runner/check/check_experiment.ts";
import { openKept } from "../../runner/baseline/kept_results.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import { readSeed } from "../args/read_seed.ts";
import { readTraining } from "../args/training_settings.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { isCi } from "../process/is_ci.ts";
import { createProgress } from "../progress/create_progress.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { countsText } from "../text/outcome_text.ts";

const MOST_SHOWN = 5;

/** `baseline FILE… --reason "…"`: accepts new results. */
export const baselineCommand: RunCommand = async (line, terminal) => {
  const reason = readReason(line);
  if (isCi(Deno.env.get("CI"))) {
    throw new InputError(
      "Cannot accept results: it must be done where they can be reviewed, found CI set; run it at home and " +
        "commit results/",
    );
  }
  const verify = readVerify(line);
  const only = line.get(FLAGS.onlyAccepted).map(([axis, value]) => ({ axis, value }));
  const loaded = await loadFiles(line.operands, { line });
  const from = line.get(FLAGS.from);
  const experiments = loaded.map(({ experiment: { name } }) => name);
  await using kept = from === undefined ? undefined : await openKept(from, { experiments });
  using interrupt = listenForInterrupt(terminal);
  const training = readTraining(line);
  let code: number = EXIT_CODES.good;
  for (const experiment of loaded) {
    using progress = await createProgress(terminal, training);
    const acceptance = await acceptBaseline(experiment, {
      ...training,
      reason,
      kept,
      verify,
      only,
      allowDirty: line.get(FLAGS.allowDirty),
      allowDiverged: line.get(FLAGS.allowDiverged),
      signal: interrupt.signal,
      clock: () => performance.now(),
      observe: progress.observe,
    });
    terminal.write(wrapText(acceptanceText(acceptance), terminal));
    if (interrupt.signal.aborted) return EXIT_CODES.interrupted;
    if (acceptance.differences.length > 0) code = Math.max(code, EXIT_CODES.different);
    else if (!acceptance.accepted) code = Math.max(code, EXIT_CODES.lostTrial);
  }
  return code;
};

function readVerify(line: CommandLine): Sample | undefined {
  const trials = line.get(FLAGS.verify);
  if (trials === undefined) return undefined;
  if (line.has(FLAGS.from)) return { trials, seed: readSeed(line) };
  throw new InputError("Cannot use --verify: --from must name the results whose trials are trained again");
}

function readReason(line: CommandLine): string {
  const reason = line.get(FLAGS.reason)?.trim();
  if (reason) return reason;
  throw new InputError('Cannot accept results: --reason "…" must say why they change');
}

function acceptanceText({ outcome, accepted, comparison, differences, origins }: Acceptance): string {
  const { experiment } = outcome.summary;
  if (differences.length > 0) {
    return `${experiment.name}: not accepted, trials that were trained again here have other bits; the results are as they were\n` +
      differences.slice(0, MOST_SHOWN).map(({ file, committed, found }) =>
        `  ${file}: ${committed?.trimEnd() ?? "no row"} is here ${found?.trimEnd() ?? "no row"}\n`
      ).join("");
  }
  if (!accepted) {
    return `${experiment.name}: not accepted, ${countsText(outcome.summary)}; the results are as they were\n`;
  }
  const before = comparison === null
    ? `${experiment.name}: the first baseline\n`
    : checkText(comparison, { isAccepted: true });
  const from = origins.map((origin) => `  ${origin}\n`).join("");
  return `${before}${from}  accepted ${outcome.folder}; git diff shows it, git add and commit keep it\n`;
}
