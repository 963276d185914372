import { join } from "node:path";
import type { Trial } from "../../experiment/trial/trial.ts";
import { LONGEST_TEXT, readBytesIfThere } from "../../files/read_bytes.ts";
import { readFolder } from "../../files/read_folder.ts";
import type { FileContent } from "../../files/write_file_whole.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { historyCsv } from "../../report/files/history_csv.ts";
import { isOptionalFile } from "../../report/files/is_optional_file.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { trialResult } from "../../report/summary/summarize.ts";
import { trialsCsv } from "../../report/files/trials_csv.ts";
import type { Plan } from "../plan/plan_run.ts";
import { REPORT_FILES, type ReportFiles } from "../results/write_report.ts";
import { type Difference, differentLines, rowsOf } from "./different_lines.ts";

/** The committed files of an experiment by name, as texts; PNG pictures as base64. */
export type CommittedFiles = ReadonlyMap<string, string>;

/** Returns files as texts, by name. */
export function textsOf(files: ReportFiles): CommittedFiles {
  return new Map([...files].map(([name, content]) => [name, textOf(content)]));
}

function textOf(content: FileContent): string {
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? content.toBase64() : [...content].join("");
}

/** Compares whole files, line by line. */
export function differentFiles(committed: CommittedFiles, found: CommittedFiles): readonly Difference[] {
  return [...new Set([...committed.keys(), ...found.keys()])].flatMap((file) =>
    differentLines((committed.get(file) ?? "").split("\n"), {
      found: (found.get(file) ?? "").split("\n"),
      file,
    })
  );
}

/** The results of a sample of trials. */
export interface Sample {
  readonly plan: Plan;
  readonly log: TrialLog;
  readonly trials: readonly Trial[];
}

/** Compares the rows of a sample of trials in `trials.csv` and `history.csv`. */
export function differentRows(
  committed: CommittedFiles,
  { plan, log, trials }: Sample,
): readonly Difference[] {
  const ids = new Set(trials.map(({ id }) => id));
  // A part of the grid may have another winner, or none, so that the test accuracies are those of the whole grid's
  // winner.
  const tests = log.tests();
  const results = plan.grid.trials.filter(({ id }) => ids.has(id)).map((trial) => {
    const test = tests.get(trial.id);
    return {
      ...trialResult(trial, log.endedEventsOf(trial.id)),
      testAccuracy: test?.testAccuracy ?? null,
      ...test?.metrics === undefined ? {} : { testMetrics: test.metrics },
    };
  });
  const found = {
    [COMMITTED.trials.name]: trialsCsv({ experiment: plan.loaded.experiment, trials: results }),
    [COMMITTED.history.name]: historyCsv(plan.grid, { events: log.endedEvents() }),
  };
  return [COMMITTED.trials.name, COMMITTED.history.name].flatMap((file) =>
    differentLines(rowsOf(committed.get(file)!, ids), { found: rowsOf(found[file], ids), file })
  );
}

/** Reads the committed files of a plan; null if a required one is missing. */
export async function readReportFiles({ folder }: Plan): Promise<CommittedFiles | null> {
  const pictures: string[] = [];
  for await (const { name } of readFolder(folder)) if (isOptionalFile(name)) pictures.push(name);
  const files = new Map<string, string>();
  for (const file of [...REPORT_FILES, ...pictures.sort()]) {
    const bytes = await readBytesIfThere(join(folder, file), { maxBytes: LONGEST_TEXT });
    if (bytes === null) return null;
    files.set(file, textOf(file.endsWith(".png") ? bytes : new TextDecoder().decode(bytes)));
  }
  return files;
}
