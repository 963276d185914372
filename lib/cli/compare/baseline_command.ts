import { InputError } from "../../core/check/errors.ts";
import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import { checkText } from "../../report/compare/check_text.ts";
import { type Acceptance, acceptBaseline } from "../../runner/check/accept_baseline.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { loadFiles, readChoice, readCount, resultsDir } from "../args/experiment_flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { isCi } from "../process/is_ci.ts";
import { createProgress } from "../progress/create_progress.ts";
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
  const workers = readCount(line, "workers") ?? navigator.hardwareConcurrency;
  let code = 0;
  for (const experiment of loaded) {
    using progress = await createProgress(terminal, { workers });
    const acceptance = await acceptBaseline(experiment, {
      workers,
      reason,
      allowDirty: line.has("allow-dirty"),
      allowDiverged: line.has("allow-diverged"),
      resultsDir: resultsDir(line),
      dataDir: line.value("data"),
      kernels: readChoice(line, "kernels", KERNEL_KINDS),
      signal: interrupt.signal,
      clock: () => performance.now(),
      observe: progress.observe,
    });
    terminal.write(acceptanceText(acceptance));
    if (interrupt.signal.aborted) return 130;
    if (!acceptance.accepted) code = 4;
  }
  return code;
};

function readReason(line: CommandLine): string {
  const reason = line.value("reason")?.trim();
  if (reason) return reason;
  throw new InputError('Cannot accept results: --reason "…" must say why they change, found none');
}

function acceptanceText({ outcome, accepted, comparison }: Acceptance): string {
  const { experiment } = outcome.summary;
  if (!accepted) {
    return `${experiment.name}: not accepted, ${countsText(outcome.summary)}; the results are as they were\n`;
  }
  const before = comparison === null
    ? `${experiment.name}: the first baseline\n`
    : checkText(comparison, { allowBits: true }).replaceAll(/^ {2}(FAIL|note)/gm, "  was ");
  return `${before}  accepted ${outcome.folder}; git diff shows it, git add and commit keep it\n`;
}
