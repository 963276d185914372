import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { columnsOf } from "../../report/files/history_csv.ts";
import { curvesOfHistory } from "../../report/story/curve.ts";
import type { Story } from "../../report/story/story.ts";
import { runGit } from "../../runner/files/git.ts";
import { readFolderSide, readRevisionSide } from "../../runner/results/read_side.ts";

/** One of the compared results: those in the folder, or those of a git revision. */
export interface ComparedSide {
  /** `NAME` or `NAME@REVISION`. */
  readonly label: string;
  readonly results: Results;
  readonly story: Story;
  /** Whether it is of a run in progress, with the trials that have ended so far. */
  readonly isRunning: boolean;
}

/** Options of {@link readComparedSide}. */
export interface ComparedSideOptions {
  readonly resultsDir: string;
  /** Returns what is known of an experiment whose run is in progress, or that has no report yet; else null. */
  readonly storyOf: (name: string) => Promise<Story | null>;
}

// A revision must not begin like a flag of git.
const SIDE = /^([a-z0-9_]+)(?:@([A-Za-z0-9_][A-Za-z0-9_./~^-]*))?$/;

/**
 * Reads a side: the committed files, or what is known of a run in progress.
 *
 * @throws {InputError} If it names no results.
 */
export async function readComparedSide(
  label: string,
  { resultsDir, storyOf }: ComparedSideOptions,
): Promise<ComparedSide> {
  const match = SIDE.exec(label);
  if (match === null) {
    throw new InputError(`Cannot compare: a side must be NAME or NAME@REVISION, found ${quoted(label)}`);
  }
  const [, name, revision] = match;
  const folder = join(resultsDir, name);
  const current = revision === undefined ? await storyOf(name) : null;
  if (current !== null) {
    const results = { summary: current.summary, history: new Map(), predictions: null, folder };
    return { label, results, story: current, isRunning: true };
  }
  const results = revision === undefined
    ? await readFolderSide(folder)
    : await readRevisionSide(revision, { folder });
  const { summary, history } = results;
  const curves = curvesOfHistory(history, columnsOf(summary.experiment));
  const story = { summary, curves, inspection: null };
  return { label, results, story, isRunning: false };
}

/** Returns the git revisions that changed an experiment's results, newest first: names and subjects. */
export async function revisionsOf(
  name: string,
  { resultsDir }: { readonly resultsDir: string },
): Promise<readonly (readonly [string, string])[]> {
  const args = ["log", "-n", "20", "--format=%h %s", "--", join(name, COMMITTED.summary.name)];
  const answer = await runGit(args, { folder: resultsDir }).catch(() => null);
  // The list is optional: without git it is empty.
  const lines = answer !== null && "text" in answer ? answer.text.split("\n") : [];
  return lines.filter(Boolean).map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
}
