import { join } from "node:path";
import type { TrialLog } from "../journal/trial_log.ts";
import { historyCsv } from "../report/history_csv.ts";
import { reportMarkdown } from "../report/report_markdown.ts";
import { stableJson } from "../report/stable_json.ts";
import { summarize } from "../report/summarize.ts";
import type { Summary } from "../report/summary.ts";
import { trialsCsv } from "../report/trials_csv.ts";
import type { Plan } from "./plan_run.ts";
import { writeFileWhole } from "./write_file_whole.ts";

/** Sums up what the journal holds of the plan's grid. */
export function summarizeLog({ loaded, grid, dataDigest }: Plan, log: TrialLog): Summary {
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    events: log.endedEvents(),
    testAccuracies: log.testAccuracies(),
    overrides: loaded.overrides,
  });
}

/** The committed files of an experiment. */
export const REPORT_FILES = ["trials.csv", "history.csv", "summary.json", "report.md"] as const;

/** The texts of the committed files by their names. */
export type ReportFiles = Readonly<Record<(typeof REPORT_FILES)[number], string>>;

/** Returns the committed files of an experiment as texts, and the summary that they tell. */
export function reportFiles(
  plan: Plan,
  log: TrialLog,
): { readonly files: ReportFiles; readonly summary: Summary } {
  const summary = summarizeLog(plan, log);
  const files = {
    "trials.csv": trialsCsv(summary),
    "history.csv": historyCsv(plan.grid, { events: log.endedEvents() }),
    "summary.json": stableJson(summary),
    "report.md": reportMarkdown(summary),
  };
  return { files, summary };
}

/** Writes the committed files of an experiment, each whole, and returns the summary that they tell. */
export async function writeReport(plan: Plan, log: TrialLog): Promise<Summary> {
  const { files, summary } = reportFiles(plan, log);
  for (const name of REPORT_FILES) await writeFileWhole(join(plan.folder, name), files[name]);
  return summary;
}
