import { InputError } from "../../core/check/errors.ts";
import { differingExcerpts } from "../../core/text/differing_excerpts.ts";
import type { Summary } from "../summary/summary.ts";
import { columnsOf } from "./history_csv.ts";
import { type History, type HistoryRow, indexHistory, parseHistoryRows } from "./history_rows.ts";
import { parseSummary } from "./parse_summary.ts";
import { COMMITTED } from "./result_files.ts";
import { trialsCsv } from "./trials_csv.ts";

// A row of a wide grid has thousands of characters.
const MOST_LETTERS = 200;

/** The parsed committed files of an experiment. */
export interface Results {
  readonly summary: Summary;
  readonly history: History;
  /** The text of `test_predictions.csv`; null without one. */
  readonly predictions: string | null;
  /** Their folder, for messages. */
  readonly folder: string;
}

/** Returns the rows of a trial in the history of results; none if it has no rows. */
export function trialRows(
  { history, folder, summary }: Results,
  trial: string,
): readonly HistoryRow[] {
  const file = { path: `${folder}/${COMMITTED.history.name}`, ...columnsOf(summary.experiment) };
  return parseHistoryRows(history.get(trial) ?? "", file);
}

/** The texts of the files that {@link parseResults} reads. */
export interface ResultTexts {
  readonly summary: string;
  readonly trials: string;
  readonly history: string;
  /** Default: none, as in results of version 0.1. */
  readonly predictions?: string | null;
}

/**
 * Parses the committed files of an experiment, and compares them with each other.
 *
 * @throws {InputError} If one of them is damaged, or they contradict each other.
 */
export function parseResults(texts: ResultTexts, { folder }: { readonly folder: string }): Results {
  const summary = parseSummary(texts.summary, { path: `${folder}/${COMMITTED.summary.name}` });
  checkTrials(texts.trials, { summary, path: `${folder}/${COMMITTED.trials.name}` });
  const path = `${folder}/${COMMITTED.history.name}`;
  const history = indexHistory(texts.history, { path, ...columnsOf(summary.experiment) });
  const bare = summary.trials.find(({ trial, status }) => status === "done" && !history.has(trial));
  if (bare !== undefined) {
    throw new InputError(
      `Cannot read ${path}: it must hold the epochs of trial ${bare.trial}, which is done`,
    );
  }
  return { summary, history, predictions: texts.predictions ?? null, folder };
}

/** `trials.csv` repeats the summary: a row that differs was changed by hand or in a merge. */
function checkTrials(text: string, { summary, path }: { readonly summary: Summary; readonly path: string }) {
  const expected = trialsCsv(summary);
  if (text === expected || text === trialsCsv(summary, { isRaw: true })) return;
  const lines = text.split("\n");
  const expectedLines = expected.split("\n");
  const line = expectedLines.findIndex((expectedLine, index) => expectedLine !== lines[index]);
  const at = line === -1 ? expectedLines.length : line;
  const rows = [expectedLines[at]?.trimEnd() ?? "", lines[at]?.trimEnd() ?? ""] as const;
  if (rows[0] === rows[1]) {
    throw new InputError(
      `Cannot read ${path}: line ${
        at + 1
      } must end as a run wrote it; "results/** -text" in .gitattributes keeps git ` +
        "from changing line ends",
    );
  }
  const [wanted, found] = differingExcerpts(rows, { letters: MOST_LETTERS });
  throw new InputError(
    `Cannot read ${path}: line ${at + 1} must match summary.json, "${wanted}", found "${found}"`,
  );
}
