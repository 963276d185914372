import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { isModulePath } from "../../core/text/is_module_path.ts";
import { checkOutput } from "../../files/check_output.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { dataPage, type ProfiledData } from "../../report/page/data_page.ts";
import { loadExperiment } from "../../runner/plan/load_experiment.ts";
import { profileExperiment, profileTableFile } from "../../runner/plan/profile_experiment.ts";
import { isAbort } from "../../runner/run/run_experiment.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import { dataText } from "../text/data_text.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `data FILE…`: shows what tables hold, those of experiments or files. */
export const dataCommand: RunCommand = async (line, terminal) => {
  if (line.operands.length === 0) {
    throw new InputError("Cannot show data: it must be given FILE…, experiments or tables");
  }
  if (line.get(FLAGS.label) !== undefined && line.get(FLAGS.target) !== undefined) {
    throw new InputError("Cannot show data: --target must not be given with --label");
  }
  const page = line.get(FLAGS.html);
  if (page !== undefined) {
    await checkOutput(page, { flag: FLAGS.html.name, action: "write", makesFolder: true });
  }
  using interrupt = listenForInterrupt(terminal);
  try {
    const profiled = await profileAll(line, { terminal, signal: interrupt.signal });
    terminal.write(profiled.map((one) => dataText(one, terminal)).join("\n"));
    if (page !== undefined) await writeFileWhole(page, dataPage(profiled));
    return EXIT_CODES.good;
  } catch (error) {
    if (isAbort(error, interrupt.signal)) return EXIT_CODES.interrupted;
    throw error;
  }
};

interface Showing {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

async function profileAll(
  line: CommandLine,
  { terminal, signal }: Showing,
): Promise<readonly ProfiledData[]> {
  using progress = await createProgress(terminal, { workers: 1 });
  const options = { dataDir: line.get(FLAGS.data), signal, observe: progress.observe };
  const fields = {
    label: line.get(FLAGS.label),
    target: line.get(FLAGS.target),
    markers: line.get(FLAGS.markers),
    hasHeader: !line.get(FLAGS.noHeader),
    decimalComma: line.get(FLAGS.decimalComma),
  };
  const profiled: ProfiledData[] = [];
  for (const file of line.operands) {
    // The launcher grants what an experiment needs by the same test.
    if (isModulePath(file)) {
      const loaded = await loadExperiment(file, { isTrusted: line.get(FLAGS.trustExperiment) });
      profiled.push(...await profileExperiment(loaded, options));
    } else profiled.push(await profileTableFile(file, { ...fields, ...options }));
  }
  return profiled;
}
