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

/** Writes the committed files of an experiment, each whole, and returns the summary that they tell. */
export async function writeReport(plan: Plan, log: TrialLog): Promise<Summary> {
  const summary = summarizeLog(plan, log);
  const files = {
    "trials.csv": trialsCsv(summary),
    "history.csv": historyCsv(plan.grid, { events: log.endedEvents() }),
    "summary.json": stableJson(summary),
    "report.md": reportMarkdown(summary),
  };
  for (const [name, text] of Object.entries(files)) await writeFileWhole(join(plan.folder, name), text);
  return summary;
}
