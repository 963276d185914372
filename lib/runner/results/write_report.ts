import { join } from "node:path";
import { readFolder } from "../../files/read_folder.ts";
import { type FileContent, writeFileWhole } from "../../files/write_file_whole.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { historyParts } from "../../report/files/history_csv.ts";
import { isFigureName } from "../../report/files/is_figure_name.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { stableJsonParts } from "../../report/files/stable_json.ts";
import { trialsCsv } from "../../report/files/trials_csv.ts";
import { curvesOfEvents } from "../../report/story/curve.ts";
import type { Story } from "../../report/story/story.ts";
import { summarize, trialResult } from "../../report/summary/summarize.ts";
import type { Summary } from "../../report/summary/summary.ts";
import type { Plan } from "../plan/plan_run.ts";
import { bestTrial } from "./test_records.ts";

/** Sums up what the journal holds of the plan's grid. */
export function summarizeLog({ loaded, grid, dataDigest }: Plan, log: TrialLog): Summary {
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    results: grid.trials.map((trial) => trialResult(trial, log.endedEventsOf(trial.id))),
    testAccuracies: log.testAccuracies(),
    overrides: loaded.overrides,
    warnings: log.warnings(),
  });
}

/** The committed files of an experiment that are always there; its pictures come with them. */
export const REPORT_FILES = [
  COMMITTED.trials.name,
  COMMITTED.history.name,
  COMMITTED.summary.name,
  COMMITTED.markdown.name,
  COMMITTED.page.name,
] as const;

/** The committed files of an experiment by their names. */
export type ReportFiles = ReadonlyMap<string, FileContent>;

/** What the committed files of an experiment are made of. */
export interface ReportParts {
  readonly story: Story;
  /** The texts that make up `history.csv`, which are asked for once. */
  readonly historyParts: Iterable<string>;
}

/** Returns what the journal holds of the plan's grid, as a report tells it. */
export function reportParts(plan: Plan, log: TrialLog): ReportParts {
  const { grid } = plan;
  const eventsOf = (trial: string) => log.endedEventsOf(trial);
  const summary = summarizeLog(plan, log);
  const { winner } = summary;
  // As with the test accuracy: nothing of the test split is told while a trial is pending.
  const isOpened = winner !== null && winner.testAccuracy !== null;
  return {
    story: {
      summary,
      curves: new Map(grid.trials.flatMap(({ id }) => [...curvesOfEvents(eventsOf(id))])),
      inspection: isOpened ? log.inspection(bestTrial(winner)) : null,
    },
    historyParts: historyParts(grid, { eventsOf }),
  };
}

/** Returns the committed files of an experiment. */
export async function reportFiles({ story, historyParts }: ReportParts): Promise<ReportFiles> {
  // Drawing takes a third of a second to load, and its packages are fetched when they are first used: a literal would have
  // Deno look for them before the run.
  const { href } = new URL("../../report/render_report.ts", import.meta.url);
  const { renderReport } = await import(href) as typeof import("../../report/render_report.ts");
  const { html, markdown, figures } = await renderReport(story);
  return new Map<string, FileContent>([
    [COMMITTED.trials.name, trialsCsv(story.summary)],
    [COMMITTED.history.name, historyParts],
    [COMMITTED.summary.name, stableJsonParts(story.summary)],
    [COMMITTED.markdown.name, markdown],
    [COMMITTED.page.name, html],
    ...figures,
  ]);
}

/** Writes the committed files of an experiment, each whole, and removes pictures that no longer belong to them. */
export async function writeReportFiles(folder: string, parts: ReportParts): Promise<void> {
  const files = await reportFiles(parts);
  for (const [name, content] of files) await writeFileWhole(join(folder, name), content);
  for await (const { name } of readFolder(folder)) {
    if (isFigureName(name) && !files.has(name)) await Deno.remove(join(folder, name));
  }
}

/** Writes the committed files of a plan from its log, and returns the summary that they tell. */
export async function writeReport(plan: Plan, log: TrialLog): Promise<Summary> {
  const parts = reportParts(plan, log);
  await writeReportFiles(plan.folder, parts);
  return parts.story.summary;
}
