import { join } from "node:path";
import { readFolder } from "../../files/read_folder.ts";
import { type FileContent, writeFileWhole } from "../../files/write_file_whole.ts";
import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { historyParts } from "../../report/files/history_csv.ts";
import { isOptionalFile } from "../../report/files/is_optional_file.ts";
import { predictionsCsv } from "../../report/files/predictions_csv.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { stableJsonParts } from "../../report/files/stable_json.ts";
import { trialsCsv } from "../../report/files/trials_csv.ts";
import { curvesOfEvents } from "../../report/story/curve.ts";
import type { Story } from "../../report/story/story.ts";
import { isTested } from "../../report/summary/metric.ts";
import { summarize, testFindings, trialResult } from "../../report/summary/summarize.ts";
import type { Summary } from "../../report/summary/summary.ts";
import type { Plan } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { inspectedTrial } from "./test_records.ts";

/** Summarizes the journal for the plan's grid. */
export function summarizeLog(plan: Plan, log: TrialLog): Summary {
  return summaryOf(plan, standingOf(plan, log).log);
}

function summaryOf({ loaded, grid, dataDigest }: Plan, log: TrialLog): Summary {
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    results: grid.trials.map((trial) => trialResult(trial, log.endedEventsOf(trial.id))),
    ...testFindings(log.tests()),
    ensembleOf: (trials) => log.ensemble(trials),
    overrides: loaded.overrides,
    ...log.findings(),
  });
}

/** The committed files that every experiment has; pictures and predictions are committed too. */
export const REPORT_FILES = [
  COMMITTED.trials.name,
  COMMITTED.history.name,
  COMMITTED.summary.name,
  COMMITTED.markdown.name,
  COMMITTED.page.name,
] as const;

/** The committed files of an experiment by name. */
export type ReportFiles = ReadonlyMap<string, FileContent>;

/** The content of the committed files of an experiment. */
export interface ReportParts {
  readonly story: Story;
  /** The texts that make up `history.csv`; it is iterated once. */
  readonly historyParts: Iterable<string>;
  /** What the ensemble predicts on the test split; null without one. */
  readonly ensemble: Pick<Inspection, "predictions" | "targets"> | null;
}

/** Returns the journal's content for the plan's grid as the parts of a report. */
export function reportParts(plan: Plan, journaled: TrialLog): ReportParts {
  const { grid } = plan;
  const { log } = standingOf(plan, journaled);
  const eventsOf = (trial: string) => log.endedEventsOf(trial);
  const summary = summaryOf(plan, log);
  const { winner } = summary;
  // As with the test accuracy, the report shows nothing of the test split while a trial is pending.
  const isOpened = winner !== null && isTested(winner);
  return {
    story: {
      summary,
      curves: new Map(grid.trials.flatMap(({ id }) => [...curvesOfEvents(eventsOf(id))])),
      inspection: isOpened ? log.inspection(inspectedTrial(winner, summary.experiment)) : null,
    },
    historyParts: historyParts(grid, { eventsOf }),
    ensemble: winner?.ensemble === undefined ? null : log.ensemble(winner.trials),
  };
}

/** Returns the committed files of an experiment that programs read. */
function dataFiles({ story, historyParts, ensemble }: ReportParts): ReportFiles {
  const { inspection } = story;
  const predictions = inspection === null ? null : predictionsCsv(inspection);
  const together = inspection === null || ensemble === null
    ? null
    : predictionsCsv({ ...inspection, predictions: ensemble.predictions, targets: ensemble.targets });
  return new Map<string, FileContent>([
    [COMMITTED.trials.name, trialsCsv(story.summary)],
    [COMMITTED.history.name, historyParts],
    [COMMITTED.summary.name, stableJsonParts(story.summary)],
    ...predictions === null ? [] : [[COMMITTED.predictions.name, predictions] as const],
    ...together === null ? [] : [[COMMITTED.ensemble.name, together] as const],
  ]);
}

/** Returns the committed files of an experiment. */
export async function reportFiles(parts: ReportParts): Promise<ReportFiles> {
  // Drawing takes a third of a second to load, and its packages are fetched on first use: with a literal path, Deno
  // would fetch them before the run.
  const { href } = new URL("../../report/render_report.ts", import.meta.url);
  const { renderReport } = await import(href) as typeof import("../../report/render_report.ts");
  const { html, markdown, figures } = await renderReport(parts.story);
  return new Map<string, FileContent>([
    ...dataFiles(parts),
    [COMMITTED.markdown.name, markdown],
    [COMMITTED.page.name, html],
    ...figures,
  ]);
}

/** Options of {@link writeReport}. */
export interface WriteReportOptions {
  /** Whether to write what people read: page, Markdown and charts. Default: true. */
  readonly isDrawn?: boolean;
}

/**
 * Writes the committed files of an experiment, each atomically, and removes pictures and predictions that no longer belong to them.
 */
export async function writeReportFiles(
  folder: string,
  parts: ReportParts,
  { isDrawn = true }: WriteReportOptions = {},
): Promise<void> {
  const files = isDrawn ? await reportFiles(parts) : dataFiles(parts);
  for (const [name, content] of files) await writeFileWhole(join(folder, name), content);
  for await (const { name } of readFolder(folder)) {
    if (isOptionalFile(name) && !files.has(name)) await Deno.remove(join(folder, name));
  }
}

/** Writes the committed files of a plan from its log, and returns what they are made of. */
export async function writeReport(
  plan: Plan,
  log: TrialLog,
  options: WriteReportOptions = {},
): Promise<Story> {
  const parts = reportParts(plan, log);
  await writeReportFiles(plan.folder, parts, options);
  return parts.story;
}
