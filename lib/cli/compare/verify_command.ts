import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { counted } from "../../core/text/counted.ts";
import { differingExcerpts } from "../../core/text/differing_excerpts.ts";
import { type Difference, verifyExperiment, type VerifyPass } from "../../runner/check/verify_experiment.ts";
import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import { readSeed } from "../args/read_seed.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";

const MOST_SHOWN = 5;
const MOST_LETTERS = 240;

/** `verify FILE…`: runs experiments again and compares every byte with what is committed. */
export const verifyCommand: RunCommand = async (line, terminal) => {
  const seed = readSeed(line);
  const loaded = await loadFiles(line.operands, { line });
  using interrupt = listenForInterrupt(terminal);
  let code: number = EXIT_CODES.good;
  for (const experiment of loaded) {
    code = Math.max(code, await verifyOne(experiment, { line, terminal, seed, signal: interrupt.signal }));
  }
  return interrupt.signal.aborted ? EXIT_CODES.interrupted : code;
};

interface Verify {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  readonly seed: number;
  readonly signal: AbortSignal;
}

async function verifyOne(
  loaded: LoadedExperiment,
  { line, terminal, seed, signal }: Verify,
): Promise<number> {
  const { name } = loaded.experiment;
  const resultsDir = line.get(FLAGS.results);
  const sample = line.get(FLAGS.sample);
  const passes = await verifyExperiment(loaded, {
    resultsDir,
    dataDir: line.get(FLAGS.data),
    kernels: line.get(FLAGS.kernels),
    sample,
    seed,
    signal,
  });
  if (passes === null) {
    terminal.writeError(`${name}: there are no results to compare with in ${resultsDir}/${name}\n`);
    return EXIT_CODES.noBaseline;
  }
  const isJson = line.get(FLAGS.jsonLines);
  terminal.writeError(`${name}: seed ${seed}; --seed ${seed} picks the same trials again\n`);
  let code: number = EXIT_CODES.good;
  for await (const pass of passes) {
    terminal.write(
      isJson
        ? `${JSON.stringify({ experiment: name, seed, ...pass })}\n`
        : wrapText(passText(name, pass), terminal),
    );
    if (pass.differences.length > 0) code = EXIT_CODES.different;
  }
  return code;
}

function passText(name: string, { workers, trials, differences }: VerifyPass): string {
  const head = `${name}, ${counted(trials, "trial")} with ${counted(workers, "worker")}: `;
  if (differences.length === 0) return `${head}every byte is the same\n`;
  const shown = differences.slice(0, MOST_SHOWN).map(differenceText);
  const rest = differences.length - shown.length;
  return `${head}${differences.length} ${differences.length === 1 ? "line differs" : "lines differ"}\n${
    shown.join("")
  }${rest > 0 ? `  … and ${rest} more\n` : ""}`;
}

function differenceText({ file, committed, found }: Difference): string {
  // Rows of CSV end in a carriage return, which is shown only where nothing else differs.
  const isOnlyEnd = committed?.trimEnd() === found?.trimEnd();
  // A picture is one long line: the part around the difference is enough.
  const [left, right] = differingExcerpts([committed ?? "", found ?? ""], { letters: MOST_LETTERS });
  const show = (line: string | null, shown: string) =>
    line === null ? "no such line" : isOnlyEnd ? JSON.stringify(shown) : shown.trimEnd();
  return `  ${file}\n    committed  ${show(committed, left)}\n    found      ${show(found, right)}\n`;
}
