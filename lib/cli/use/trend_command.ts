import { basename } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { quoted } from "../../core/text/quoted.ts";
import { checkOutput } from "../../files/check_output.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { Trend } from "../../report/trend/trend.ts";
import { trendCsv } from "../../report/trend/trend_csv.ts";
import { readTrend } from "../../runner/history/read_trend.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { trendText } from "../text/trend_text.ts";

/** `trend FILE`: shows how the committed results of an experiment moved over the history of git. */
export const trendCommand: RunCommand = async (line, terminal) => {
  const name = experimentName(line);
  const files = OUTPUTS.flatMap((flag) => {
    const path = line.get(flag);
    return path === undefined ? [] : [{ flag: flag.name, path }];
  });
  for (const { flag, path } of files) {
    await checkOutput(path, { flag, action: "write", makesFolder: true });
  }
  const { trend, warning } = await readTrend(name, {
    resultsDir: line.get(FLAGS.results),
    trials: line.get(FLAGS.followedTrial),
  });
  if (warning !== null) {
    terminal.writeError(wrapText(`note: ${warning}\n`, { columns: terminal.columnsError }));
  }
  if (line.get(FLAGS.jsonCommits)) {
    for (const row of trend.rows) terminal.write(`${JSON.stringify(row)}\n`);
  } else terminal.write(trendText(trend, terminal));
  await writeFiles(trend, line);
  return EXIT_CODES.good;
};

const OUTPUTS = [FLAGS.csv, FLAGS.svg, FLAGS.page] as const;

/** Returns the name of the experiment that a command line names, by its file or by itself; the file need not exist. */
function experimentName({ operands }: CommandLine): string {
  if (operands.length !== 1) {
    throw new InputError(
      `Cannot show a trend: one experiment file, or its name, must be given, found ${operands.length}`,
    );
  }
  const name = basename(operands[0]).replace(/\.[mc]?[jt]sx?$/, "");
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  throw new InputError(
    `Cannot show a trend: an experiment file, or its name, must be given, found ${quoted(operands[0])}`,
  );
}

async function writeFiles(trend: Trend, line: CommandLine): Promise<void> {
  const [csv, svg, page] = OUTPUTS.map((flag) => line.get(flag));
  if (csv !== undefined) await writeFileWhole(csv, trendCsv(trend));
  if (svg === undefined && page === undefined) return;
  const { drawTrend } = await loadDrawing();
  const drawn = await drawTrend(trend);
  if (svg !== undefined) await writeFileWhole(svg, drawn.svg);
  if (page !== undefined) await writeFileWhole(page, drawn.page);
}

/** Loaded when it is needed: it loads Vega. Deno would fetch the packages of a literal import before the command starts. */
async function loadDrawing() {
  const { href } = new URL("../../report/trend/draw_trend.ts", import.meta.url);
  return await import(href) as typeof import("../../report/trend/draw_trend.ts");
}
